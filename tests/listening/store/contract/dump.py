"""All rows of a store's tables, to compare one store with another."""

from __future__ import annotations

from typing import Any

from backline.listening.store.interface import Store
from backline.listening.store.sql_tables import tables

SALTED = {"day_salt", "visitor", "address", "network"}


def dump(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Every table's rows in order, but how many rebuilds there were and what is hashed with a random salt."""
    connection: Any = store._connections.get()  # type: ignore[attr-defined]
    found = {}
    for table in tables().values():
        if table.name not in SALTED:
            rows = connection.execute(f"SELECT {', '.join(table.names)} FROM {table.name}")
            found[table.name] = sorted((tuple(row) for row in rows if row[0] != "rebuilds"), key=repr)
    return found
