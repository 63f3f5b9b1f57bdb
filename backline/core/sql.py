"""Plain SQL for the small reads that pages make again and again.

A statement that needs no building costs a tenth of one that the ORM builds anew on every request.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from django.db import connection


def rows(statement: str, *values: object) -> list[tuple[Any, ...]]:
    """The rows of a statement with `%s` for each value. Instants go in as they are; `instant` reads them."""
    adapted = [_adapted(value) for value in values]
    with connection.cursor() as cursor:
        cursor.execute(statement, adapted)
        return list(cursor.fetchall())


def change(statement: str, *values: object) -> int:
    """Carries out a statement that writes; answers how many rows it wrote."""
    with connection.cursor() as cursor:
        cursor.execute(statement, [_adapted(value) for value in values])
        written: int = cursor.rowcount
    return written


def change_each(statement: str, values: Iterable[Sequence[object]]) -> None:
    """Carries out a statement that writes once for each row of values."""
    with connection.cursor() as cursor:
        cursor.executemany(statement, [[_adapted(value) for value in row] for row in values])


def marks(values: Sequence[object]) -> str:
    """The `%s` of a list, for `IN (...)`; for an empty one `NULL`, which nothing is in: `IN ()` is no SQL."""
    return ", ".join(["%s"] * len(values)) or "NULL"


def instant(value: datetime) -> datetime:
    """An instant as a row has it: SQLite keeps them in UTC without saying so."""
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def instants(row: Sequence[Any]) -> list[Any]:
    """A whole row with its instants read, for a model's `from_db`."""
    return [instant(value) if isinstance(value, datetime) else value for value in row]


def _adapted(value: object) -> Any:
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value
