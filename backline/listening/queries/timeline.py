"""Figures over time: one for each step of a period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from backline.listening.calendar import to_date, to_number
from backline.listening.queries.figures import distinct
from backline.listening.queries.scopes import Scope, day_rows, rows_of_spans
from backline.listening.queries.series import HourPoint, hours_of
from backline.listening.store import DayRow, open_store


@dataclass(frozen=True)
class Span:
    """What some days brought. Accounts are distinct within the span; signed-out visits count somebody once a day."""

    first: date
    last: date
    plays: int
    accounts: int
    visits: int
    downloads: int
    likes: int


def timeline(scope: Scope, *, spans: Sequence[tuple[date, date]]) -> list[Span]:
    """The figures of each span; see `rows_of_spans`."""
    held = rows_of_spans(scope, spans)
    return [_span(first, last, rows) for (first, last), rows in zip(spans, held, strict=True)]


def days_of(scope: Scope, *, first: date, last: date) -> list[Span]:
    """The days of a period that have anything, in order; months where days were merged."""
    held: dict[int, list[DayRow]] = {}
    for row in day_rows(scope, first, last):
        held.setdefault(row.day, []).append(row)
    return [_span(to_date(day), to_date(day), held[day]) for day in sorted(held)]


def day_counts(scope: Scope, *, first: date, last: date) -> dict[date, tuple[int, int]]:
    """Plays and downloads of the days that have any row: the cheapest read. Months where days were merged."""
    found: dict[int, tuple[int, int]] = {}
    for owner_id in scope.ids:
        for day, plays, downloads in open_store().series(
            scope.owner, owner_id, to_number(first), to_number(last)
        ):
            before = found.get(day, (0, 0))
            found[day] = (before[0] + plays, before[1] + downloads)
    return {to_date(day): sums for day, sums in found.items()}


def hour_line(scope: Scope, *, first: date, last: date) -> list[HourPoint]:
    """A point for every hour of a period, in order; accounts, visits and likes are not kept by hour."""
    nobody = 0  # an empty collection has hours as well
    lines = [hours_of(scope.owner, owner_id, first, last) for owner_id in scope.ids or (nobody,)]
    return [
        HourPoint(
            points[0].at, sum(point.plays for point in points), sum(point.downloads for point in points)
        )
        for points in zip(*lines, strict=True)
    ]


def _span(first: date, last: date, rows: list[DayRow]) -> Span:
    return Span(
        first=first,
        last=last,
        plays=sum(row.plays for row in rows),
        accounts=distinct([row.accounts for row in rows]),
        visits=sum(row.visits for row in rows),
        downloads=sum(row.downloads for row in rows),
        likes=sum(row.likes for row in rows),
    )
