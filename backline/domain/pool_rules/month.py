"""A month of the pool in one currency as every rule sees it, and what a rule is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from backline.domain.accrual import Line
from backline.domain.split import split


@dataclass(frozen=True)
class PoolDay:
    """A day's bucket (micro-units), the micro-points of each line, and the plays of each beat."""

    bucket: int
    points: Mapping[Line, int]
    plays: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Subscriber:
    """What one subscriber paid for the month (micro-units), and which beats they played how often."""

    paid: int
    plays: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class PoolMonth:
    """The days that have weights, and the subscribers. Money of days without weights waits for the next with some."""

    days: Mapping[date, PoolDay]
    subscribers: Mapping[Any, Subscriber] = field(default_factory=dict)

    @property
    def bucket(self) -> int:
        """Micro-units of the whole month."""
        return sum(day.bucket for day in self.days.values())

    def plays(self) -> dict[int, int]:
        """Plays of each beat on days on which it weighed."""
        found: dict[int, int] = {}
        for day in self.days.values():
            for beat in {beat for (_, beat), points in day.points.items() if points}:
                if plays := day.plays.get(beat, 0):
                    found[beat] = found.get(beat, 0) + plays
        return found

    def points(self) -> dict[Line, int]:
        """Micro-points of each line over the month."""
        found: dict[Line, int] = {}
        for day in self.days.values():
            for line, points in day.points.items():
                found[line] = found.get(line, 0) + points
        return found

    def to_lines(self, amounts: Mapping[int, int]) -> dict[Line, int]:
        """The amount of each beat, divided among its credits by their micro-points of the month."""
        credits: dict[int, dict[Line, int]] = {}
        for line, points in self.points().items():
            if line[1] in amounts:
                credits.setdefault(line[1], {})[line] = points
        return {
            line: part
            for beat, amount in amounts.items()
            for line, part in split(amount, credits[beat]).items()
        }


class Rule(Protocol):
    """One way to divide a month."""

    key: str
    name: str
    sentence: str
    monthly: bool
    """Whether it divides only once the month is over; until then there is only an estimate."""

    def split_month(self, month: PoolMonth) -> dict[Line, int]:
        """Micro-units of each line; their sum is the month's bucket."""
