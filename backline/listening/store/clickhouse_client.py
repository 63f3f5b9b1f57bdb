"""Talking to ClickHouse: one client per thread and process, errors in the store's own words."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import clickhouse_connect
from clickhouse_connect.driver import Client
from clickhouse_connect.driver.exceptions import ClickHouseError, OperationalError

from backline.listening.store.clickhouse_schema import statements
from backline.listening.store.clickhouse_sql import blob_names, literal, texts, translate
from backline.listening.store.interface import StoreBusyError, StoreError, StoreFullError
from backline.listening.store.sql_tables import Table

SETTINGS = {
    "final": 1,
    "join_use_nulls": 1,
    "aggregate_functions_null_for_empty": 1,
    # An insert is answered when it is on the disk, on a quorum of a shard's replicas and not before.
    "async_insert": 0,
    "wait_for_async_insert": 1,
    # A thousand keys are written into one statement.
    "max_query_size": 16_000_000,
}
CLUSTER_SETTINGS = {
    "distributed_foreground_insert": 1,
    "distributed_product_mode": "global",
    "insert_quorum": "auto",
    "insert_quorum_parallel": 0,
    "select_sequential_consistency": 1,
}
TOO_MANY_PARTS, TIMEOUT, MEMORY, NO_SPACE = "252", "159", "241", "243"


def connect(address: str, settings: dict[str, Any]) -> Client:
    """A client of the server at `clickhouse://user:password@host:port/database`."""
    return clickhouse_connect.get_client(dsn=address, settings=settings, autogenerate_session_id=False)


class Rows:
    """The answer to a statement, as `sqlite3.Cursor` gives it."""

    def __init__(self, rows: Iterable[tuple[Any, ...]]) -> None:
        self._rows = iter(rows)
        self.rowcount = -1
        self.lastrowid = None

    def fetchone(self) -> Any:
        """The next row, or None."""
        return next(self._rows, None)

    def fetchall(self) -> list[Any]:
        """The rows that are left."""
        return list(self._rows)

    def __iter__(self) -> Iterator[Any]:
        return self._rows


class ClickHouse:
    """A database of a server, made there when it is missing; `?cluster=` names the cluster that its tables are on."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        options = dict(parse_qsl(parts.query))
        self.cluster = options.pop("cluster", "")
        self._database = parts.path.strip("/") or "listening"
        self._address = parts._replace(path="", query=urlencode(options)).geturl()
        self._local = threading.local()
        self._make()

    def client(self) -> Client:
        """This thread's client."""
        held: tuple[int, Client] | None = getattr(self._local, "held", None)
        if held is None or held[0] != os.getpid():
            with own_words():
                client = connect(self._address, SETTINGS | (CLUSTER_SETTINGS if self.cluster else {}))
                client.database = self._database
            held = self._local.held = (os.getpid(), client)
        return held[1]

    # What the reads of the store expect of `connections`.

    def get(self) -> ClickHouse:
        """Itself: there is no connection state to tell apart."""
        return self

    def answers(self) -> bool:
        """Whether the tables can be read."""
        return self.execute("SELECT count(*) FROM watermark").fetchone() is not None

    def close(self) -> None:
        """Closes this thread's client."""
        held: tuple[int, Client] | None = getattr(self._local, "held", None)
        if held is not None and held[0] == os.getpid():
            held[1].close()
        self._local.held = None

    def execute(self, sql: str, parameters: Sequence[Any] = (), /) -> Rows:
        """Reads with one of the store's statements."""
        names, rows = self._query(translate(sql, tuple(parameters)))
        blobs = blob_names()
        return Rows(texts([name.rpartition(".")[2].strip("`") in blobs for name in names], rows))

    def rows(self, table: Table, rest: str, /) -> list[tuple[Any, ...]]:
        """Whole rows of a table; `rest` follows FROM and has no parameters."""
        _, rows = self._query(f"SELECT {', '.join(table.names)} FROM {table.name} {rest}")
        return list(texts([column.kind == "BLOB" for column in table.columns], rows))

    def literal(self, value: Any, /) -> str:
        """A value as it is written in a statement."""
        return literal(value)

    def _query(self, sql: str) -> tuple[Sequence[str], Sequence[Sequence[Any]]]:
        with own_words():
            found = self.client().query(sql, query_formats={"String": "bytes"})
            return found.column_names, found.result_rows

    def insert(
        self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], token: str = ""
    ) -> None:
        """Writes rows; returns when they are durable. Of several inserts with one token only the first is kept."""
        settings = {"insert_deduplication_token": token} if token else {}
        with own_words():
            self.client().insert(table, list(rows), column_names=list(columns), settings=settings)

    def command(self, sql: str) -> None:
        """Runs a statement that answers nothing."""
        with own_words():
            self.client().command(sql)

    def on(self, table: str) -> str:
        """Names the tables that hold a table's rows, in a statement that changes them."""
        return f"{table}_local ON CLUSTER '{self.cluster}'" if self.cluster else table

    def _make(self) -> None:
        with own_words():
            client = connect(self._address, SETTINGS)
            where = f" ON CLUSTER '{self.cluster}'" if self.cluster else ""
            client.command(f"CREATE DATABASE IF NOT EXISTS `{self._database}`{where}")
            client.database = self._database
            for statement in statements(self.cluster):
                client.command(statement)
            client.close()


@contextmanager
def own_words() -> Iterator[None]:
    """Says errors of the driver as the store says them."""
    try:
        yield
    except ClickHouseError as error:
        said = str(error)
        if any(f"Code: {code}." in said for code in (TOO_MANY_PARTS, TIMEOUT, MEMORY)):
            raise StoreBusyError(said) from error
        if f"Code: {NO_SPACE}." in said:
            raise StoreFullError(said) from error
        if isinstance(error, OperationalError) or "Code: " in said:
            raise StoreError(said) from error
        raise
