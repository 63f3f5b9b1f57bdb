"""What the agent text of a browser says: robot or not, device, platform, browser."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

MOST_LETTERS = 512  # of a text that anybody can make as long as they like
REMEMBERED = 4096
ROBOTS = Path(__file__).with_name("robots.txt")

# A browser names no web address, and has been "compatible" with nothing since these two.
_ADDRESS_OR_COMPATIBLE = re.compile(r"https?:|www\.|\bcompatible\b(?!; ?(?:MSIE|Konqueror))", re.IGNORECASE)

_TVS = ("TV", "BRAVIA", "AFT", "CrKey", "Roku", "PlayStation", "Xbox", "Nintendo")
_TABLETS = ("iPad", "Tablet", "Kindle", "Silk/")
_DESKTOPS = ("Windows", "Mac OS X", "Linux", "Ubuntu", "Fedora", "Debian", "Chrome OS", "FreeBSD", "OpenBSD")


class Agent(NamedTuple):
    """An agent text understood. Empty `platform` and `browser` are unknown."""

    device: str = "other"  # desktop, mobile, tablet, tv or other
    platform: str = ""
    browser: str = ""
    robot: bool = False


def describe(user_agent: str) -> Agent:
    """The agent behind a text, never an error; only the first 512 characters count.

    The patterns (32 MB, 0.2 s) are loaded at the first call, not at start.
    """
    return _describe(user_agent[:MOST_LETTERS])


@lru_cache(maxsize=REMEMBERED)
def _describe(text: str) -> Agent:
    if not text.strip():
        return Agent()
    import ua_parser

    result = ua_parser.parse(text)
    platform = result.os.family if result.os else ""
    family = result.device.family if result.device else ""
    return Agent(
        device=_device(text, platform),
        platform=platform,
        browser=result.user_agent.family if result.user_agent else "",
        robot=family == "Spider" or _is_robot(text),
    )


def is_browser(user_agent: str) -> bool:
    """Whether the text begins as that of every browser does. Apps and programs have names of their own."""
    return user_agent.startswith(("Mozilla/", "Opera/"))


def _is_robot(text: str) -> bool:
    return bool(_ADDRESS_OR_COMPATIBLE.search(text) or _marks().search(text) or _detector().is_crawler(text))


@cache
def _marks() -> re.Pattern[str]:
    """What our own list says of robots."""
    lines = ROBOTS.read_text(encoding="utf-8").splitlines()
    return re.compile("|".join(re.escape(line) for line in lines if line[:1] not in ("", "#")), re.IGNORECASE)


@cache
def _detector() -> Any:
    from crawlerdetect import CrawlerDetect

    return CrawlerDetect()


def _device(text: str, platform: str) -> str:
    if any(mark in text for mark in _TVS):
        return "tv"
    # Android's tablets are the ones that leave out "Mobile".
    if any(mark in text for mark in _TABLETS) or (platform == "Android" and "Mobile" not in text):
        return "tablet"
    if "Mobi" in text or platform in ("iOS", "Android"):
        return "mobile"
    return "desktop" if platform in _DESKTOPS else "other"
