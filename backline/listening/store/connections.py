"""SQLite connections to one file: one per thread, writes in short transactions, errors in the store's own words."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from time import sleep

from backline.core.turns import Turns
from backline.listening.store.interface import StoreBusyError, StoreError, StoreFullError
from backline.listening.store.sql_tables import SCHEMA

UPGRADE = Path(__file__).with_name("upgrade.sql")
SCHEMA_VERSION = 2
BUSY_MS = 5_000
OPEN_ATTEMPTS = 50


class Connections:
    """Connections to `path`. A process that forked opens its own: SQLite's must not cross a fork."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._local = threading.local()

    def get(self) -> sqlite3.Connection:
        """This thread's connection, opened on first use; the schema is made when the file is new."""
        held: tuple[int, sqlite3.Connection] | None = getattr(self._local, "held", None)
        if held is not None and held[0] == os.getpid():
            return held[1]
        with _own_words():
            connection = self._open()
        self._local.held = (os.getpid(), connection)
        return connection

    def close(self) -> None:
        """Closes this thread's connection."""
        held: tuple[int, sqlite3.Connection] | None = getattr(self._local, "held", None)
        if held is not None and held[0] == os.getpid():
            held[1].close()
        self._local.held = None

    def answers(self) -> bool:
        """Whether the file can be read."""
        with _own_words():
            return self.get().execute("SELECT 1 FROM watermark LIMIT 1").fetchall() is not None

    @contextmanager
    def writing(self, on_failure: Callable[[], None]) -> Iterator[sqlite3.Connection]:
        """A write transaction: durable when the block ends, undone when it raises.

        `on_failure` runs before the lock is released, so that nobody sees memories of what was undone.
        """
        connection = self.get()
        with _own_words():
            self._turns().begin(connection, wait_ms=BUSY_MS)
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                on_failure()
                # A full disk may already have ended the transaction.
                with suppress(sqlite3.OperationalError):
                    connection.execute("ROLLBACK")
                raise

    @contextmanager
    def overwriting(self, connection: sqlite3.Connection, table: str) -> Iterator[None]:
        """Inside a transaction: what the block deletes or replaces is overwritten with zeros.

        The table's indexes are made anew: where their pages were once divided, old keys may still lie between the new.
        """
        connection.execute("PRAGMA secure_delete=1")
        try:
            yield
            connection.execute(f"REINDEX {table}")
        finally:
            connection.execute("PRAGMA secure_delete=0")

    def empty_journal(self, _changed: Sequence[str] = ()) -> None:
        """Takes away what the journal still holds of deleted rows; when somebody reads there, a later call does it."""
        with suppress(sqlite3.OperationalError):
            self.get().execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _turns(self) -> Turns:
        held: tuple[int, Turns] | None = getattr(self._local, "turns", None)
        if held is None or held[0] != os.getpid():
            held = self._local.turns = (os.getpid(), Turns(self._path))
        return held[1]

    def _open(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self._path, timeout=BUSY_MS / 1000, isolation_level=None)
        _use_wal(connection)
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA cache_size=-2000")
        connection.execute("PRAGMA temp_store=MEMORY")
        connection.execute("PRAGMA mmap_size=67108864")
        try:
            _bring_up(connection)
        except BaseException:
            # What was begun is undone, and nobody waits for it.
            connection.close()
            raise
        return connection


def _bring_up(connection: sqlite3.Connection) -> None:
    """Makes the tables in a new file; brings those of an older version to this one. All or nothing."""
    if connection.execute("PRAGMA user_version").fetchone()[0] == SCHEMA_VERSION:
        return
    connection.execute("BEGIN IMMEDIATE")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version < SCHEMA_VERSION:
        for script in [UPGRADE, SCHEMA] if version else [SCHEMA]:
            for statement in _statements(script.read_text(encoding="utf-8")):
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version={SCHEMA_VERSION}")
    connection.execute("COMMIT")


def _statements(script: str) -> Iterator[str]:
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _use_wal(connection: sqlite3.Connection) -> None:
    """Switches to the write-ahead log; SQLite does not wait for others while it does, so we do."""
    for attempt in range(OPEN_ATTEMPTS):
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError:
            if attempt == OPEN_ATTEMPTS - 1:
                raise
            sleep(0.05)


@contextmanager
def _own_words() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreError(str(error)) from error
    except sqlite3.OperationalError as error:
        name = getattr(error, "sqlite_errorname", "")
        if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            raise StoreBusyError(str(error)) from error
        if name.startswith(("SQLITE_FULL", "SQLITE_IOERR_WRITE")):
            raise StoreFullError(str(error)) from error
        raise StoreError(str(error)) from error
    except sqlite3.DatabaseError as error:
        # The file itself is damaged; subclasses such as IntegrityError are mistakes of ours and stay what they are.
        if type(error) is not sqlite3.DatabaseError:
            raise
        raise StoreError(str(error)) from error
