"""What comes after the fold: changes of verdicts, closed days, months, and the reads that money is made from."""

from __future__ import annotations

from typing import NamedTuple

from backline.listening.store.rows import DayRow, LoggedListen


class JudgedListen(NamedTuple):
    """A row of the log with the code of its current verdict."""

    listen: LoggedListen
    verdict: int


class MarkStep(NamedTuple):
    """One more (+1) or one fewer (-1) like, follow, licence or sale of a day, for a target and its artists.

    A like taken back is one fewer on the day it was given; a licence revoked or a sale reversed on the day of that.
    """

    kind: int
    target: int
    artists: int
    day: int
    step: int


class VerdictChange(NamedTuple):
    """A later change of a listen's verdict (codes), by a case or by the rules of the day's close.

    `day`, `beat` and `listener` are those of the listen. Changes are numbered in the order in which they were made.
    """

    no: int
    seq: int
    day: int
    beat: int
    listener: int
    was: int
    verdict: int
    case_id: int | None
    reason: str
    at_ms: int


class ClosedDay(NamedTuple):
    """A closed reporting day: what was received and counted of it at its close.

    `change_no` is the newest change of verdicts that was in force; `digest` is over all plays of the day.
    """

    day: int
    at_ms: int
    received: int
    counted: int
    change_no: int
    digest: bytes


class ListenerPlays(NamedTuple):
    """How often a listener played a beat. Accounts are positive, signed-out visitors of the day negative."""

    beat: int
    listener: int
    plays: int


class AccountPlays(NamedTuple):
    """How often an account played an artist's or a beat's music."""

    owner_id: int
    account: int
    plays: int


class Seal(NamedTuple):
    """A month (its first day) whose log is in a file: how many listens with which digest, and whether dropped (1)."""

    month: int
    listens: int
    digest: bytes
    dropped: int


class Horizons(NamedTuple):
    """How far back what is kept by day; day numbers, all of them the first day of a month.

    `months`: the last month with month rows. `beat_days`: the first day with beats' day rows; earlier ones are months.
    `seconds`: the same for retention. 0 when nothing was published or merged yet.
    """

    months: int
    beat_days: int
    seconds: int


class MonthRow(NamedTuple):
    """An artist's or a beat's month. `sums.day` is the month's first day.

    `ever` are the accounts heard in any earlier month (Roaring); `top` the 50 accounts with most plays, packed as
    numbers: account, plays, most first.
    """

    sums: DayRow
    ever: bytes
    top: bytes
