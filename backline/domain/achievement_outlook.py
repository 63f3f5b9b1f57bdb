"""How far an achievement is: the answer of a criterion, and its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from backline.domain.percentiles import Ladder

FULL_BP = 10_000
CLOSE_BP = 9_900
OPAQUE = ("overall", "standout")
UNKNOWN = {
    "overall": "the Overall board has no ranks yet",
    "standout": "beats are not ranked yet",
    "best_seller": "sales were not looked at yet",
}
WORDS = {"public_beats": "public beats", "best_plays": "plays", "diversity": "genres"}


@dataclass(frozen=True)
class Scene:
    """What besides the artist a criterion looks at: the ladders of all artists by measure, and the moment."""

    ladders: Mapping[str, Ladder]
    now: datetime
    zone: ZoneInfo


@dataclass(frozen=True)
class Outlook:
    """How far an achievement is: in words, and as a share where there is a measure of it.

    `at` is when the fact came to be, None where only the present is known. `available` is False while nobody can
    reach it.
    """

    reached: bool
    text: str
    progress_bp: int | None = None
    at: datetime | None = None
    available: bool = True


def unavailable(why: str) -> Outlook:
    """What nobody can reach yet, and why."""
    return Outlook(False, f"Not yet available: {why}", available=False)


def share(have: int, need: int, reached: bool) -> int:
    """How much of what is needed is there; full only once all conditions are met."""
    return FULL_BP if reached else min(max(have, 0) * FULL_BP // max(need, 1), CLOSE_BP)


def so_far(have: int, need: int) -> str:
    """What is there of what is needed."""
    return f"{have:,} of {need:,}"


def in_percent(bp: int) -> str:
    """Basis points in words, with a decimal where there is one."""
    return f"{bp / 100:.1f}".removesuffix(".0") + "%"


def standing_at(percent: int | None) -> str:
    """The smallest top share a score is in."""
    return "not ranked" if percent is None else f"top {percent}%"


def in_words(day: datetime | date) -> str:
    """A day as the page writes it."""
    return f"{day.day} {day:%b %Y}"
