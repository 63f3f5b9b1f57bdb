"""What the worker does with a listening store inside one write transaction: fold, close, change, rebuild."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Protocol

from backline.listening.store.closes import (
    AccountPlays,
    ClosedDay,
    JudgedListen,
    MarkStep,
    MonthRow,
    Seal,
    VerdictChange,
)
from backline.listening.store.rows import DayRow, LoggedDownload, LoggedListen, Mark, Owner
from backline.listening.store.tally import Tally

Counts = Mapping[int, int]


class FoldSession(Protocol):
    """One transaction of the fold, alone in writing. All or nothing becomes visible at its end."""

    def watermark(self, name: str) -> int:
        """The last number done of a source; 0 when none was."""

    def advance(self, name: str, seq: int, at_ms: int) -> None:
        """Moves a watermark."""

    # The logs, in order.

    def listens(self, after: int, limit: int) -> list[LoggedListen]:
        """Log rows with a higher number, in order."""

    def downloads(self, after: int, limit: int) -> list[LoggedDownload]:
        """Download log rows with a higher number, in order."""

    def marks(self, after: int, limit: int) -> list[tuple[int, Mark]]:
        """Likes and follows that arrived as events, with their numbers, in order."""

    def mark_steps(self, after: int, limit: int) -> list[tuple[int, MarkStep]]:
        """What changed in likes, follows, licences and sales, with their numbers, in order."""

    def first_of_days(self, from_day: int) -> tuple[int, int]:
        """The lowest listen and download numbers of that day and later ones; beyond the end when there are none."""

    # Judging.

    def counted_listens(self, day: int, before: int) -> Iterable[LoggedListen]:
        """A day's log rows that the rules counted, with a number lower than `before`, in order."""

    def counted_download_times(self, listener: int, beat: int, before: int) -> list[int]:
        """When (ms) a listener had counted downloads of a beat, from log rows with a lower number than `before`."""

    def record_listens(self, verdicts: Sequence[tuple[int, int]], rules: int) -> None:
        """Stores the rules' verdict codes of log rows (seq, code) beside the log."""

    def record_downloads(self, verdicts: Sequence[tuple[int, int]], rules: int) -> None:
        """Stores the verdict codes of downloads (seq, code) beside their log."""

    # Later changes of verdicts. The current verdict of a listen is that of its newest change, else the rules'.

    def judged(self, day: int) -> Iterable[JudgedListen]:
        """A day's log rows that have a verdict, with the current one, in log order."""

    def judged_among(self, seqs: Sequence[int]) -> list[JudgedListen]:
        """Log rows by their numbers, with their current verdicts, in log order."""

    def changed(self, first: int, last: int) -> dict[int, int]:
        """The current verdict code of every changed listen with a number from `first` to `last`."""

    def last_change(self) -> int:
        """The number of the newest change; 0 when there is none."""

    def changes(self, after: int) -> list[VerdictChange]:
        """Changes with a higher number, in order."""

    def add_changes(self, changes: Sequence[VerdictChange]) -> None:
        """Appends changes; their numbers are given here, what `no` says is not looked at."""

    # Numbers and marks.

    def number_of_account(self, key: str) -> int:
        """The dense number of an account key, given on first sight."""

    def number_of_artists(self, artists: tuple[int, ...]) -> int:
        """The number of a set of artists, given on first sight."""

    def artists_of(self, set_no: int) -> tuple[int, ...]:
        """The artists in a set."""

    def set_mark(self, mark: Mark) -> Mark | None:
        """Keeps or removes a like or follow; answers what changed with the day it was given, or None."""

    def add_mark_steps(self, steps: Sequence[MarkStep]) -> None:
        """Appends to the log of what changed in likes, follows, licences and sales."""

    # The rollups.

    def add(self, tallies: Mapping[tuple[Owner, int, int], Tally]) -> None:
        """Adds tallies by owner, id and day to the day rows, the totals, and (beats) the seconds."""

    def add_minutes(self, plays: Mapping[tuple[int, int], int], oldest: int) -> None:
        """Adds plays by artist and minute, and forgets minutes before `oldest`."""

    def list_downloads(self, rows: Sequence[tuple[int, int, int, int]]) -> None:
        """Adds counted downloads (artist, at_ms, seq, day) to the artists' lists."""

    def days_of(self, owner: Owner, ids: Collection[int], first: int, last: int) -> dict[int, list[DayRow]]:
        """Day rows between two days by owner, in order; owners without any are absent."""

    def put_days(self, owner: Owner, rows: Mapping[tuple[int, int], DayRow]) -> None:
        """Replaces the rows of these owners and days; an empty row is removed."""

    def put_seconds(self, rows: Mapping[tuple[int, int], Counts]) -> None:
        """Replaces the steps by second of these beats and days; empty ones are removed."""

    def recount(self, owner: Owner, ids: Iterable[int]) -> None:
        """Computes these totals anew from the day rows and, for beats, the months that replaced days."""

    # Closing.

    def end_open(self, day: int, now_ms: int) -> int:
        """Makes open listens of that and earlier days final; answers how many."""

    def is_folded(self, day: int) -> bool:
        """Whether all that the logs hold of that and earlier days is below the watermarks."""

    def days_to_close(self) -> tuple[int, int] | None:
        """The first day in the logs and the last closed day (0 when none is); None when the logs are empty."""

    def destroy_keys(self, day: int) -> None:
        """Destroys salts and dictionaries of that and earlier days beyond recovery."""

    def record_close(self, closed: ClosedDay) -> None:
        """Says that a day is closed: from now on events of it and of earlier days are late."""

    # Months, named by their first day.

    def owners(self, owner: Owner, first: int, last: int, after: int, limit: int) -> list[int]:
        """Ids above `after`, in order, of owners that may have day rows between two days."""

    def account_plays(self, owner: Owner, first: int, last: int) -> Iterable[AccountPlays]:
        """Counted plays of accounts between two days by current verdicts: by owner, then account, in order."""

    def put_months(self, owner: Owner, rows: Mapping[int, MonthRow]) -> None:
        """Replaces month rows by owner; an empty row is removed."""

    def months_of(self, owner: Owner, ids: Collection[int]) -> dict[int, list[MonthRow]]:
        """All month rows of these owners, in order; owners without any are absent."""

    def remove_beat_days(self, ids: Sequence[int], first: int, last: int) -> None:
        """Removes the day rows of these beats between two days: their months stand for them."""

    def seconds_of(self, ids: Sequence[int], first: int, last: int) -> dict[int, dict[int, dict[int, int]]]:
        """Steps by beat, day and second between two days."""

    # Sealing.

    def record_seal(self, seal: Seal) -> None:
        """Keeps what is known of a month's file, in the place of what was."""

    def drop_log(self, first: int, last: int, limit: int) -> int:
        """Removes at most so many log rows between two days, never the log's last row; answers how many."""

    def restore_log(self, rows: Sequence[tuple[Any, ...]]) -> None:
        """Puts log rows (`finals.LOG_FIELDS`) back; those that are there stay."""


class RebuildSession(FoldSession, Protocol):
    """A short transaction on rollups in the making, which nobody sees before `publish`."""

    def publish(self) -> None:
        """Puts the new rollups in the place of the old ones, within this transaction."""
