"""Who listens: new and returning accounts, and the accounts with most plays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pyroaring import BitMap

from backline.domain.months import month_of, next_month
from backline.listening.calendar import EPOCH, to_date, to_number
from backline.listening.queries.figures import distinct
from backline.listening.queries.scopes import Scope, kept_by_day_from, sum_rows
from backline.listening.store import DayRow, Owner, open_store
from backline.listening.store.closes import MonthRow
from backline.listening.store.merge import unpack_set
from backline.listening.store.packed import unpack_counts, unpack_numbers
from backline.listening.store.tally import ACCOUNT_PLAYS


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


@dataclass(frozen=True)
class MonthListeners:
    """Who played in whole months, from the first to the last of them (by their first days).

    `known` are accounts among the 50 with most plays of some month, most first. `account_plays` is None when rows are
    from before plays were counted by accounts: a rebuild fills it in.
    """

    first: date
    last: date
    plays: int
    accounts: int
    account_plays: int | None
    known: tuple[TopListener, ...]


def new_and_returning(owner: Owner, owner_id: int, *, first: date, last: date) -> NewAndReturning:
    """New and returning accounts of an artist or a beat over the days `first` to `last`."""
    return newcomers(Scope(owner, (owner_id,)), first=first, last=last)


def newcomers(scope: Scope, *, first: date, last: date) -> NewAndReturning:
    """New and returning accounts over the days `first` to `last`; who heard any of several beats before, returns."""
    if first < kept_by_day_from(scope):
        first = first.replace(day=1)
    heard = _accounts(scope, first, last)
    before = BitMap.union(*(_heard_before(scope.owner, owner_id, first) for owner_id in scope.ids), BitMap())
    returning = len(heard & before)
    return NewAndReturning(first, len(heard) - returning, returning)


def top_listeners(
    owner: Owner, owner_id: int, *, first: date, last: date, limit: int = 10
) -> list[TopListener]:
    """The accounts with most plays over the published months that the days touch, most first.

    Each month knows its 50 accounts with most plays; somebody who was never among them is not found.
    """
    months = open_store().months(owner, owner_id, month_of(to_number(first)), to_number(last))
    return _known(months)[:limit]


def month_listeners(scope: Scope, *, first: date, last: date) -> MonthListeners | None:
    """Who played in the published months that the days touch; None when none of them is published yet."""
    store = open_store()
    begins, published = month_of(to_number(first)), store.horizons().months
    if published < begins:
        return None
    months = [
        month
        for owner_id in scope.ids
        for month in store.months(scope.owner, owner_id, begins, min(to_number(last), published))
    ]
    rows = [month.sums for month in months]
    return MonthListeners(
        first=to_date(begins),
        last=to_date(min(month_of(to_number(last)), published)),
        plays=sum(row.plays for row in rows),
        accounts=distinct([row.accounts for row in rows]),
        account_plays=_account_plays(rows),
        known=tuple(_known(months)),
    )


def _known(months: Sequence[MonthRow]) -> list[TopListener]:
    plays: Counter[int] = Counter()
    for month in months:
        numbers = iter(unpack_numbers(month.top))
        for account, count in zip(numbers, numbers, strict=True):
            plays[account] += count
    return [TopListener(*pair) for pair in sorted(plays.items(), key=lambda pair: (-pair[1], pair[0]))]


def _account_plays(rows: Sequence[DayRow]) -> int | None:
    total = 0
    for row in rows:
        plays = unpack_counts(row.engagement).get(ACCOUNT_PLAYS, 0)
        if not plays and unpack_set(row.accounts):
            return None
        total += plays
    return total


def _heard_before(owner: Owner, owner_id: int, first: date) -> BitMap:
    """Everybody heard before a day: before its month, or the newest published one, and on the days since."""
    scope, day = Scope(owner, (owner_id,)), to_number(first)
    store, month = open_store(), month_of(day)
    last = min(month, store.horizons().months)
    # Mostly there is a row of the newest month that is published; else it is an earlier one.
    months = store.months(owner, owner_id, last, last) or store.months(owner, owner_id, 0, month)
    if not months:
        return _accounts(scope, EPOCH, to_date(day - 1))
    newest = months[-1]
    heard = unpack_set(newest.ever)
    if newest.sums.day == month_of(day):
        return heard | _accounts(scope, to_date(newest.sums.day), to_date(day - 1))
    return (
        heard
        | unpack_set(newest.sums.accounts)
        | _accounts(scope, to_date(next_month(newest.sums.day)), to_date(day - 1))
    )


def _accounts(scope: Scope, first: date, last: date) -> BitMap:
    if last < first:
        return BitMap()
    return BitMap.union(*(unpack_set(row.accounts) for row in sum_rows(scope, first, last)), BitMap())
