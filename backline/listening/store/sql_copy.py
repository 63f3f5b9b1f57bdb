"""Whole rows of a store's tables out and in, for moving it to another database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from backline.listening.store.connections import Connections
from backline.listening.store.numbers import Numbers
from backline.listening.store.sql_tables import tables

Row = tuple[Any, ...]


class SQLCopy:
    """See `interface.Store`."""

    _connections: Connections
    _numbers: Numbers

    def rows(self, table: str, after: Row | None, limit: int) -> list[Row]:
        """Rows of a table by its key."""
        key, columns = tables()[table].key, ", ".join(tables()[table].names)
        names, marks = ", ".join(key), ", ".join("?" * len(key))
        where = "" if after is None else f"WHERE ({names}) > ({marks})"
        rows = self._connections.get().execute(
            f"SELECT {columns} FROM {table} {where} ORDER BY {names} LIMIT ?", (*(after or ()), limit)
        )
        return [tuple(row) for row in rows]

    def put_rows(self, table: str, rows: Sequence[Row]) -> None:
        """Adds rows as they are, in one transaction."""
        columns = tables()[table].names
        marks = ", ".join("?" * len(columns))
        with self._connections.writing(self._numbers.forget) as connection:
            connection.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)
