"""A month's accruals, gathered into one sum for each line of every artist."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from backline.money import engine
from backline.money.models import Accrual
from backline.money.packed import NONE, Ints, unpack
from backline.money.rules import next_month
from backline.money.shares import accrued_lines, day_lines


@dataclass(frozen=True)
class Gathered:
    """Lines of one currency, sorted by artist, month and beat. `months` number the month whose money a line is."""

    currency: str
    pool_minor: int
    artists: Ints
    months: Ints
    beats: Ints
    micro: Ints

    def by_artist(self) -> tuple[Ints, Ints, Ints]:
        """Artists in order, where the lines of each begin, and their sums of micro-units."""
        if not len(self.artists):
            return NONE, NONE, NONE
        starts = engine.starts(self.artists)
        return self.artists[starts], starts, np.add.reduceat(self.micro, starts)


def month_number(month: date) -> int:
    """Months since the year 0.

    >>> month_number(date(2026, 3, 1))
    24314
    """
    return month.year * 12 + month.month - 1


def month_date(number: int) -> date:
    """The first day of a month number."""
    return date(number // 12, number % 12 + 1, 1)


def gathered(month: date) -> list[Gathered]:
    """Everything that accrued on the days of `month`, by currency."""
    rows = Accrual.objects.filter(day__gte=month, day__lt=next_month(month)).defer("packed")
    own = _days_of(month)
    found = []
    for currency in sorted({row.currency for row in rows}):
        some = [row for row in rows if row.currency == currency]
        parts = [(month_number(month), *own.get(currency, (NONE, NONE)))]
        for row in some:
            if row.kind != Accrual.Kind.DAY:
                parts.append((month_number(row.of_month), *accrued_lines(row)))
        found.append(_lines(currency, sum(row.bucket_minor for row in some), parts))
    return found


def _days_of(month: date) -> dict[str, tuple[Ints, Ints]]:
    """The sums of the daily accruals by currency: keys and micro-units."""
    sums: dict[str, tuple[Ints, Ints]] = {}
    daily = Accrual.objects.filter(kind=Accrual.Kind.DAY, day__gte=month, day__lt=next_month(month))
    # The last day first: the lines of the days before it are mostly among its own.
    for day in daily.order_by("-day").values_list("day", flat=True).distinct():
        lines = day_lines(day)
        keys = engine.key(lines.artists, lines.beats)
        for pk, currency in daily.filter(day=day).values_list("pk", "currency"):
            (micro,) = unpack(_packed(pk))
            sums[currency] = _plus(*sums.get(currency, (keys, np.zeros(len(keys), np.int64))), keys, micro)
    return sums


def _plus(keys: Ints, sums: Ints, more: Ints, micro: Ints) -> tuple[Ints, Ints]:
    if len(keys) and len(more):
        rows = np.minimum(np.searchsorted(keys, more), len(keys) - 1)
        if np.array_equal(keys[rows], more):
            sums[rows] += micro
            return keys, sums
    return engine.summed(np.concatenate([keys, more]), np.concatenate([sums, micro]))


def _lines(currency: str, pool_minor: int, parts: list[tuple[int, Ints, Ints]]) -> Gathered:
    keys = np.concatenate([keys for _, keys, _ in parts])
    micro = np.concatenate([micro for _, _, micro in parts])
    months = np.concatenate([np.full(len(keys), number, np.int64) for number, keys, _ in parts])
    kept = micro != 0
    artists, beats, months, micro = (
        engine.artist_of(keys[kept]), engine.beat_of(keys[kept]), months[kept], micro[kept],
    )  # fmt: skip
    order = np.lexsort((beats, months, artists))
    artists, beats, months, micro = artists[order], beats[order], months[order], micro[order]
    # Two corrections of one month, learned of on different days, are one line.
    if not len(artists):
        return Gathered(currency, pool_minor, artists, months, beats, micro)
    starts = engine.starts(artists, months, beats)
    return Gathered(
        currency, pool_minor, artists[starts], months[starts], beats[starts], np.add.reduceat(micro, starts)
    )


def _packed(accrual_id: int) -> bytes:
    return bytes(Accrual.objects.values_list("packed", flat=True).get(pk=accrual_id))
