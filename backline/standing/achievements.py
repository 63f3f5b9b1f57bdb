"""The achievements of the data file beside this one."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from backline.domain.achievements import Achievement, parsed

MONEY = ("sales", "statements", "best_seller")
"""Measures that tell of an artist's money: not for members who read nothing about it."""
FILE = Path(__file__).with_name("achievements.toml")


@cache
def all_achievements() -> tuple[Achievement, ...]:
    """Every achievement, in the order of the page."""
    return parsed(tomllib.loads(FILE.read_text(encoding="utf-8"))["achievement"])


@cache
def by_key() -> dict[str, Achievement]:
    """The achievements by their keys."""
    return {each.key: each for each in all_achievements()}


def tells_of_money(key: str) -> bool:
    """Whether an achievement says something about the artist's money."""
    return key in by_key() and by_key()[key].measure in MONEY
