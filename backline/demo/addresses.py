"""Where the demo's listeners seem to sit: for each country a few networks, its clock, and its share of the listeners.

The addresses are text for the intake, which turns them into a country and drops them; nothing is ever sent to them.
"""

from __future__ import annotations

import random

# country: (share, hours ahead of UTC, first two bytes of networks of its access providers)
NETWORKS: dict[str, tuple[float, int, tuple[str, ...]]] = {
    "US": (17, -6, ("73.92", "98.207", "71.190", "68.55")),
    "GB": (12, 0, ("86.130", "81.152", "90.203")),
    "DE": (9, 1, ("87.123", "91.63", "79.200")),
    "NL": (8, 1, ("80.60", "145.53", "84.80")),
    "FR": (6, 1, ("90.100", "83.152", "82.64")),
    "BR": (6, -3, ("189.110", "177.32")),
    "NG": (5, 1, ("105.112", "102.89", "197.210")),
    "ZA": (4, 2, ("105.227", "41.13", "102.182")),
    "JP": (4, 9, ("219.106", "126.60", "118.8")),
    "IN": (4, 5, ("106.200", "223.191", "49.36")),
    "CA": (3.5, -5, ("142.161", "72.140", "70.50")),
    "ES": (2.5, 1, ("80.29", "87.220", "83.40")),
    "IT": (2.2, 1, ("151.5", "93.43", "79.20")),
    "AU": (2, 10, ("1.147", "110.140", "49.180")),
    "SE": (1.6, 1, ("81.224", "90.224", "78.72")),
    "NO": (1.5, 1, ("77.17", "84.208", "88.88")),
    "PL": (1.4, 1, ("83.10", "178.36")),
    "BE": (1.3, 1, ("91.178", "81.240")),
    "MX": (1.2, -6, ("187.135", "189.221")),
    "CO": (1.1, -5, ("186.144", "181.48")),
    "GH": (1, 0, ("154.160",)),
    "KE": (0.9, 3, ("105.163", "41.90")),
    "IE": (0.8, 0, ("87.33", "86.40")),
    "PT": (0.8, 0, ("2.81", "89.181")),
    "KR": (0.7, 9, ("59.18", "121.130")),
    "TR": (0.7, 3, ("85.107", "78.190")),
    "AR": (0.6, -3, ("190.221", "181.10")),
    "AT": (0.6, 1, ("84.115", "91.118")),
    "DK": (0.5, 1, ("87.57", "2.110")),
    "CL": (0.4, -4, ("191.114", "190.160")),
    "PH": (0.4, 8, ("124.105", "112.200")),
    "ID": (0.3, 7, ("36.80", "180.246")),
    "NZ": (0.2, 12, ("118.92", "125.236")),
}

_ANDROID = (
    "Mozilla/5.0 (Linux; Android 14; {model}) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/{v}.0.0.0 Mobile Safari/537.36"
)
_IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS {v}_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/{v}.1 Mobile/15E148 Safari/604.1"
)
_CHROME = "Mozilla/5.0 ({system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{v}.0.0.0 Safari/537.36"
_WINDOWS, _LINUX = "Windows NT 10.0; Win64; x64", "X11; Linux x86_64"
_MAC = "Macintosh; Intel Mac OS X 10_15_7"

AGENTS: tuple[tuple[float, str], ...] = (
    *((9, _IPHONE.format(v=version)) for version in (16, 17, 18)),
    *((7, _ANDROID.format(model=model, v=124)) for model in ("Pixel 8", "SM-S921B", "SM-A546B", "2201117TG")),
    *((6, _CHROME.format(system=_WINDOWS, v=version)) for version in (122, 126)),
    (8, _CHROME.format(system=_MAC, v=125)),
    (3, _CHROME.format(system=_LINUX, v=125)),
    (3, _CHROME.format(system=_WINDOWS, v=126) + " Edg/126.0.0.0"),
    (5, f"Mozilla/5.0 ({_WINDOWS}; rv:127.0) Gecko/20100101 Firefox/127.0"),
    (2, "Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0"),
    (6, f"Mozilla/5.0 ({_MAC}) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15"),
    (
        2,
        "Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
        "Version/17.5 Mobile/15E148 Safari/604.1",
    ),
)
"""Browsers with their weights."""

ROBOTS = (
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
    "python-requests/2.32.3",
)


def countries(dice: random.Random, count: int) -> list[str]:
    """`count` countries, each as often as its share says."""
    return dice.choices(list(NETWORKS), [share for share, _, _ in NETWORKS.values()], k=count)


def address_in(country: str, dice: random.Random) -> str:
    """An address that the country database places in `country`."""
    network = dice.choice(NETWORKS[country][2])
    return f"{network}.{dice.randint(0, 255)}.{dice.randint(1, 254)}"
