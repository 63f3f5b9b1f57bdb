"""What a listening store can do. SQLite is one; the product's code knows only this."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from backline.listening.store.closes import (
    AccountPlays,
    ClosedDay,
    Horizons,
    JudgedListen,
    ListenerPlays,
    MonthRow,
    Seal,
    VerdictChange,
)
from backline.listening.store.held import HeldDownload, HeldListen
from backline.listening.store.rows import (
    DayRow,
    Draft,
    Outcome,
    Owner,
    StoredDownload,
    TermKind,
    TotalRow,
)
from backline.listening.store.session import FoldSession, RebuildSession

__all__ = [
    "FoldSession",
    "Hours",
    "RebuildSession",
    "Store",
    "StoreBusyError",
    "StoreError",
    "StoreFullError",
]

Hours = tuple[tuple[int, ...], tuple[int, ...]]


class StoreError(Exception):
    """The store cannot be used at the moment."""


class StoreBusyError(StoreError):
    """The store could not take the write in time; try again."""


class StoreFullError(StoreError):
    """There is no room left where the store is kept."""


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

    def forget(self, *, ids_before_day: int) -> int:
        """Drops event ids of earlier days; answers how many rows."""

    def folding(self) -> AbstractContextManager[FoldSession]:
        """Opens the fold's transaction."""

    def begin_rebuild(self, from_day: int | None) -> None:
        """Makes room for rollups of that day and later ones (None: all); those of a rebuild cut off are dropped.

        `from_day` is the first day of a month when months from then on are published. The watermark `rebuilds` moves on
        by one, so that an older rebuild that still goes on can tell.
        """

    def rebuilding(self) -> AbstractContextManager[RebuildSession]:
        """Opens a transaction on the rollups in the making. Logs, numbers and watermarks are the real ones."""

    def rebuild_reads(self) -> FoldSession:
        """For reading what a rebuild judges by, outside any transaction: nothing is written through it."""

    def needs_rebuild(self) -> bool:
        """Whether the rollups are older than the program: an upgrade asked for a rebuild that was not done yet."""

    def freshness(self) -> tuple[int, bool]:
        """When (ms) the fold last moved, and whether final events wait for it."""

    # What is closed and what changed since.

    def last_closed(self) -> int | None:
        """The last closed day; every earlier day is closed too."""

    def closed(self, first: int, last: int) -> list[ClosedDay]:
        """Closed days between two days, in order. Days before the first event have no row."""

    def changes(self, after: int, limit: int) -> list[VerdictChange]:
        """Changes of verdicts with a higher number, in order."""

    def plays_of_day(self, day: int, *, change_no: int | None = None) -> list[ListenerPlays]:
        """A day's counted plays by beat and listener, in that order; accounts positive, visitors negative.

        By the current verdicts, or by those that held after change number `change_no`.

        Raises:
            StoreError: the log of that month was sealed and dropped; it must be restored first.
        """

    def account_plays(self, owner: Owner, first: int, last: int) -> Iterator[AccountPlays]:
        """Counted plays of accounts between two days by current verdicts: by owner, then account, in order."""

    def account_keys(self, numbers: Sequence[int]) -> dict[int, str]:
        """The keys of accounts by their numbers."""

    def judged(
        self, beat_id: int, first: int, last: int, *, limit: int, before: int | None = None
    ) -> list[JudgedListen]:
        """The last received listens of a beat between two days with their current verdicts, newest first.

        Only those with a lower number than `before`; not those that are still to be folded.
        """

    def log_rows(self, first: int, last: int, after: int, limit: int) -> list[tuple[Any, ...]]:
        """Log rows (`finals.LOG_FIELDS`) between two days with a higher number than `after`, in order."""

    def seals(self) -> list[Seal]:
        """The months whose log is in a file, in order."""

    # One account: for the person alone, and for forgetting who it was.

    def account_numbers(self, keys: Collection[str]) -> dict[str, int]:
        """The numbers of account keys; those without one are absent."""

    def log_from(self, day: int) -> tuple[int, int]:
        """The number before the first log row of that day and later ones, and the last number; equal when none is."""

    def listens_of(self, number: int, *, after: int, through: int, limit: int) -> list[HeldListen]:
        """An account's log rows with numbers above `after`, up to `through`, in order."""

    def downloads_of(self, number: int, *, after: int, limit: int) -> list[HeldDownload]:
        """An account's download log rows with higher numbers, in order."""

    def unlink_accounts(self, keys: Collection[str]) -> int:
        """Makes the numbers of these keys nobody's (`rows.GONE_KEY`), beyond recovery; answers how many there were.

        The rows and their numbers stay as they are, so every figure does. Addresses of the day, kept likes and follows,
        and the addresses of licences go as well. A key that is used again gets another number. Done again after it was
        cut off, it ends what is left.
        """

    # Rollups.

    def horizons(self) -> Horizons:
        """From which days on beats have rows by day, and through which month there are month rows."""

    def months(self, owner: Owner, owner_id: int, first: int, last: int) -> list[MonthRow]:
        """Published month rows whose first day is between two days, in order."""

    def seconds(self, beat_id: int, first: int, last: int) -> dict[int, dict[int, int]]:
        """Retention steps (second → change) of a beat by day; by month, at its first day, before the horizon."""

    def period_plays(self, owner: Owner, first: int, last: int) -> dict[int, int]:
        """Plays between two days of every artist or beat that has any."""

    def all_totals(self, owner: Owner) -> Iterator[tuple[int, int, int, int, int]]:
        """Id, plays, downloads, received and completions of all time, by id."""

    def day_listeners(
        self, first: int, last: int, beat_ids: Sequence[int] | None
    ) -> Iterator[tuple[int, int, bytes, int]]:
        """Beat, day, accounts (Roaring) and signed-out visits of beats' day rows that have plays."""

    def totals(self, owner: Owner, ids: Sequence[int]) -> dict[int, TotalRow]:
        """All-time rows; ids without any are absent."""

    def total_plays(self, beat_ids: Sequence[int]) -> dict[int, int]:
        """All-time plays of beats; those without a row are absent."""

    def days(self, owner: Owner, owner_id: int, first: int, last: int) -> list[DayRow]:
        """Day rows between two days, both included, in order; days without any are absent.

        Before `horizons().beat_days` a beat has months instead: rows at the first day of each month that the range
        touches. The same holds for `series`, `beat_sums` and `beat_countries`; such months have no `hours`.
        """

    def series(self, owner: Owner, owner_id: int, first: int, last: int) -> list[tuple[int, int, int]]:
        """Day, plays and downloads between two days, in order."""

    def packed_hours(self, owner: Owner, owner_id: int, first: int, last: int) -> list[tuple[int, bytes]]:
        """Each day that has a row, with its counts by hour as `packed.pack_counts` packs them: downloads from 24 on."""

    def hours(self, owner: Owner, owner_id: int, first: int, last: int) -> dict[int, Hours]:
        """Plays and downloads of the 24 hours of each day that has a row."""

    def beat_sums(self, beat_ids: Sequence[int], first: int, last: int) -> dict[int, tuple[int, int]]:
        """Plays and downloads of each beat between two days."""

    def beat_moves(
        self, beat_ids: Sequence[int], first: int, middle: int, last: int
    ) -> dict[int, tuple[int, int]]:
        """Plays of each beat from `middle` to `last`, and from `first` to the day before `middle`."""

    def countries(self, row: DayRow | TotalRow) -> dict[str, int]:
        """Counted plays of a row by country code."""

    def named_terms(self, counts: Mapping[int, int]) -> dict[TermKind, dict[str, int]]:
        """Counts by number of term (as rows' `terms` hold them) as counts by word, for each dimension."""

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

    def beat_received(self, beat_ids: Sequence[int], first: int, last: int) -> dict[int, tuple[int, int]]:
        """Listens received and counted of each beat between two days; beats without any are absent."""

    def term_texts(self, numbers: Collection[int]) -> dict[int, str]:
        """What these numbers of terms (devices, countries and the like) stand for."""

    def changes_of_case(self, case_id: int) -> list[VerdictChange]:
        """What a case changed, in order; empty when it changed nothing yet."""

    def rows(self, table: str, after: tuple[Any, ...] | None, limit: int) -> list[tuple[Any, ...]]:
        """Whole rows of a table of `schema.sql` in the order of its key, after a key; for moving the store."""

    def put_rows(self, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Adds whole rows to a table, as they are; only while nobody else uses the store."""

    def ping(self) -> bool:
        """Whether the store answers.

        Raises:
            StoreError: it does not.
        """

    def close(self) -> None:
        """Closes the calling thread's connection."""
