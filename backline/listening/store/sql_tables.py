"""The tables of the listening store as data, read from `schema.sql`: other databases get theirs made from it."""

from __future__ import annotations

import sqlite3
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

SCHEMA = Path(__file__).with_name("schema.sql")


class Column(NamedTuple):
    """One column; `kind` is INTEGER, TEXT or BLOB."""

    name: str
    kind: str
    required: bool
    default: str | None


class Table(NamedTuple):
    """One table; `key` names its primary key in order, `uniques` the other sets of columns that are unique."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    uniques: tuple[tuple[str, ...], ...]
    indexes: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its columns."""
        return tuple(column.name for column in self.columns)

    @property
    def numbered(self) -> str:
        """The key that counts rows and is given on insertion, or nothing."""
        own = self.key[0] if len(self.key) == 1 else ""
        return own if own in ("no", "seq") and not self.name.endswith("_verdict") else ""


@lru_cache(maxsize=1)
def tables() -> dict[str, Table]:
    """Every table by name, in the order of the schema."""
    connection = sqlite3.connect(":memory:")
    try:
        connection.executescript(SCHEMA.read_text(encoding="utf-8"))
        names = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY rowid")
        return {name: _table(connection, name) for (name,) in names.fetchall()}
    finally:
        connection.close()


def _table(connection: sqlite3.Connection, name: str) -> Table:
    rows = connection.execute(f"PRAGMA table_info({name})").fetchall()
    keyed = sorted((row for row in rows if row[5]), key=lambda row: int(row[5]))
    uniques = [
        tuple(part[2] for part in connection.execute(f"PRAGMA index_info({index[1]})"))
        for index in connection.execute(f"PRAGMA index_list({name})").fetchall()
        if index[3] == "u"
    ]
    indexes = connection.execute(
        "SELECT sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL", (name,)
    )
    return Table(
        name,
        tuple(Column(row[1], row[2], bool(row[3] or row[5]), row[4]) for row in rows),
        tuple(row[1] for row in keyed),
        tuple(uniques),
        tuple(sql for (sql,) in indexes),
    )
