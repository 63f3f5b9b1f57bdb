"""A piece of the store in memory: the rows that a transaction needs, as SQLite tables.

The rules of the store are written once, for SQLite. Where rows are far away they run on a scratch, which is filled with
the rows that they may touch; what differs afterwards is what the transaction wrote.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Protocol

from backline.listening.store.sql_tables import SCHEMA, Table, tables
from backline.listening.store.sqlite_rebuild import NEW, ROLLUPS, make_tables

PORTION = 1_000
Row = tuple[Any, ...]
# By table: rows with a last value that says whether the row is gone.
Changes = Mapping[str, Sequence[Row]]


@lru_cache(maxsize=1)
def table_map() -> dict[str, Table]:
    """The tables by name, and the rollups in the making."""
    shadows = [tables()[name]._replace(name=f"{NEW}{name}") for name in ROLLUPS]
    return tables() | {table.name: table for table in shadows}


class Source(Protocol):
    """Where rows are fetched from."""

    def rows(self, table: Table, rest: str, /) -> list[Row]:
        """Whole rows of a table; `rest` follows FROM and has no parameters."""

    def literal(self, value: Any, /) -> str:
        """A value as it is written in a statement."""


class Scratch:
    """Scratch tables. `units` are what was looked at: tables, or days of tables as `table/day`."""

    def __init__(self, source: Source, *, shadows: bool = False) -> None:
        self._source = source
        self.units: set[str] = set()
        self._loaded: dict[str, dict[Row, Row]] = {}
        self._asked: dict[tuple[str, str], set[Any]] = {}
        schema = SCHEMA.read_text(encoding="utf-8")
        self.connection = sqlite3.connect(":memory:", isolation_level=None)
        self.connection.executescript(schema)
        self._tables = dict(tables())
        if shadows:
            make_tables(self.connection, schema)
            self._tables = dict(table_map())

    def load(self, name: str, where: str, *, fixed: bool = False, days: Iterable[int] | None = None) -> None:
        """Fetches rows. Nobody else may change the table (or these days of it) meanwhile, unless its rows are fixed."""
        if not fixed:
            self.units |= {name} if days is None else {f"{name}/{day}" for day in days}
        self._add(table_map()[name], f"WHERE {where}")

    def load_among(self, name: str, columns: str, values: Iterable[Any], **how: Any) -> None:
        """Fetches the rows whose columns have one of these values, unless that was asked for before."""
        asked = self._asked.setdefault((name, columns), set())
        wanted = [value for value in dict.fromkeys(values) if value not in asked]
        asked.update(wanted)
        for start in range(0, len(wanted), PORTION):
            self.load(name, f"{columns} IN {self._among(wanted[start : start + PORTION])}", **how)

    def _among(self, values: Sequence[Any]) -> str:
        literal = self._source.literal
        rows = [
            f"({', '.join(map(literal, value))})" if isinstance(value, tuple) else literal(value)
            for value in values
        ]
        return f"({', '.join(rows)})"

    def load_last(self, name: str) -> None:
        """Fetches the row with the highest number, so that the next one gets the next number."""
        self.units.add(name)
        table = table_map()[name]
        self._add(table, f"ORDER BY {table.numbered} DESC LIMIT 1")

    def fresh(self, name: str) -> list[Row]:
        """The rows of a table that were not there before."""
        return [row[:-1] for row in self._changes(self._tables[name]) if not row[-1]]

    def changes(self) -> dict[str, list[Row]]:
        """What is different from what was fetched."""
        found = {}
        for table in self._tables.values():
            rows = list(self._changes(table))
            if rows:
                found[table.name] = rows
        return found

    def close(self) -> None:
        """Drops it."""
        self.connection.close()

    def _add(self, table: Table, rest: str) -> None:
        known = self._loaded.setdefault(table.name, {})
        fresh = {}
        for row in self._source.rows(table, rest):
            key = _key(table, row)
            if key not in known:
                fresh[key] = row
        known.update(fresh)
        marks = ", ".join("?" * len(table.columns))
        # A key that this transaction wrote before it was fetched keeps what was written.
        self.connection.executemany(f"INSERT OR IGNORE INTO {table.name} VALUES ({marks})", fresh.values())

    def _changes(self, table: Table) -> Iterable[Row]:
        known = dict(self._loaded.get(table.name, {}))
        for row in self.connection.execute(f"SELECT {', '.join(table.names)} FROM {table.name}").fetchall():
            if known.pop(_key(table, row), None) != row:
                yield (*row, 0)
        for row in known.values():
            yield (*row, 1)


def units_of(changes: Changes, tables: Mapping[str, Table]) -> set[str]:
    """What changes touch: tables whose rows belong to days by day, the others whole."""
    found = set()
    for name, rows in changes.items():
        names = tables[name].names
        if "day" in names:
            place = names.index("day")
            found |= {f"{name}/{row[place]}" for row in rows}
        else:
            found.add(name)
    return found


def collide(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether two sets of units have something in common: a table has all of its days."""
    ones, others = set(one), set(other)
    heads, other_heads = ({unit.partition("/")[0] for unit in units} for units in (ones, others))
    return bool(ones & others or ones & other_heads or heads & others)


def _key(table: Table, row: Row) -> Row:
    return tuple(row[table.names.index(name)] for name in table.key)
