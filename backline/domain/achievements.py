"""Achievements: what each is called, what it asks and what it brings. `achievement_rules.py` judges them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

SHORTEST_MONTH = timedelta(days=27)


class Group(StrEnum):
    """The categories, in the order of the page."""

    CATALOGUE = "catalogue"
    PLAYS = "plays"
    METADATA = "metadata"
    PROFILE = "profile"
    GENRE = "genre"
    COLLABORATION = "collaboration"
    OVERALL = "overall"
    TENURE = "tenure"
    MONEY = "money"
    SEASONAL = "seasonal"
    MILESTONES = "milestones"


class Rarity(StrEnum):
    """How rare an achievement is meant to be."""

    COMMON = "common"
    RARE = "rare"
    EPIC = "epic"
    LEGENDARY = "legendary"


class Kind(StrEnum):
    """The criteria. What each asks is written in `achievements.toml` and done in `achievement_rules.py`."""

    REACH = "reach"
    TOP = "top"
    GENRE = "genre"
    ABOVE = "above"
    TENURE = "tenure"
    FOUNDING = "founding"
    SEASON = "season"


@dataclass(frozen=True)
class Achievement:
    """One achievement. `top` is a percentage, `above` in basis points, the days of a season are MM-DD."""

    key: str
    name: str
    how: str
    group: Group
    rarity: Rarity
    xp: int
    kind: Kind
    measure: str
    least: int = 0
    top: int = 0
    above: int = 0
    counted: str = ""
    first_day: str = ""
    last_day: str = ""


@dataclass(frozen=True)
class Measures:
    """What an artist's achievements are judged by. A number that is None is not known in this installation.

    `genres` has the plays of the best beat in each genre; `instants` the moment at which an achievement's fact came to
    be, where the facts tell it: for a season nothing else counts.
    """

    joined_at: datetime
    numbers: Mapping[str, int | None] = field(default_factory=dict)
    genres: Mapping[str, int] = field(default_factory=dict)
    instants: Mapping[str, datetime] = field(default_factory=dict)

    def number(self, name: str) -> int | None:
        """A measure; None when it is not known."""
        return self.numbers.get(name)

    def as_json(self) -> dict[str, Any]:
        """The measures as a table keeps them."""
        instants = {key: at.isoformat() for key, at in self.instants.items()}
        return {
            "joined_at": self.joined_at.isoformat(),
            "numbers": dict(self.numbers),
            "genres": dict(self.genres),
            "instants": instants,
        }


def measures_from(stored: Mapping[str, Any], *, cohort: Mapping[str, Any]) -> Measures:
    """What `Measures.as_json` made, with the numbers and instants that come from all artists."""
    instants = stored["instants"] | cohort.get("instants", {})
    return Measures(
        joined_at=datetime.fromisoformat(stored["joined_at"]),
        numbers=stored["numbers"] | cohort.get("numbers", {}),
        genres=stored["genres"],
        instants={key: datetime.fromisoformat(at) for key, at in instants.items()},
    )


def parsed(rows: list[dict[str, Any]]) -> tuple[Achievement, ...]:
    """The achievements of the data file.

    Raises:
        ValueError: an unknown group, rarity or kind, or a key that is there twice.
    """
    found = tuple(
        Achievement(
            **row | {"group": Group(row["group"]), "rarity": Rarity(row["rarity"]), "kind": Kind(row["kind"])}
        )
        for row in rows
    )
    if len({each.key for each in found}) < len(found):
        raise ValueError("two achievements have the same key")
    return found


def may_reach(achievement: Achievement, measures: Measures, *, now: datetime) -> bool:
    """What must hold for it to be reached, at a glance: for judging very many artists. `judge` decides."""
    if achievement.kind in (Kind.REACH, Kind.TOP, Kind.ABOVE):
        counted = measures.numbers.get(achievement.counted or achievement.measure)
        return counted is not None and counted >= achievement.least
    if achievement.kind is Kind.TENURE:
        return now - measures.joined_at >= achievement.least * SHORTEST_MONTH
    if achievement.kind is Kind.SEASON:
        return achievement.key in measures.instants
    return achievement.kind is Kind.FOUNDING or bool(measures.genres)
