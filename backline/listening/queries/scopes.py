"""Whose figures are read together: an artist's, a beat's, or those of a collection's beats.

An artist has rows of its own. Several beats are summed; their accounts are united, so that nobody counts twice.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime

from backline.domain.months import whole_months
from backline.listening.calendar import EPOCH, reporting, to_date, to_number
from backline.listening.queries.figures import Figures, figures_of
from backline.listening.store import DayRow, Owner, open_store

_read: ContextVar[dict[tuple[Scope, date, date], list[DayRow]] | None] = ContextVar("rows_read", default=None)


@dataclass(frozen=True)
class Scope:
    """One artist, or any number of beats."""

    owner: Owner
    ids: tuple[int, ...]

    @classmethod
    def of_artist(cls, artist_id: int) -> Scope:
        """All that counts for an artist."""
        return cls(Owner.ARTIST, (artist_id,))

    @classmethod
    def of_beats(cls, beat_ids: Iterable[int]) -> Scope:
        """What counts for any of these beats."""
        return cls(Owner.BEAT, tuple(beat_ids))


def kept_by_day_from(scope: Scope) -> date:
    """The first day that is kept as such: beats' days of long ago were merged into months, artists' never are."""
    horizon = open_store().horizons().beat_days if scope.owner is Owner.BEAT else 0
    return to_date(horizon) if horizon else EPOCH


def scope_figures(scope: Scope, *, first: date, last: date, now: datetime) -> Figures:
    """The figures of the days `first` to `last`; whole months where days were merged."""
    return figures_of(sum_rows(scope, first, last), first, last, now)


def artist_figures(artist_id: int, *, first: date, last: date, now: datetime) -> Figures:
    """The artist's figures over the days `first` to `last`."""
    return scope_figures(Scope.of_artist(artist_id), first=first, last=last, now=now)


def beat_figures(beat_id: int, *, first: date, last: date, now: datetime) -> Figures:
    """The beat's figures over the days `first` to `last`. `new_followers` is 0: only artists are followed."""
    return scope_figures(Scope.of_beats([beat_id]), first=first, last=last, now=now)


def artist_today(artist_id: int, *, now: datetime) -> Figures:
    """The artist's figures of the reporting day so far."""
    today = reporting().today(now)
    return artist_figures(artist_id, first=today, last=today, now=now)


def day_rows(scope: Scope, first: date, last: date) -> list[DayRow]:
    """Day rows of each owner in turn, in order; months where days were merged."""
    store, start, end = open_store(), to_number(first), to_number(last)
    return [row for owner_id in scope.ids for row in store.days(scope.owner, owner_id, start, end)]


def rows_of_spans(scope: Scope, spans: Sequence[tuple[date, date]]) -> list[list[DayRow]]:
    """The rows of each span; spans follow each other without a gap. A merged month is in the span of its first day."""
    held: list[list[DayRow]] = [[] for _ in spans]
    if spans:
        starts = [to_number(first) for first, _ in spans]
        for row in day_rows(scope, spans[0][0], spans[-1][1]):
            held[max(0, bisect_right(starts, row.day) - 1)].append(row)
    return held


def sum_rows(scope: Scope, first: date, last: date) -> list[DayRow]:
    """Rows that add up to the days: published months where they are whole, day rows before and after them.

    A year is then eleven rows and some days instead of 365.
    """
    known = _read.get()
    if known is None:
        return _sum_rows(scope, first, last)
    key = (scope, first, last)
    if key not in known:
        known[key] = _sum_rows(scope, first, last)
    return known[key]


@contextmanager
def rows_read_once() -> Iterator[None]:
    """Meanwhile the rows of a scope and its days are read once: the blocks of a page share them, and agree."""
    token = _read.set({})
    try:
        yield
    finally:
        _read.reset(token)


def _sum_rows(scope: Scope, first: date, last: date) -> list[DayRow]:
    store, start, end = open_store(), to_number(first), to_number(last)
    begins, goes_on = whole_months(start, end, published=store.horizons().months)
    if begins >= goes_on:
        return day_rows(scope, first, last)
    rows: list[DayRow] = []
    for owner_id in scope.ids:
        if start < begins:
            rows += store.days(scope.owner, owner_id, start, begins - 1)
        rows += [month.sums for month in store.months(scope.owner, owner_id, begins, goes_on - 1)]
        if goes_on <= end:
            rows += store.days(scope.owner, owner_id, goes_on, end)
    return rows
