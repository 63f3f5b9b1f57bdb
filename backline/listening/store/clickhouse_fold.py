"""The fold's transaction on ClickHouse: the embedded store's rules on a scratch, after fetching what they will touch.

What passes over long parts of the logs is read where it is. Logs are read as far as whole transactions are written.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, cast

from backline.listening.store.clickhouse_client import ClickHouse
from backline.listening.store.clickhouse_journal import Transaction
from backline.listening.store.clickhouse_rollups import ClickHouseRollups
from backline.listening.store.closes import AccountPlays, JudgedListen, MarkStep, VerdictChange
from backline.listening.store.numbers import Numbers
from backline.listening.store.rows import COUNTED, LoggedDownload, LoggedListen, Mark, Owner
from backline.listening.store.sql_batch import load_logs
from backline.listening.store.sqlite_fold import SQLiteFoldSession

# Listens arrive for the last days only: what is older cannot be added to while a day is closed.
ARRIVING_DAYS = 7


class ClickHouseFoldSession(ClickHouseRollups):
    """See `session.FoldSession`."""

    def __init__(self, transaction: Transaction, clickhouse: ClickHouse) -> None:
        self._transaction = transaction
        self._clickhouse = clickhouse
        self._numbers = Numbers()
        self._direct = self._reader()
        self._ends: dict[str, int] = {}
        self.keys_until: int | None = None
        self._take_scratch()

    def _take_scratch(self) -> None:
        self._scratch = self._transaction.scratch
        self._connection = self._scratch.connection
        self._scratch.load("watermark", "1 = 1")

    def _reader(self) -> SQLiteFoldSession:
        """The same questions, asked of ClickHouse itself."""
        return SQLiteFoldSession(cast(sqlite3.Connection, self._clickhouse), Numbers())

    def listens(self, after: int, limit: int) -> list[LoggedListen]:
        """Log rows with a higher number."""
        rows = [row for row in self._direct.listens(after, limit) if row.seq <= self._end("listen", after)]
        self._scratch.load_among("artist_set", "no", [row.artists for row in rows], fixed=True)
        return rows

    def downloads(self, after: int, limit: int) -> list[LoggedDownload]:
        """Download log rows with a higher number."""
        end = self._end("download_event", after)
        rows = [row for row in self._direct.downloads(after, limit) if row.seq <= end]
        self._scratch.load_among("artist_set", "no", [row.artists for row in rows], fixed=True)
        return rows

    def marks(self, after: int, limit: int) -> list[tuple[int, Mark]]:
        """Likes and follows that arrived as events."""
        end = self._end("mark_event", after)
        return [row for row in self._direct.marks(after, limit) if row[0] <= end]

    def _end(self, log: str, after: int) -> int:
        """The last number that was written whole when the transaction began."""
        if log not in self._ends:
            found = self._clickhouse.execute(
                f"SELECT max(seq) FROM {log} WHERE seq > ? AND _version <= ?", (after, self._transaction.base)
            ).fetchone()
            self._ends[log] = int(found[0] or 0)
        return self._ends[log]

    def mark_steps(self, after: int, limit: int) -> list[tuple[int, MarkStep]]:
        """What changed in likes, follows, licences and sales."""
        self._scratch.load("mark_log", f"no > {int(after)} ORDER BY no LIMIT {int(limit)}")
        return super().mark_steps(after, limit)

    def first_of_days(self, from_day: int) -> tuple[int, int]:
        """The lowest numbers of later days."""
        return self._direct.first_of_days(from_day)

    def counted_listens(self, day: int, before: int) -> Iterator[LoggedListen]:
        """A day's log rows that the rules counted."""
        return self._direct.counted_listens(day, before)

    def counted_download_times(self, listener: int, beat: int, before: int) -> list[int]:
        """When a listener had counted downloads of a beat."""
        return self._direct.counted_download_times(listener, beat, before)

    def judged(self, day: int) -> Iterator[JudgedListen]:
        """A day's judged log rows with their current verdicts."""
        # What arrives meanwhile has no verdict yet, and a verdict that the rules gave stays.
        self._scratch.load_among("day_span", "day", [day], fixed=True)
        span = self._connection.execute(
            "SELECT first_seq, last_seq FROM day_span WHERE day = ?", (day,)
        ).fetchone()
        if span is not None:
            between = f"seq BETWEEN {span[0]} AND {span[1]}"
            self._scratch.load_among("listen", f"{between} AND day", [day], fixed=True)
            numbers = self._connection.execute("SELECT seq FROM listen WHERE day = ?", (day,)).fetchall()
            self._load_verdicts([seq for (seq,) in numbers])
        return super().judged(day)

    def judged_among(self, seqs: Sequence[int]) -> list[JudgedListen]:
        """Log rows by their numbers with their current verdicts."""
        self._scratch.load_among("listen", "seq", seqs, fixed=True)
        self._load_verdicts(seqs)
        return super().judged_among(seqs)

    def _load_verdicts(self, seqs: Sequence[int]) -> None:
        self._scratch.load_among(self._table("listen_verdict"), "seq", seqs, fixed=True)
        self._scratch.load_among("verdict_change", "seq", seqs)

    def changed(self, first: int, last: int) -> dict[int, int]:
        """The current verdict code of every changed listen in a range of numbers."""
        self._scratch.load("verdict_change", f"seq BETWEEN {int(first)} AND {int(last)}")
        return super().changed(first, last)

    def last_change(self) -> int:
        """The number of the newest change."""
        self._scratch.load_last("verdict_change")
        return super().last_change()

    def changes(self, after: int) -> list[VerdictChange]:
        """Changes with a higher number."""
        self._scratch.load("verdict_change", f"no > {int(after)}")
        return super().changes(after)

    def number_of_account(self, key: str) -> int:
        """The dense number of an account key."""
        self._scratch.load_among("account", "key", [key])
        self._scratch.load_last("account")
        return super().number_of_account(key)

    def number_of_artists(self, artists: tuple[int, ...]) -> int:
        """The number of a set of artists."""
        self._scratch.load_among("artist_set", "artists", [" ".join(map(str, artists))])
        self._scratch.load_last("artist_set")
        numbers = self._connection.execute("SELECT no FROM artist_set").fetchall()
        self._scratch.load_among("artist_in_set", "set_no", [no for (no,) in numbers], fixed=True)
        return super().number_of_artists(artists)

    def artists_of(self, set_no: int) -> tuple[int, ...]:
        """The artists in a set."""
        self._scratch.load_among("artist_set", "no", [set_no], fixed=True)
        return super().artists_of(set_no)

    def set_mark(self, mark: Mark) -> Mark | None:
        """Keeps or removes a like or follow."""
        key = (int(mark.kind), mark.target, mark.account)
        self._scratch.load_among("mark", "(kind, target, account)", [key])
        return super().set_mark(mark)

    def add_mark_steps(self, steps: Iterable[MarkStep]) -> None:
        """Appends to the log of likes, follows, licences and sales."""
        self._scratch.load_last("mark_log")
        super().add_mark_steps(steps)

    def end_open(self, day: int, now_ms: int) -> int:
        """Makes open listens of that and earlier days final."""
        self._scratch.load("open_listen", f"day <= {int(day)}", days=_arriving(day))
        days = self._connection.execute("SELECT DISTINCT day FROM open_listen").fetchall()
        if days:
            load_logs(self._scratch, [found for (found,) in days])
        return super().end_open(day, now_ms)

    def is_folded(self, day: int) -> bool:
        """Whether the logs hold nothing of those days above the watermarks."""
        spans = ("day_span", "download_span")
        self._scratch.units |= {f"{span}/{one}" for span in spans for one in _arriving(day)}
        return self._direct.is_folded(day)

    def days_to_close(self) -> tuple[int, int] | None:
        """The first day in the logs, and the last closed one."""
        self._scratch.units.add("day_closed")
        return self._direct.days_to_close()

    def destroy_keys(self, day: int) -> None:
        """Has salts and dictionaries dropped as soon as the transaction is written; their days are whole partitions."""
        self.keys_until = day

    def drop_log(self, first: int, last: int, limit: int) -> int:
        """Removes log rows; numbers go on from the last row, so it stays."""
        newest = "(SELECT max(seq) FROM listen)"
        between = f"day BETWEEN {int(first)} AND {int(last)}"
        self._scratch.load("day_span", between, fixed=True)
        self._scratch.load(
            "listen", f"{between} AND seq < {newest} ORDER BY seq LIMIT {int(limit)}", fixed=True
        )
        self._scratch.load("listen", f"seq = {newest}", fixed=True)
        return super().drop_log(first, last, limit)

    def restore_log(self, rows: Sequence[tuple[Any, ...]]) -> None:
        """Puts log rows back."""
        self._scratch.load_among("listen", "seq", [row[0] for row in rows], fixed=True)
        super().restore_log(rows)

    def owners(self, owner: Owner, first: int, last: int, after: int, limit: int) -> list[int]:
        """Ids of owners that may have day rows."""
        return self._direct.owners(owner, first, last, after, limit)

    def account_plays(self, owner: Owner, first: int, last: int) -> Iterable[AccountPlays]:
        """Counted plays of accounts between two days, with the changes that this transaction makes."""
        plays = self._direct.account_plays(owner, first, last)
        steps = self._steps(owner, first, last)
        if not steps:
            return plays
        for row in plays:
            steps[row.owner_id, row.account] = steps.get((row.owner_id, row.account), 0) + row.plays
        return [AccountPlays(*key, count) for key, count in sorted(steps.items()) if count]

    def _steps(self, owner: Owner, first: int, last: int) -> dict[tuple[int, int], int]:
        """How many plays more or fewer changes that are not written yet give each owner and account."""
        steps: dict[tuple[int, int], int] = {}
        changes = [VerdictChange(*row) for row in self._scratch.fresh("verdict_change")]
        moved = [change for change in changes if first <= change.day <= last and change.listener > 0]
        listens = {row.listen.seq: row.listen for row in self.judged_among([change.seq for change in moved])}
        for change in moved:
            step = (change.verdict == COUNTED) - (change.was == COUNTED)
            artists = self.artists_of(listens[change.seq].artists)
            for owner_id in (change.beat,) if owner is Owner.BEAT else artists:
                key = (owner_id, change.listener)
                steps[key] = steps.get(key, 0) + step
        return steps


def _arriving(day: int) -> range:
    """That day and those before it that something may still arrive for."""
    return range(day - ARRIVING_DAYS, day + 1)
