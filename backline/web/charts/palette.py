"""The light theme's colours as plain hexadecimal, for files that stand alone: `tokens.css` is where they are set."""

from __future__ import annotations

import re
from functools import lru_cache
from math import cos, radians, sin
from pathlib import Path

TOKENS = Path(__file__).parents[2] / "static" / "css" / "tokens.css"
_TOKEN = re.compile(r"--([\w-]+): light-dark\(oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)")


@lru_cache(maxsize=1)
def colours() -> dict[str, str]:
    """Name of a token → colour."""
    found = _TOKEN.findall(TOKENS.read_text(encoding="utf-8"))
    return {name: hexadecimal(float(light), float(chroma), float(hue)) for name, light, chroma, hue in found}


def hexadecimal(light: float, chroma: float, hue: float) -> str:
    """An OKLCH colour in sRGB; what does not fit is cut.

    >>> hexadecimal(1, 0, 0), hexadecimal(0, 0, 0), hexadecimal(0.628, 0.2577, 29.23)
    ('#ffffff', '#000000', '#ff0000')
    """
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.291485548 * b) ** 3
    channels = (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short,
    )
    return "#" + "".join(f"{_byte(channel):02x}" for channel in channels)


def _byte(linear: float) -> int:
    value = 12.92 * linear if linear <= 0.0031308 else 1.055 * linear ** (1 / 2.4) - 0.055
    return round(255 * min(1.0, max(0.0, value)))
