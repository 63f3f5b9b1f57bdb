"""Closed days and what changed since: the plays that money is shared out by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from pyroaring import BitMap

from backline.domain.verdicts import Verdict
from backline.listening.calendar import to_date, to_instant, to_number
from backline.listening.store import open_store
from backline.listening.store.merge import pack_set
from backline.listening.store.rows import VERDICTS


class NotClosedError(Exception):
    """The day is not closed yet, or is before the first one that anything was received on."""


@dataclass(frozen=True)
class ClosedDay:
    """What was received and counted of a day at its close. `change_no` is the newest change that was in force."""

    day: date
    at: datetime
    received: int
    counted: int
    change_no: int
    digest: bytes


@dataclass(frozen=True)
class BeatDayPlays:
    """A beat's plays on a closed day. `accounts` is a serialised Roaring bitmap of account numbers."""

    beat_id: int
    plays: int
    accounts: bytes


@dataclass(frozen=True)
class AccountDayPlays:
    """How often an account (its number here) played a beat on a closed day."""

    day: date
    account: int
    beat_id: int
    plays: int


@dataclass(frozen=True)
class Change:
    """A change of a listen's verdict. `listener` is an account's number, negative for a signed-out visitor."""

    no: int
    day: date
    beat_id: int
    listener: int
    was: Verdict
    verdict: Verdict
    at: datetime
    case_id: int | None
    reason: str


def last_closed_day() -> date | None:
    """The last closed day; every earlier day is closed as well. None until the first."""
    day = open_store().last_closed()
    return None if day is None else to_date(day)


def closed_days(first: date, last: date) -> list[ClosedDay]:
    """Closed days in order. Days before the first one with an event have no row."""
    return [
        ClosedDay(
            to_date(row.day), to_instant(row.at_ms), row.received, row.counted, row.change_no, row.digest
        )
        for row in open_store().closed(to_number(first), to_number(last))
    ]


def beat_day_plays(day: date) -> list[BeatDayPlays]:
    """Every beat's plays as of the close of that day, by beat. What was changed later is in `verdict_changes`.

    Raises:
        NotClosedError: the day has no close.
    """
    number = to_number(day)
    plays = open_store().plays_of_day(number, change_no=_change_no(number))
    found = []
    for beat_id, rows in groupby(plays, key=lambda row: row.beat):
        listeners = [*rows]
        accounts = BitMap(row.listener for row in listeners if row.listener > 0)
        found.append(BeatDayPlays(beat_id, sum(row.plays for row in listeners), pack_set(accounts)))
    return found


def account_plays(first: date, last: date) -> Iterator[AccountDayPlays]:
    """Signed-in plays on closed days as of each day's close: by day, beat and account, in order."""
    for closed in open_store().closed(to_number(first), to_number(last)):
        on = to_date(closed.day)
        for row in open_store().plays_of_day(closed.day, change_no=closed.change_no):
            if row.listener > 0:
                yield AccountDayPlays(on, row.listener, row.beat, row.plays)


def account_keys(numbers: Sequence[int]) -> dict[int, str]:
    """The keys of account numbers: `a:<id>` for our own accounts, `p:…` for another platform's listeners."""
    return open_store().account_keys(numbers)


def verdict_changes(after_no: int, limit: int = 1_000) -> list[Change]:
    """Changes with a higher number, in order. Those of the network rule belong to the close (see `change_no`)."""
    return [
        Change(
            no=row.no,
            day=to_date(row.day),
            beat_id=row.beat,
            listener=row.listener,
            was=VERDICTS[row.was],
            verdict=VERDICTS[row.verdict],
            at=to_instant(row.at_ms),
            case_id=row.case_id,
            reason=row.reason,
        )
        for row in open_store().changes(after_no, limit)
    ]


def _change_no(day: int) -> int:
    found = open_store().closed(day, day)
    if not found:
        raise NotClosedError(f"{to_date(day)} is not closed.")
    return found[0].change_no
