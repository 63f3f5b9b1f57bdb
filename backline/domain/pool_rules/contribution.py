"""Contribution, the default: every day's bucket is divided by that day's weights."""

from __future__ import annotations

from backline.domain.accrual import Line
from backline.domain.pool_rules.month import PoolMonth
from backline.domain.split import split


class Contribution:
    """New beats weigh more, and plays help ever more slowly."""

    key = "contribution"
    name = "Contribution"
    sentence = (
        "Each day's subscription money is divided by pool points: a beat weighs half as much every six months, and its"
        " plays raise that to at most three times."
    )
    monthly = False

    def split_month(self, month: PoolMonth) -> dict[Line, int]:
        """The sum of the days."""
        found: dict[Line, int] = {}
        for day in month.days.values():
            for line, part in split(day.bucket, day.points).items():
                found[line] = found.get(line, 0) + part
        return found
