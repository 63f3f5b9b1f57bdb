"""How a beat is heard: its engagement over a period, and which seconds are heard most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from backline.domain import engagement as rules
from backline.domain.months import next_month
from backline.listening.calendar import to_date, to_number
from backline.listening.queries.scopes import Scope, rows_of_spans, sum_rows
from backline.listening.store import DayRow, open_store
from backline.listening.store.packed import sum_counts
from backline.listening.store.tally import (
    COMPLETED,
    DISTINCT_MS,
    FIRST_BUCKET,
    POPULATION,
    REACH_BP,
    SHARE_BP,
)


@dataclass(frozen=True)
class Engagement:
    """Sums over the listens that say how a beat is heard. `buckets`: completed, mostly, half, partial, skipped.

    `first` is earlier than asked for where days were merged into months.
    """

    first: date
    listens: int
    completed: int
    listened_ms: int
    share_bp: int | None
    reach_bp: int | None
    buckets: tuple[int, int, int, int, int]

    @property
    def average_ms(self) -> int | None:
        """How long a listen heard on average; None without listens."""
        return self.listened_ms // self.listens if self.listens else None

    @property
    def score(self) -> int | None:
        """The engagement score; None without listens."""
        return rules.score(self.buckets)


@dataclass(frozen=True)
class Retention:
    """How many of `listens` heard each second of a beat, from the first on.

    Whole months are counted where days were merged: `first` is then earlier than asked for, `last` later.
    """

    first: date
    last: date
    listens: int
    seconds: tuple[int, ...]


def beat_engagement(beat_id: int, *, first: date, last: date) -> Engagement:
    """The beat's engagement over the days `first` to `last`."""
    return _engagement(sum_rows(Scope.of_beats([beat_id]), first, last), first)


def beat_engagement_spans(beat_id: int, *, spans: Sequence[tuple[date, date]]) -> list[Engagement]:
    """The engagement of each span; see `rows_of_spans`."""
    held = rows_of_spans(Scope.of_beats([beat_id]), spans)
    return [_engagement(rows, first) for (first, _), rows in zip(spans, held, strict=True)]


def beat_retention(beat_id: int, *, first: date, last: date) -> Retention:
    """How many listens heard each second, over the days `first` to `last`."""
    store, start, end = open_store(), to_number(first), to_number(last)
    if end < store.horizons().seconds:
        end = next_month(end) - 1
    days = store.seconds(beat_id, start, end)
    begins = min([start, *days])
    total: dict[int, int] = {}
    for steps in days.values():
        for second, step in steps.items():
            total[second] = total.get(second, 0) + step
    seconds = accumulate(total.get(second, 0) for second in range(max(total, default=0)))
    rows = sum_rows(Scope.of_beats([beat_id]), to_date(begins), to_date(end))
    return Retention(to_date(begins), to_date(end), _engagement(rows, first).listens, tuple(seconds))


def _engagement(rows: list[DayRow], first: date) -> Engagement:
    sums = sum_counts(row.engagement for row in rows)
    listens = sums.get(POPULATION, 0)
    buckets = [sums.get(FIRST_BUCKET + number, 0) for number in range(5)]
    return Engagement(
        first=min([first, *(to_date(row.day) for row in rows)]),
        listens=listens,
        completed=sums.get(COMPLETED, 0),
        listened_ms=sums.get(DISTINCT_MS, 0),
        share_bp=sums.get(SHARE_BP, 0) // listens if listens else None,
        reach_bp=sums.get(REACH_BP, 0) // listens if listens else None,
        buckets=(buckets[0], buckets[1], buckets[2], buckets[3], buckets[4]),
    )
