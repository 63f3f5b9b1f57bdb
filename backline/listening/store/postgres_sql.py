"""The store's SQL as PostgreSQL understands it: the statements are written once, for SQLite."""

from __future__ import annotations

import re
from functools import lru_cache

from backline.listening.store.sql_tables import Column, Table, tables
from backline.listening.store.sqlite_rebuild import NEW

_INSERT = re.compile(r"(INSERT|REPLACE|INSERT OR IGNORE) INTO (\w+)(?: \(([^)]*)\))? VALUES", re.IGNORECASE)
# Days, hours and dense numbers fit into four bytes; the log is most of what is on the disk.
_SMALL = frozenset(
    {"day", "hour", "flags", "beat_ms", "artists", "listener", "address", "network", "networks"}
    | {"device", "platform", "browser", "country", "source"}
)
_TINY = frozenset({"kind", "verdict", "rules"})


def schema(version: int) -> str:
    """What makes the tables in an empty schema that is first in the search path."""
    parts = [create(table) for table in tables().values()]
    parts += [index for table in tables().values() for index in table.indexes]
    # SQLite's min and max take several values; the aggregates of the same name stay what they are.
    for name, own in (("min", "least"), ("max", "greatest")):
        parts.append(
            f"CREATE FUNCTION {name}(bigint, bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT {own}($1, $2)'"
        )
    parts.append("CREATE TABLE store_version (version integer NOT NULL)")
    parts.append(f"INSERT INTO store_version VALUES ({version})")
    return ";\n".join(parts)


@lru_cache(maxsize=500)
def translate(sql: str) -> bytes:
    """A statement with PostgreSQL's placeholders and its way to insert or replace."""
    found = _INSERT.match(sql)
    if found:
        sql = _insert(sql, found)
    return sql.replace("%", "%%").replace("?", "%s").encode()


def create(table: Table) -> str:
    """What makes a table."""
    columns = [_column(column) for column in table.columns]
    columns.append(f"PRIMARY KEY ({', '.join(table.key)})")
    columns += [f"UNIQUE ({', '.join(names)})" for names in table.uniques]
    return f"CREATE TABLE {table.name} ({', '.join(columns)})"


def _column(column: Column) -> str:
    kind = {"INTEGER": "bigint", "TEXT": "text", "BLOB": "bytea"}[column.kind]
    if kind == "bigint" and column.name in _SMALL:
        kind = "integer"
    elif kind == "bigint" and column.name in _TINY:
        kind = "smallint"
    if column.required:
        kind += " NOT NULL"
    return f"{column.name} {kind}" + (f" DEFAULT {column.default}" if column.default is not None else "")


def _insert(sql: str, found: re.Match[str]) -> str:
    verb, name, columns = found[1].upper(), found[2], found[3]
    rest = sql[found.end() :]
    table = tables()[name.removeprefix(NEW)]
    names = columns or ", ".join(table.names)
    own = table.numbered
    if own and own not in names.split(", "):
        # The next number, as SQLite gives it: a sequence would leave gaps where a transaction was undone.
        number = f"(SELECT coalesce(max({own}), 0) + 1 FROM {name})"
        return f"INSERT INTO {name} ({own}, {names}) VALUES ({number}, {rest.lstrip(' (')} RETURNING {own}"
    sql = f"INSERT INTO {name} ({names}) VALUES{rest}"
    if verb == "INSERT OR IGNORE":
        return f"{sql} ON CONFLICT DO NOTHING"
    if verb == "REPLACE":
        return sql + _replace(table, names.split(", "))
    return sql


def _replace(table: Table, names: list[str]) -> str:
    others = [name for name in names if name not in table.key]
    key = ", ".join(table.key)
    if not others:
        return f" ON CONFLICT ({key}) DO NOTHING"
    return f" ON CONFLICT ({key}) DO UPDATE SET " + ", ".join(f"{name} = excluded.{name}" for name in others)
