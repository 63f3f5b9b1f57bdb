"""The world map: countries shaded by their plays. The shapes are in `static/world.svg`, each under its two letters."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from backline.web.charts.heat import level

FILE = Path(__file__).parents[2] / "static" / "world.svg"
BOX = "40 4 684 318"
_PATH = re.compile(r'<path(?: id="(\w+)")? d="([^"]+)"')


@dataclass(frozen=True)
class Shade:
    """A country with its shade, 1 to 4."""

    code: str
    plays: int
    level: int


@dataclass(frozen=True)
class WorldMap:
    """Countries to shade, the fewest plays first. `missing` are those too small to have a shape."""

    shades: tuple[Shade, ...]
    missing: tuple[str, ...]


def world_map(countries: Mapping[str, int]) -> WorldMap:
    """Shades countries (two letters → plays); only those that may be told apart are handed in."""
    most = max(countries.values(), default=0)
    shades = [
        Shade(code, plays, level(plays, most))
        for code, plays in sorted(countries.items(), key=lambda pair: pair[1])
        if code in shapes()
    ]
    return WorldMap(tuple(shades), tuple(code for code in countries if code and code not in shapes()))


@lru_cache(maxsize=1)
def shapes() -> dict[str, str]:
    """The path of each country that has a shape."""
    return {code: path for code, path in _PATH.findall(FILE.read_text(encoding="utf-8")) if code}


@lru_cache(maxsize=1)
def land() -> str:
    """All land as one path, for a file that stands alone."""
    return "".join(path for _, path in _PATH.findall(FILE.read_text(encoding="utf-8")))
