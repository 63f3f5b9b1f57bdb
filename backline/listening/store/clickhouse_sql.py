"""The store's reading statements as ClickHouse understands them: they are written once, for SQLite."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from backline.listening.store.sql_tables import tables

# ClickHouse cannot look up the newest change row by row; joined, it can.
_NEWEST = re.compile(
    r"\(SELECT change\.verdict FROM verdict_change AS change WHERE change\.seq = listen\.seq"
    r"( AND change\.no <= \d+)? ORDER BY change\.no DESC LIMIT 1\)"
)
_JOIN = "ON given.seq = listen.seq"
_JOINED = (
    f"{_JOIN} LEFT JOIN (SELECT seq, argMax(verdict, no) AS verdict FROM verdict_change AS change"
    " WHERE 1{until} GROUP BY seq) AS newest ON newest.seq = listen.seq"
)


def translate(sql: str, parameters: tuple[Any, ...]) -> str:
    """A statement with its parameters written into it."""
    parts = sql.split("?")
    if len(parts) != len(parameters) + 1:
        raise ValueError(f"{len(parts) - 1} question marks, {len(parameters)} parameters")
    written = [parts[0]]
    for parameter, part in zip(parameters, parts[1:], strict=True):
        written += [literal(parameter), part]
    return _join_changes("".join(written))


def literal(value: Any) -> str:
    """A value as it is written in a statement."""
    if value is None:
        return "NULL"
    if isinstance(value, int):
        return str(int(value))
    data = value if isinstance(value, bytes) else str(value).encode()
    return f"unhex('{data.hex()}')"


def texts(blobs: Sequence[bool], rows: Sequence[Sequence[Any]]) -> Iterator[tuple[Any, ...]]:
    """Rows with their texts as texts: ClickHouse does not tell them from bytes, `blobs` does, by column."""
    for row in rows:
        yield tuple(
            value.decode() if isinstance(value, bytes) and not blob else value
            for value, blob in zip(row, blobs, strict=True)
        )


def _join_changes(sql: str) -> str:
    found = _NEWEST.search(sql)
    if found is None:
        return sql
    joined = _JOINED.format(until=found[1] or "")
    return _NEWEST.sub("newest.verdict", sql).replace(_JOIN, joined)


@lru_cache(maxsize=1)
def blob_names() -> frozenset[str]:
    """Names of columns that hold bytes wherever they are."""
    columns = [column for table in tables().values() for column in table.columns]
    found = {kind: {column.name for column in columns if column.kind == kind} for kind in ("BLOB", "TEXT")}
    return frozenset(found["BLOB"] - found["TEXT"])
