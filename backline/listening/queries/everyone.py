"""Figures of all artists or beats at once: what standing ranks and awards by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from backline.listening.calendar import to_date, to_number
from backline.listening.store import Owner, open_store
from backline.listening.store.merge import unpack_set


@dataclass(frozen=True)
class AllTime:
    """An artist's or a beat's figures of all time."""

    id: int
    plays: int
    downloads: int
    received: int
    completions: int


@dataclass(frozen=True)
class BeatDayListeners:
    """Who played a beat on a day: distinct accounts, and signed-out visits."""

    beat_id: int
    day: date
    accounts: int
    visits: int


def artist_plays(first: date, last: date) -> dict[int, int]:
    """Plays over the days `first` to `last` of every artist that has any."""
    return open_store().period_plays(Owner.ARTIST, to_number(first), to_number(last))


def beat_plays(first: date, last: date) -> dict[int, int]:
    """Plays over the days `first` to `last` of every beat that has any; whole months where days were merged."""
    return open_store().period_plays(Owner.BEAT, to_number(first), to_number(last))


def artist_all_time() -> Iterator[AllTime]:
    """Every artist that anything was received for, by id."""
    return (AllTime(*row) for row in open_store().all_totals(Owner.ARTIST))


def beat_all_time() -> Iterator[AllTime]:
    """Every beat that anything was received for, by id."""
    return (AllTime(*row) for row in open_store().all_totals(Owner.BEAT))


def beat_day_listeners(
    first: date, last: date, beat_ids: Sequence[int] | None = None
) -> Iterator[BeatDayListeners]:
    """Who played beats on each day with plays, by current verdicts. Days that were merged are counted from the log.

    Merged days come first, by day and beat; then the others, by beat and day.

    Raises:
        StoreError: the log of a merged day was sealed and dropped.
    """
    start, end = to_number(first), to_number(last)
    horizon = open_store().horizons().beat_days
    wanted = None if beat_ids is None else set(beat_ids)
    logged = open_store().closed(start, min(end, horizon - 1))
    for closed in logged:
        for beat_id, rows in groupby(open_store().plays_of_day(closed.day), key=lambda row: row.beat):
            if wanted is None or beat_id in wanted:
                listeners = [row.listener for row in rows]
                accounts = sum(listener > 0 for listener in listeners)
                yield BeatDayListeners(beat_id, to_date(closed.day), accounts, len(listeners) - accounts)
    for beat_id, day, packed, visits in open_store().day_listeners(max(start, horizon), end, beat_ids):
        accounts = len(unpack_set(packed))
        yield BeatDayListeners(beat_id, to_date(day), accounts, visits)
