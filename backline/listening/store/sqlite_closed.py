"""Reads of closed days, changed verdicts and months on SQLite: what money, standing and insights are made from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from backline.domain.months import month_of
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
from backline.listening.store.connections import Connections
from backline.listening.store.finals import LOG_FIELDS
from backline.listening.store.interface import StoreError
from backline.listening.store.packed import unpack_steps
from backline.listening.store.rows import COUNTED, LoggedListen, Owner
from backline.listening.store.sqlite_close import CHANGE_COLUMNS, CURRENT, IN_SPAN
from backline.listening.store.sqlite_fold import LISTEN_COLUMNS
from backline.listening.store.sqlite_months import MONTH_COLUMNS, account_plays, month_row
from backline.listening.store.sqlite_rollups import END, portions

_AS_OF = CURRENT.replace("WHERE change.seq = listen.seq", "WHERE change.seq = listen.seq AND change.no <= ?")


class SQLiteClosed:
    """See `interface.Store`."""

    _connections: Connections

    def last_closed(self) -> int | None:
        """The last closed day."""
        row = self._connections.get().execute("SELECT max(day) FROM day_closed").fetchone()
        return None if row[0] is None else int(row[0])

    def closed(self, first: int, last: int) -> list[ClosedDay]:
        """Closed days in order."""
        rows = self._connections.get().execute(
            f"SELECT {', '.join(ClosedDay._fields)} FROM day_closed WHERE day BETWEEN ? AND ? ORDER BY day",
            (first, last),
        )
        return [ClosedDay(*row) for row in rows]

    def changes(self, after: int, limit: int) -> list[VerdictChange]:
        """Changes of verdicts in order."""
        rows = self._connections.get().execute(
            f"SELECT {CHANGE_COLUMNS} FROM verdict_change WHERE no > ? ORDER BY no LIMIT ?", (after, limit)
        )
        return [VerdictChange(*row) for row in rows]

    def plays_of_day(self, day: int, *, change_no: int | None = None) -> list[ListenerPlays]:
        """A day's counted plays by beat and listener, out of the day's part of the log."""
        if any(seal.month == month_of(day) and seal.dropped for seal in self.seals()):
            raise StoreError("the log of that month is sealed and dropped: `backline listening restore`")
        rows = self._connections.get().execute(
            f"SELECT listen.beat, listen.listener, count(*) FROM {IN_SPAN}"
            " JOIN listen_verdict AS given ON given.seq = listen.seq"
            f" WHERE day_span.day = ? AND listen.day = ? AND {_AS_OF} = {COUNTED}"
            " GROUP BY listen.beat, listen.listener ORDER BY listen.beat, listen.listener",
            (day, day, END if change_no is None else change_no),
        )
        return [ListenerPlays(*row) for row in rows]

    def account_plays(self, owner: Owner, first: int, last: int) -> Iterator[AccountPlays]:
        """Counted plays of accounts by owner and account."""
        return account_plays(self._connections.get(), "listen_verdict", owner, first, last)

    def judged(
        self, beat_id: int, first: int, last: int, *, limit: int, before: int | None = None
    ) -> list[JudgedListen]:
        """The last received listens of a beat; no index holds them, the days' spans keep the search short."""
        connection = self._connections.get()
        span = connection.execute(
            "SELECT min(first_seq), max(last_seq) FROM day_span WHERE day BETWEEN ? AND ?", (first, last)
        ).fetchone()
        if span[0] is None:
            return []
        rows = connection.execute(
            f"SELECT {LISTEN_COLUMNS}, {CURRENT} FROM listen JOIN listen_verdict AS given ON given.seq = listen.seq"
            " WHERE listen.seq BETWEEN ? AND ? AND listen.beat = ? AND listen.day BETWEEN ? AND ?"
            " ORDER BY listen.seq DESC LIMIT ?",
            (span[0], min(span[1], END if before is None else before - 1), beat_id, first, last, limit),
        )
        return [JudgedListen(LoggedListen(*row[:-1]), row[-1]) for row in rows]

    def log_rows(self, first: int, last: int, after: int, limit: int) -> list[tuple[Any, ...]]:
        """Log rows between two days, in order."""
        connection = self._connections.get()
        span = connection.execute(
            "SELECT coalesce(min(first_seq), 1), coalesce(max(last_seq), 0) FROM day_span WHERE day BETWEEN ? AND ?",
            (first, last),
        ).fetchone()
        return connection.execute(
            f"SELECT {', '.join(LOG_FIELDS)} FROM listen WHERE seq BETWEEN ? AND ? AND day BETWEEN ? AND ?"
            " ORDER BY seq LIMIT ?",
            (max(span[0], after + 1), span[1], first, last, limit),
        ).fetchall()

    def seals(self) -> list[Seal]:
        """The months whose log is in a file."""
        rows = self._connections.get().execute(
            f"SELECT {', '.join(Seal._fields)} FROM sealed_month ORDER BY month"
        )
        return [Seal(*row) for row in rows]

    def horizons(self) -> Horizons:
        """From which days on what is kept by day."""
        found = dict(self._connections.get().execute("SELECT name, seq FROM watermark").fetchall())
        return Horizons(found.get("months", 0), found.get("beat_days", 0), found.get("seconds", 0))

    def months(self, owner: Owner, owner_id: int, first: int, last: int) -> list[MonthRow]:
        """Published month rows in order."""
        rows = self._connections.get().execute(
            f"SELECT {MONTH_COLUMNS} FROM {owner}_month WHERE {owner}_id = ? AND day BETWEEN ? AND ? ORDER BY day",
            (owner_id, first, min(last, self.horizons().months)),
        )
        return [month_row(row) for row in rows]

    def seconds(self, beat_id: int, first: int, last: int) -> dict[int, dict[int, int]]:
        """Retention steps by day; by month before the horizon."""
        horizon = self.horizons().seconds
        found: dict[int, dict[int, int]] = {}
        rows = self._connections.get().execute(
            "SELECT day, seconds FROM beat_second WHERE beat_id = ? AND day BETWEEN ? AND ?",
            (beat_id, month_of(first) if first < horizon else first, last),
        )
        for day, packed in rows:
            steps = found.setdefault(month_of(day) if day < horizon else day, {})
            for second, step in unpack_steps(packed).items():
                steps[second] = steps.get(second, 0) + step
        return found

    def period_plays(self, owner: Owner, first: int, last: int) -> dict[int, int]:
        """Plays of every artist or beat; those who had none since `first` are not looked at."""
        horizon = self.horizons().beat_days if owner is Owner.BEAT else 0
        start = max(first, horizon)
        sums = f"SELECT sum(plays) FROM {owner}_day AS kept WHERE kept.{owner}_id = total.{owner}_id"
        months = f"SELECT sum(plays) FROM {owner}_month AS kept WHERE kept.{owner}_id = total.{owner}_id"
        rows = self._connections.get().execute(
            f"SELECT {owner}_id, coalesce(({sums} AND day BETWEEN ? AND ?), 0)"
            f" + coalesce(({months} AND day BETWEEN ? AND ?), 0) FROM {owner}_total AS total"
            " WHERE last_day >= ? AND first_day <= ? AND plays > 0",
            (start, last, month_of(first), min(last, horizon - 1), first, last),
        )
        return {int(owner_id): int(plays) for owner_id, plays in rows if plays}

    def all_totals(self, owner: Owner) -> Iterator[tuple[int, int, int, int, int]]:
        """Figures of all time by id."""
        return iter(
            self._connections.get().execute(
                f"SELECT {owner}_id, plays, downloads, received, completions FROM {owner}_total ORDER BY {owner}_id"
            )
        )

    def day_listeners(
        self, first: int, last: int, beat_ids: Sequence[int] | None
    ) -> Iterator[tuple[int, int, bytes, int]]:
        """Accounts and visits of beats' day rows."""
        columns = (
            "SELECT beat_id, day, accounts, visits FROM beat_day WHERE day BETWEEN ? AND ? AND plays > 0"
        )
        connection = self._connections.get()
        if beat_ids is None:
            yield from connection.execute(f"{columns} ORDER BY beat_id, day", (first, last))
            return
        for some, marks in portions(beat_ids):
            yield from connection.execute(
                f"{columns} AND beat_id IN ({marks}) ORDER BY beat_id, day", (first, last, *some)
            ).fetchall()

    def account_keys(self, numbers: Sequence[int]) -> dict[int, str]:
        """The keys of accounts by their numbers."""
        found: dict[int, str] = {}
        for some, marks in portions(numbers):
            found |= dict(
                self._connections.get()
                .execute(f"SELECT no, key FROM account WHERE no IN ({marks})", some)
                .fetchall()
            )
        return found
