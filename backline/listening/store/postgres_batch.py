"""Large batches into PostgreSQL: what they need is fetched together and what they change is sent together.

Statement by statement a batch waits for the server a dozen times for each event; on a scratch it waits a few dozen
times in all. It is the same code that writes, and the same transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from backline.listening.store.postgres_connections import PostgresConnection
from backline.listening.store.rows import Draft, Outcome
from backline.listening.store.sql_batch import ScratchAppend, load_batch
from backline.listening.store.sql_scratch import Scratch
from backline.listening.store.sql_tables import Table, tables

Row = tuple[Any, ...]


class PostgresSource:
    """Rows as a transaction sees them."""

    def __init__(self, connection: PostgresConnection) -> None:
        self._connection = connection

    def rows(self, table: Table, rest: str, /) -> list[Row]:
        """Whole rows of a table."""
        return self._connection.fetch(f"SELECT {', '.join(table.names)} FROM {table.name} {rest}")

    def literal(self, value: Any, /) -> str:
        """A value as it is written in a statement."""
        if isinstance(value, bytes):
            return f"'\\x{value.hex()}'::bytea"
        if isinstance(value, int):
            return str(int(value))
        return "'" + str(value).replace("'", "''") + "'"


def append_batch(connection: PostgresConnection, drafts: Sequence[Draft]) -> list[Outcome]:
    """Appends drafts within a transaction."""
    scratch = Scratch(PostgresSource(connection))
    try:
        load_batch(scratch, drafts)
        outcomes = ScratchAppend(scratch).append(drafts)
        for name, rows in scratch.changes().items():
            _write(connection, tables()[name], rows)
        return outcomes
    finally:
        scratch.close()


def _write(connection: PostgresConnection, table: Table, rows: Sequence[Row]) -> None:
    kept = [row[:-1] for row in rows if not row[-1]]
    places = [table.names.index(name) for name in table.key]
    gone = [tuple(row[place] for place in places) for row in rows if row[-1]]
    marks = ", ".join("?" * len(table.columns))
    where = " AND ".join(f"{name} = ?" for name in table.key)
    if gone:
        connection.executemany(f"DELETE FROM {table.name} WHERE {where}", gone)
    if kept:
        connection.executemany(f"REPLACE INTO {table.name} ({', '.join(table.names)}) VALUES ({marks})", kept)
