"""Writers of several processes take turns at a SQLite file.

SQLite's own waiting is a sleep that grows: a process that writes all the time would keep the lock, and the others would
be late by tenths of a second. Here whoever waits holds a lock file, and who wants to write again queues behind it.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep
from typing import TypeVar
from weakref import finalize

QUEUE_S = 0.001
ASK_S = 0.0003
Done = TypeVar("Done")


class Turns:
    """One thread's place in the queue of the file `path`. Locks are the kernel's: they go when their holder dies."""

    def __init__(self, path: Path) -> None:
        name = path.with_name(f"{path.name}-turn")
        self._file = os.open(name, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o644)
        # A thread that ends takes its place along.
        self.close = finalize(self, os.close, self._file)

    def begin(self, connection: sqlite3.Connection, *, wait_ms: int) -> None:
        """Begins a write transaction when it is this thread's turn.

        Raises:
            sqlite3.OperationalError: it did not come in time (SQLITE_BUSY), or the file cannot be written.
        """
        self.take(connection, lambda: connection.execute("BEGIN IMMEDIATE"), wait_ms=wait_ms)

    def take(self, connection: sqlite3.Connection, write: Callable[[], Done], *, wait_ms: int) -> Done:
        """Does `write`, the first statement of a transaction or one that is its own, when it is this thread's turn.

        Raises:
            sqlite3.OperationalError: as `begin` says.
        """
        give_up = monotonic() + wait_ms / 1000
        connection.execute("PRAGMA busy_timeout=0")
        queued = self._queue(give_up)
        try:
            while True:
                try:
                    return write()
                except sqlite3.OperationalError as error:
                    if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or monotonic() > give_up:
                        raise
                sleep(ASK_S)
        finally:
            if queued:
                fcntl.flock(self._file, fcntl.LOCK_UN)
            connection.execute(f"PRAGMA busy_timeout={wait_ms}")

    def _queue(self, give_up: float) -> bool:
        """Whether the place at the head of the queue was got in time; without it one may still try one's luck."""
        while True:
            try:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return True
            except BlockingIOError:
                if monotonic() > give_up:
                    return False
            sleep(QUEUE_S)
