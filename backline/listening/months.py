"""Months: published once all their days are closed; then old beat days and retention merge into them.

A month's rows are made in portions and are seen by nobody before the watermark `months` says so. Days that are older
than what is kept by day are first declared to be months (the horizons `beat_days` and `seconds`), then removed in
portions. All of it can be cut off anywhere and goes on from there.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from itertools import groupby
from typing import Protocol

from pyroaring import BitMap

from backline.domain.months import month_of, months_before, next_month
from backline.listening.store import Owner, open_store
from backline.listening.store.closes import AccountPlays, MarkStep, MonthRow
from backline.listening.store.interface import FoldSession
from backline.listening.store.merge import add_to_day, pack_set, sum_days, unpack_set
from backline.listening.store.packed import pack_numbers
from backline.listening.store.rows import DayRow
from backline.listening.tallying import Batch

TOP = 50
OWNERS = 500
BEAT_DAYS_MONTHS = 13
SECONDS_DAYS = 90
MONTHS = "months"
Tops = Mapping[int, bytes]


class Opens(Protocol):
    """Opens a transaction on the rollups, real ones or those in the making."""

    def __call__(self) -> AbstractContextManager[FoldSession]: ...


def publish_month() -> bool:
    """Publishes the next month all of whose days are closed; whether there was one."""
    store = open_store()
    closed = store.last_closed()
    if closed is None:
        return False
    with store.folding() as session:
        published, change_no = session.watermark(MONTHS), session.last_change()
        first = session.days_to_close()
    month = next_month(published) if published else month_of(first[0] if first else closed)
    last = next_month(month) - 1
    if last > closed:
        return False
    for owner in Owner:
        make_months(store.folding, owner, month, tops_of(store.account_plays(owner, month, last)))
    with store.folding() as session:
        # A change in between is in some rows and not in others: the next call makes them again.
        if session.last_change() == change_no and session.watermark(MONTHS) == published:
            session.advance(MONTHS, month, 0)
    return True


def make_months(opens: Opens, owner: Owner, month: int, tops: Tops) -> None:
    """Makes the month's rows of all artists or beats, in portions of a transaction each."""
    after, last = -1, next_month(month) - 1
    while True:
        with opens() as session:
            ids = session.owners(owner, month, last, after, OWNERS)
            days = session.days_of(owner, ids, month, last)
            _put(
                session,
                owner,
                month,
                {owner_id: sum_days(rows, month) for owner_id, rows in days.items()},
                tops,
            )
            # What an earlier attempt made of days that are gone since.
            nothing = MonthRow(sum_days([], month), b"", b"")
            session.put_months(owner, {owner_id: nothing for owner_id in ids if owner_id not in days})
        if len(ids) < OWNERS:
            return
        after = ids[-1]


def put_months_anew(session: FoldSession, owner: Owner, ids: Sequence[int], month: int) -> None:
    """Makes a published month's rows of a few owners again, and what later months know of earlier listeners."""
    last = next_month(month) - 1
    if owner is Owner.BEAT and month < session.watermark("beat_days"):
        months = session.months_of(owner, ids)
        sums = {
            owner_id: row.sums for owner_id, rows in months.items() for row in rows if row.sums.day == month
        }
    else:
        sums = {
            owner_id: sum_days(rows, month)
            for owner_id, rows in session.days_of(owner, ids, month, last).items()
        }
    wanted = set(ids)
    plays = (row for row in session.account_plays(owner, month, last) if row.owner_id in wanted)
    _put(session, owner, month, sums, tops_of(plays))
    for owner_id, rows in session.months_of(owner, ids).items():
        ever: BitMap = BitMap()
        for row in rows:
            if row.ever != (known := pack_set(ever)):
                session.put_months(owner, {owner_id: row._replace(ever=known)})
            ever |= unpack_set(row.sums.accounts)


def _put(session: FoldSession, owner: Owner, month: int, sums: Mapping[int, DayRow], tops: Tops) -> None:
    before = session.months_of(owner, [*sums])
    session.put_months(
        owner,
        {
            owner_id: MonthRow(row, _ever(before.get(owner_id, []), month), tops.get(owner_id, b""))
            for owner_id, row in sums.items()
        },
    )


def _ever(months: Iterable[MonthRow], before: int) -> bytes:
    """Everybody heard before a month, from the newest month before it."""
    earlier = [row for row in months if row.sums.day < before]
    if not earlier:
        return b""
    return pack_set(unpack_set(earlier[-1].ever) | unpack_set(earlier[-1].sums.accounts))


def tops_of(plays: Iterable[AccountPlays]) -> Tops:
    """The accounts with most plays of each owner, packed; of equal ones the lower numbers."""
    return {
        owner_id: pack_numbers(number for row in _most(rows) for number in (row.account, row.plays))
        for owner_id, rows in groupby(plays, key=lambda row: row.owner_id)
    }


def _most(rows: Iterable[AccountPlays]) -> list[AccountPlays]:
    return heapq.nsmallest(TOP, rows, key=lambda row: (-row.plays, row.account))


def add_late_marks(session: FoldSession, steps: Iterable[MarkStep]) -> None:
    """Brings published months in line with likes taken back long after they were given; their days already are.

    Nothing else comes for a closed day.
    """
    published, horizon = session.watermark(MONTHS), session.watermark("beat_days")
    batch = Batch(session)
    for step in steps:
        if published and month_of(step.day) <= published:
            batch.add_mark(step)
    for (owner, owner_id, day), tally in batch.tallies.items():
        month = month_of(day)
        months = session.months_of(owner, [owner_id]).get(owner_id, [])
        nothing = MonthRow(sum_days([], month), _ever(months, month), b"")
        row = next((row for row in months if row.sums.day == month), nothing)
        session.put_months(owner, {owner_id: row._replace(sums=add_to_day(row.sums, month, tally))})
        if owner is Owner.BEAT and day < horizon:
            session.remove_beat_days([owner_id], day, day)


def merge_old_days() -> bool:
    """Merges beat days older than 13 months, and retention older than 90 days, into months; whether there were any."""
    store = open_store()
    closed = store.last_closed()
    if closed is None:
        return False
    horizons = store.horizons()
    days = min(
        months_before(closed + 1, BEAT_DAYS_MONTHS), next_month(horizons.months) if horizons.months else 0
    )
    seconds = month_of(closed - SECONDS_DAYS)
    merged = [_merge("beat_days", days), _merge("seconds", seconds)]
    return any(merged)


def _merge(name: str, horizon: int) -> bool:
    """Moves a horizon and clears what is behind it; whether there was anything to do."""
    done = f"{name}_merged"
    with open_store().folding() as session:
        first = session.watermark(done)
        if first >= horizon:
            return False
        if session.watermark(name) < horizon:
            session.advance(name, horizon, 0)
    clear_behind(open_store().folding, name, first, horizon)
    with open_store().folding() as session:
        session.advance(done, horizon, 0)
    return True


def clear_behind(opens: Opens, name: str, first: int, horizon: int) -> None:
    """Removes beats' day rows, or merges their seconds, from a day to a horizon, in portions of a transaction each."""
    after = -1
    while True:
        with opens() as session:
            ids = session.owners(Owner.BEAT, first, horizon - 1, after, OWNERS)
            if name == "beat_days":
                session.remove_beat_days(ids, first, horizon - 1)
            else:
                _merge_seconds(session, ids, first, horizon - 1)
        if len(ids) < OWNERS:
            return
        after = ids[-1]


def _merge_seconds(session: FoldSession, ids: Collection[int], first: int, last: int) -> None:
    """One row of seconds for each month, at its first day."""
    merged: dict[tuple[int, int], dict[int, int]] = {}
    for beat, days in session.seconds_of([*ids], first, last).items():
        for day, steps in days.items():
            merged.setdefault((beat, day), {})
            total = merged.setdefault((beat, month_of(day)), {})
            for second, step in steps.items():
                total[second] = total.get(second, 0) + step
    session.put_seconds(merged)
