"""Intake into ClickHouse: a batch is written to a scratch by the rules of the embedded store, then to the journal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Lock
from typing import TypeVar

from backline.listening.store.clickhouse_client import ClickHouse
from backline.listening.store.clickhouse_journal import Journal
from backline.listening.store.interface import StoreBusyError
from backline.listening.store.rows import Draft, Outcome
from backline.listening.store.sql_batch import ScratchAppend, load_batch, load_logs
from backline.listening.store.sql_scratch import Scratch

ATTEMPTS = 20
Result = TypeVar("Result")


class ClickHouseAppend:
    """The writing half of the store that intake uses."""

    _clickhouse: ClickHouse
    _journal: Journal
    _append_turn: Lock

    def append(self, drafts: Sequence[Draft]) -> list[Outcome]:
        """Writes a batch durably; see `interface.Store.append`."""
        return self._in_turn(lambda scratch: self._append(scratch, drafts))

    def close_idle(self, *, before_ms: int, now_ms: int, limit: int) -> int:
        """Makes listens without a report since `before_ms` final."""

        def close(scratch: Scratch) -> int:
            scratch.load("open_listen", f"last_ms < {int(before_ms)} ORDER BY last_ms, id LIMIT {int(limit)}")
            days = scratch.connection.execute("SELECT DISTINCT day FROM open_listen").fetchall()
            load_logs(scratch, [day for (day,) in days])
            return ScratchAppend(scratch).close_idle(before_ms=before_ms, now_ms=now_ms, limit=limit)

        return self._in_turn(close)

    def forget(self, *, ids_before_day: int) -> int:
        """Drops old event ids, whole days at once."""
        return drop_days(self._clickhouse, ("event_id",), ids_before_day - 1)

    def _append(self, scratch: Scratch, drafts: Sequence[Draft]) -> list[Outcome]:
        load_batch(scratch, drafts)
        return ScratchAppend(scratch).append(drafts)

    def _in_turn(self, work: Callable[[Scratch], Result]) -> Result:
        """One at a time in this process; when another process was quicker, again."""
        with self._append_turn:
            for attempt in range(ATTEMPTS):
                try:
                    with self._journal.transaction() as transaction:
                        return work(transaction.scratch)
                except StoreBusyError:
                    if attempt == ATTEMPTS - 1:
                        raise
            raise StoreBusyError("other processes write all the time")


def drop_days(clickhouse: ClickHouse, names: Sequence[str], last: int) -> int:
    """Drops everything of that and earlier days from tables that are kept by day; answers how many rows."""
    dropped = 0
    for name in names:
        rows = clickhouse.execute(
            f"SELECT day, count(*) FROM {name} WHERE day <= ? GROUP BY day", (last,)
        ).fetchall()
        for day, count in rows:
            clickhouse.command(f"ALTER TABLE {clickhouse.on(name)} DROP PARTITION {int(day)}")
            dropped += count
    return dropped
