"""PostgreSQL connections: one per thread and process, writes one at a time, errors in the store's own words."""

from __future__ import annotations

import os
import threading
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import psycopg
from psycopg.adapt import Loader
from psycopg.errors import (
    DeadlockDetected,
    DiskFull,
    LockNotAvailable,
    OutOfMemory,
    QueryCanceled,
    SerializationFailure,
    TooManyConnections,
)

from backline.listening.store.interface import StoreBusyError, StoreError, StoreFullError
from backline.listening.store.postgres_sql import schema, translate
from backline.listening.store.sqlite_close import KEYED_TABLES

BUSY_MS = 5_000
CONNECT_S = 10
LOCKS = 0x6C69_7374
_BUSY = (LockNotAvailable, DeadlockDetected, SerializationFailure, QueryCanceled, TooManyConnections)


class _Quiet(psycopg.Connection[Any]):
    """A connection that ends with its thread, without a warning.

    What is below it closes it, but only in the process that opened it: after a fork it is the parent's.
    """

    def __del__(self, _warn: Any = None, /) -> None:
        pass


class PostgresConnection:
    """A connection that is used as one of `sqlite3`, with the same statements."""

    def __init__(self, raw: psycopg.Connection[Any]) -> None:
        self.raw = raw
        self.pid = os.getpid()

    def execute(self, sql: str, parameters: Any = (), /) -> PostgresCursor:
        """Runs one statement."""
        with _own_words():
            cursor = PostgresCursor(self.raw)
            cursor.execute(translate(sql), parameters)
            return cursor

    def executemany(self, sql: str, parameters: Iterable[Any], /) -> PostgresCursor:
        """Runs one statement for each of many rows, without waiting for each answer."""
        with _own_words():
            cursor = PostgresCursor(self.raw)
            cursor.executemany(translate(sql), parameters)
            return cursor

    def fetch(self, sql: str) -> list[tuple[Any, ...]]:
        """Reads with a statement that has its values written into it."""
        with _own_words():
            return PostgresCursor(self.raw).execute(sql.encode()).fetchall()

    def copy(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Adds many rows in the quickest way there is."""
        statement = f"COPY {table} ({', '.join(columns)}) FROM STDIN".encode()
        with _own_words(), self.raw.cursor() as cursor, cursor.copy(statement) as stream:
            for row in rows:
                stream.write_row(row)


class PostgresCursor(psycopg.Cursor[Any]):
    """A cursor that knows which number an inserted row was given."""

    @property
    def lastrowid(self) -> int | None:
        """The number of the row inserted; once."""
        row = self.fetchone()
        return int(row[0]) if row else None


class _WholeNumber(Loader):
    """Sums of whole numbers are whole."""

    def load(self, data: Any) -> int:
        return int(bytes(data))


class PostgresConnections:
    """Connections to the schema `name` of a database, made there when it is missing."""

    def __init__(self, address: str, *, name: str, version: int) -> None:
        self._address = address
        self._schema = name
        self._version = version
        number = zlib.crc32(name.encode()) - (1 << 31)
        self._lock_sql = f"SELECT pg_advisory_xact_lock({LOCKS}, {number})".encode()
        self._local = threading.local()

    def get(self) -> PostgresConnection:
        """This thread's connection, opened on first use and again after it broke."""
        held: PostgresConnection | None = getattr(self._local, "held", None)
        if held is not None and held.pid == os.getpid() and not held.raw.closed:
            return held
        with _own_words():
            self._local.held = held = self._open()
        return held

    def close(self) -> None:
        """Closes this thread's connection."""
        held: PostgresConnection | None = getattr(self._local, "held", None)
        if held is not None and held.pid == os.getpid():
            held.raw.close()
        self._local.held = None

    def answers(self) -> bool:
        """Whether the tables can be read."""
        return self.get().execute("SELECT 1 FROM watermark LIMIT 1").fetchall() is not None

    @contextmanager
    def overwriting(self, _connection: PostgresConnection, _table: str) -> Iterator[None]:
        """Nothing is overwritten here: `empty_journal` clears out what was replaced."""
        yield

    def empty_journal(self, changed: Sequence[str] = KEYED_TABLES) -> None:
        """Clears deleted rows out of tables; called when the transaction that deleted them has ended."""
        with _own_words():
            self.get().raw.execute(f"VACUUM {', '.join(changed)}".encode())

    @contextmanager
    def writing(self, on_failure: Callable[[], None]) -> Iterator[PostgresConnection]:
        """A write transaction, alone in writing as on SQLite: so numbers are given in the order of commits.

        `on_failure` runs before the lock is released, so that nobody sees memories of what was undone.
        """
        connection = self.get()
        with _own_words():
            connection.raw.execute(b"BEGIN; " + self._lock_sql)
            try:
                yield connection
                connection.raw.execute("COMMIT")
            except BaseException:
                on_failure()
                with suppress(psycopg.Error):
                    connection.raw.execute("ROLLBACK")
                raise

    def _open(self) -> PostgresConnection:
        raw = _Quiet.connect(self._address, autocommit=True, connect_timeout=CONNECT_S)
        try:
            self._set_up(raw)
        except BaseException:
            raw.close()
            raise
        return PostgresConnection(raw)

    def _set_up(self, raw: psycopg.Connection[Any]) -> None:
        raw.adapters.register_loader("numeric", _WholeNumber)
        raw.execute(f'SET search_path TO "{self._schema}"'.encode())
        raw.execute(f"SET lock_timeout TO {BUSY_MS}".encode())
        # Values are written into statements as the standard has it: a backslash is a character.
        raw.execute("SET standard_conforming_strings TO on")
        # An answer is given after the commit only if the commit is on the disk.
        raw.execute("SET synchronous_commit TO on")
        if raw.execute("SELECT to_regclass('store_version')").fetchone() == (None,):
            self._make(raw)
        row = raw.execute("SELECT version FROM store_version").fetchone()
        if row != (self._version,):
            raise StoreError(
                f"the tables in {self._schema} are of version {row and row[0]}, not {self._version}"
            )

    def _make(self, raw: psycopg.Connection[Any]) -> None:
        with raw.transaction():
            raw.execute(self._lock_sql)
            raw.execute(f'CREATE SCHEMA IF NOT EXISTS "{self._schema}"'.encode())
            if raw.execute("SELECT to_regclass('store_version')").fetchone() == (None,):
                raw.execute(schema(self._version).encode())


@contextmanager
def _own_words() -> Iterator[None]:
    try:
        yield
    except _BUSY as error:
        raise StoreBusyError(str(error)) from error
    except (DiskFull, OutOfMemory) as error:
        raise StoreFullError(str(error)) from error
    except (psycopg.OperationalError, psycopg.InterfaceError) as error:
        raise StoreError(str(error)) from error
