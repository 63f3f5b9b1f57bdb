"""The embedded listening store: one SQLite file of its own, many readers, one writer at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from backline.listening.store.connections import Connections
from backline.listening.store.interface import FoldSession, RebuildSession
from backline.listening.store.numbers import Numbers
from backline.listening.store.sql_copy import SQLCopy
from backline.listening.store.sql_tables import SCHEMA
from backline.listening.store.sqlite_accounts import SQLiteUnlink
from backline.listening.store.sqlite_append import SQLiteAppend
from backline.listening.store.sqlite_closed import SQLiteClosed
from backline.listening.store.sqlite_fold import SQLiteFoldSession
from backline.listening.store.sqlite_rebuild import SQLiteRebuildSession, make_tables
from backline.listening.store.sqlite_receipts import SQLiteReceipts


class SQLiteStore(SQLiteAppend, SQLiteClosed, SQLiteReceipts, SQLiteUnlink, SQLCopy):
    """A listening store in the file `path`, made when it is missing."""

    _session = SQLiteFoldSession
    _rebuild_session = SQLiteRebuildSession

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._connections = Connections(path)
        self._numbers = Numbers()
        self._connections.get()

    @contextmanager
    def folding(self) -> Iterator[FoldSession]:
        """The fold's transaction."""
        with self._connections.writing(self._numbers.forget) as connection:
            session = self._session(connection, self._numbers)
            yield session
        if session.destroyed:
            self._connections.empty_journal()

    def begin_rebuild(self, from_day: int | None) -> None:
        """Makes room for the rollups in the making."""
        with self._connections.writing(self._numbers.forget) as connection:
            self._make_shadow(connection)
            self._rebuild_session.begin(connection, from_day)

    @staticmethod
    def _make_shadow(connection: sqlite3.Connection) -> None:
        make_tables(connection, SCHEMA.read_text(encoding="utf-8"))

    @contextmanager
    def rebuilding(self) -> Iterator[RebuildSession]:
        """A transaction on the rollups in the making."""
        with self._connections.writing(self._numbers.forget) as connection:
            yield self._rebuild_session(connection, self._numbers)

    def rebuild_reads(self) -> FoldSession:
        """Reading for a rebuild without the lock."""
        return self._rebuild_session(self._connections.get(), self._numbers)

    def ping(self) -> bool:
        """Whether the file answers."""
        return self._connections.answers()

    def close(self) -> None:
        """Closes the calling thread's connection."""
        self._connections.close()
