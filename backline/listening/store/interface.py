"""What a listening store can do. SQLite is one; the product's code knows only this."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from backline.listening.store.rows import (
    DayRow,
    Draft,
    LoggedDownload,
    LoggedListen,
    Mark,
    Outcome,
    Owner,
    StoredDownload,
    TotalRow,
)
from backline.listening.store.tally import Tally

Hours = tuple[tuple[int, ...], tuple[int, ...]]


class StoreError(Exception):
    """The store cannot be used at the moment."""


class StoreBusyError(StoreError):
    """The store could not take the write in time; try again."""


class StoreFullError(StoreError):
    """There is no room left where the store is kept."""


class FoldSession(Protocol):
    """One transaction of the fold, alone in writing. All or nothing becomes visible at its end."""

    def watermark(self, name: str) -> int:
        """The last number folded of a source; 0 when none was."""

    def advance(self, name: str, seq: int, at_ms: int) -> None:
        """Moves a watermark."""

    def listens(self, after: int, limit: int) -> list[LoggedListen]:
        """Log rows with a higher number, in order."""

    def counted_listens(self, day: int, before: int) -> Iterable[LoggedListen]:
        """A day's counted log rows with a number lower than `before`, in order."""

    def downloads(self, after: int, limit: int) -> list[LoggedDownload]:
        """Download log rows with a higher number, in order."""

    def counted_download_times(self, listener: int, beat: int, before: int) -> list[int]:
        """When (ms) a listener had counted downloads of a beat, from log rows with a lower number than `before`."""

    def marks(self, after: int, limit: int) -> list[tuple[int, Mark]]:
        """Likes and follows that arrived as events, with their numbers, in order."""

    def number_of_account(self, key: str) -> int:
        """The dense number of an account key, given on first sight."""

    def number_of_artists(self, artists: tuple[int, ...]) -> int:
        """The number of a set of artists, given on first sight."""

    def set_mark(self, mark: Mark) -> Mark | None:
        """Keeps or removes a like or follow; answers what changed with the day it was given, or None."""

    def artists_of(self, set_no: int) -> tuple[int, ...]:
        """The artists in a set."""

    def record_listens(self, verdicts: Sequence[tuple[int, int]], rules: int) -> None:
        """Stores the verdict codes of log rows beside the log."""

    def record_downloads(self, verdicts: Sequence[tuple[int, int]], rules: int) -> None:
        """Stores the verdict codes of downloads beside their log."""

    def list_downloads(self, rows: Sequence[tuple[int, int, int, int]]) -> None:
        """Adds counted downloads (artist, at_ms, seq, day) to the artists' lists."""

    def add(self, tallies: Mapping[tuple[Owner, int, int], Tally]) -> None:
        """Adds tallies by owner, id and day to the day rows and the totals."""

    def add_minutes(self, plays: Mapping[tuple[int, int], int], oldest: int) -> None:
        """Adds plays by artist and minute, and forgets minutes before `oldest`."""

    def clear_days(self, from_day: int) -> None:
        """Removes rollups and verdicts of that day and later ones: the first half of a rebuild."""

    def first_of_days(self, from_day: int) -> tuple[int, int]:
        """The lowest listen and download numbers of that day and later ones."""

    def last_of_day(self, day: int) -> int:
        """The highest listen number of a day, 0 when it has none."""

    def marks_from(self, day: int) -> list[Mark]:
        """The likes and follows that hold, given on that day or later."""

    def recount_totals(self) -> None:
        """Computes every total from the day rows: the last part of a rebuild."""


class Store(Protocol):
    """A listening store."""

    def append(self, drafts: Sequence[Draft]) -> list[Outcome]:
        """Writes a batch in one durable transaction and answers each draft in order.

        Raises:
            StoreBusyError: the write lock was not free in time; nothing was written.
            StoreFullError: the disk is full; nothing was written.
        """

    def close_idle(self, *, before_ms: int, now_ms: int, limit: int) -> int:
        """Makes open listens without a report since `before_ms` final; answers how many."""

    def forget(self, *, ids_before_day: int, visitors_before_day: int) -> int:
        """Drops event ids, and salts and keys of signed-out visitors, of earlier days; answers how many rows."""

    def folding(self) -> AbstractContextManager[FoldSession]:
        """Opens the fold's transaction."""

    def freshness(self) -> tuple[int, bool]:
        """When (ms) the fold last moved, and whether final events wait for it."""

    def totals(self, owner: Owner, ids: Sequence[int]) -> dict[int, TotalRow]:
        """All-time rows; ids without any are absent."""

    def days(self, owner: Owner, owner_id: int, first: int, last: int) -> list[DayRow]:
        """Day rows between two days, both included, in order; days without any are absent."""

    def series(self, owner: Owner, owner_id: int, first: int, last: int) -> list[tuple[int, int, int]]:
        """Day, plays and downloads between two days, in order."""

    def hours(self, owner: Owner, owner_id: int, first: int, last: int) -> dict[int, Hours]:
        """Plays and downloads of the 24 hours of each day that has a row."""

    def beat_sums(self, beat_ids: Sequence[int], first: int, last: int) -> dict[int, tuple[int, int]]:
        """Plays and downloads of each beat between two days."""

    def countries(self, row: DayRow | TotalRow) -> dict[str, int]:
        """Counted plays of a row by country code."""

    def beat_countries(self, beat_ids: Sequence[int], first: int, last: int) -> dict[int, dict[str, int]]:
        """Counted plays by beat and country between two days."""

    def downloads(
        self, artist_id: int, *, from_ms: int, until_ms: int, limit: int, offset: int
    ) -> list[StoredDownload]:
        """Counted downloads of an artist in [from_ms, until_ms), newest first."""

    def live(self, artist_id: int, since_ms: int) -> tuple[int, int]:
        """Open listens with a report since a moment, and plays that became final since its minute."""

    def impressions(self, beat_ids: Sequence[int], first: int, last: int) -> int:
        """How often these beats were shown between two days."""

    def ping(self) -> bool:
        """Whether the store answers.

        Raises:
            StoreError: it does not.
        """

    def close(self) -> None:
        """Closes the calling thread's connection."""
