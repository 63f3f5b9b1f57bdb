"""Who listens: new and returning accounts, and the accounts with most plays."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from pyroaring import BitMap

from backline.domain.months import month_of, next_month
from backline.listening.calendar import to_date, to_number
from backline.listening.store import Owner, open_store
from backline.listening.store.merge import unpack_set
from backline.listening.store.packed import unpack_numbers


@dataclass(frozen=True)
class NewAndReturning:
    """Distinct accounts of a period: heard for the first time in it, or before it as well.

    `first` is earlier than asked for where a beat's days were merged into months.
    """

    first: date
    new: int
    returning: int


@dataclass(frozen=True)
class TopListener:
    """An account (its number here) and its plays."""

    account: int
    plays: int


def new_and_returning(owner: Owner, owner_id: int, *, first: date, last: date) -> NewAndReturning:
    """New and returning accounts of an artist or a beat over the days `first` to `last`."""
    start, end = to_number(first), to_number(last)
    if owner is Owner.BEAT and start < open_store().horizons().beat_days:
        start = month_of(start)
    heard = _accounts(owner, owner_id, start, end)
    returning = heard & _heard_before(owner, owner_id, start)
    return NewAndReturning(to_date(start), len(heard) - len(returning), len(returning))


def top_listeners(
    owner: Owner, owner_id: int, *, first: date, last: date, limit: int = 10
) -> list[TopListener]:
    """The accounts with most plays over the published months that the days touch, most first.

    Each month knows its 50 accounts with most plays; somebody who was never among them is not found.
    """
    plays: Counter[int] = Counter()
    for month in open_store().months(owner, owner_id, month_of(to_number(first)), to_number(last)):
        numbers = iter(unpack_numbers(month.top))
        for account, count in zip(numbers, numbers, strict=True):
            plays[account] += count
    ordered = sorted(plays.items(), key=lambda pair: (-pair[1], pair[0]))
    return [TopListener(*pair) for pair in ordered[:limit]]


def _heard_before(owner: Owner, owner_id: int, day: int) -> BitMap:
    """Everybody heard before a day: before its month, or the newest published one, and on the days since."""
    months = open_store().months(owner, owner_id, 0, month_of(day))
    if not months:
        return _accounts(owner, owner_id, 0, day - 1)
    newest = months[-1]
    heard = unpack_set(newest.ever)
    if newest.sums.day == month_of(day):
        return heard | _accounts(owner, owner_id, newest.sums.day, day - 1)
    return (
        heard
        | unpack_set(newest.sums.accounts)
        | _accounts(owner, owner_id, next_month(newest.sums.day), day - 1)
    )


def _accounts(owner: Owner, owner_id: int, first: int, last: int) -> BitMap:
    if last < first:
        return BitMap()
    sets = [unpack_set(row.accounts) for row in open_store().days(owner, owner_id, first, last)]
    return BitMap.union(*sets) if sets else BitMap()
