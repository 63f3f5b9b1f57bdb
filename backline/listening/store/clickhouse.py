"""The listening store on ClickHouse, for more than one machine can hold. What it promises: docs/decisions/0004."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from threading import Lock, RLock
from typing import Any, cast
from weakref import WeakMethod

from backline.listening.store.clickhouse_accounts import unlink
from backline.listening.store.clickhouse_append import ClickHouseAppend, drop_days
from backline.listening.store.clickhouse_client import ClickHouse
from backline.listening.store.clickhouse_fold import ClickHouseFoldSession
from backline.listening.store.clickhouse_journal import Journal, Transaction
from backline.listening.store.clickhouse_rebuild import ClickHouseRebuildSession, publish
from backline.listening.store.clickhouse_sql import literal
from backline.listening.store.connections import Connections
from backline.listening.store.interface import FoldSession, RebuildSession
from backline.listening.store.sql_scratch import table_map
from backline.listening.store.sqlite_accounts import SQLiteAccounts
from backline.listening.store.sqlite_close import KEYED_TABLES
from backline.listening.store.sqlite_closed import SQLiteClosed
from backline.listening.store.sqlite_rebuild import NEW, ROLLUPS
from backline.listening.store.sqlite_receipts import SQLiteReceipts


class ClickHouseStore(ClickHouseAppend, SQLiteClosed, SQLiteReceipts, SQLiteAccounts):
    """A listening store at `clickhouse://user:password@host:port/database`, with `?cluster=` on a cluster."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self._clickhouse = ClickHouse(url)
        self._connections = cast(Connections, self._clickhouse)
        self._journal = Journal(self._clickhouse, lambda no, day: publish(self._clickhouse, no, day))
        self._new_turns()
        renew = WeakMethod(self._new_turns)
        # A child does not wait for its parent's threads.
        os.register_at_fork(after_in_child=lambda: (again := renew()) and again())

    def _new_turns(self) -> None:
        self._append_turn = Lock()
        self._fold_turn = RLock()

    @contextmanager
    def folding(self) -> Iterator[FoldSession]:
        """The fold's transaction; of two processes, the one that ends second fails as busy."""
        with self._fold_turn, self._journal.transaction() as transaction:
            session = ClickHouseFoldSession(transaction, self._clickhouse)
            yield session
        if session.keys_until is not None:
            drop_days(self._clickhouse, KEYED_TABLES, session.keys_until)
            self._journal.forget(transaction.base)

    def unlink_accounts(self, keys: Collection[str]) -> int:
        """Makes the numbers of these keys nobody's, step by step; the keys go last, so that a step missed is seen."""
        with self._fold_turn, self._append_turn:
            numbers = self.account_numbers(keys)
            if numbers:
                unlink(self._clickhouse, self._journal, numbers)
        return len(numbers)

    def begin_rebuild(self, from_day: int | None) -> None:
        """Makes room for the rollups in the making."""
        for name in ROLLUPS:
            self._clickhouse.command(f"TRUNCATE TABLE {self._clickhouse.on(NEW + name)}")
        with self._fold_turn, self._journal.transaction() as transaction:
            transaction.scratch.load("watermark", "1 = 1")
            ClickHouseRebuildSession.begin(transaction.scratch.connection, from_day)

    @contextmanager
    def rebuilding(self) -> Iterator[RebuildSession]:
        """A transaction on the rollups in the making."""
        with self._fold_turn, self._journal.transaction(shadows=True) as transaction:
            yield ClickHouseRebuildSession(transaction, self._clickhouse)

    def rebuild_reads(self) -> FoldSession:
        """Reading for a rebuild: what is written to this scratch is dropped with it."""
        transaction = Transaction(self._journal, self._clickhouse, shadows=True)
        return ClickHouseRebuildSession(transaction, self._clickhouse)

    def rows(self, table: str, after: tuple[Any, ...] | None, limit: int) -> list[tuple[Any, ...]]:
        """Rows of a table by its key."""
        key = ", ".join(table_map()[table].key)
        where = "" if after is None else f"WHERE ({key}) > ({', '.join(map(literal, after))})"
        return self._clickhouse.rows(table_map()[table], f"{where} ORDER BY {key} LIMIT {int(limit)}")

    def put_rows(self, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Adds rows as they are, as if they had been there before the first transaction."""
        columns = (*table_map()[table].names, "_version", "_gone")
        self._clickhouse.insert(table, columns, [(*row, 0, 0) for row in rows])

    def ping(self) -> bool:
        """Whether the server answers."""
        return self._clickhouse.answers()

    def close(self) -> None:
        """Closes the calling thread's client."""
        self._clickhouse.close()
