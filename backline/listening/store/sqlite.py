"""The embedded listening store: one SQLite file of its own, many readers, one writer at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from backline.listening.store.connections import Connections
from backline.listening.store.interface import FoldSession
from backline.listening.store.numbers import Numbers
from backline.listening.store.sqlite_append import SQLiteAppend
from backline.listening.store.sqlite_fold import SQLiteFoldSession
from backline.listening.store.sqlite_reads import SQLiteReads


class SQLiteStore(SQLiteAppend, SQLiteReads):
    """A listening store in the file `path`, made when it is missing."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._connections = Connections(path)
        self._numbers = Numbers()
        self._connections.get()

    @contextmanager
    def folding(self) -> Iterator[FoldSession]:
        """The fold's transaction."""
        with self._connections.writing(self._numbers.forget) as connection:
            yield SQLiteFoldSession(connection, self._numbers)

    def ping(self) -> bool:
        """Whether the file answers."""
        return self._connections.answers()

    def close(self) -> None:
        """Closes the calling thread's connection."""
        self._connections.close()
