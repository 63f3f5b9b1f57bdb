"""All that the fold made, to compare one way of making it with another."""

from __future__ import annotations

from typing import Any

from backline.listening.store import open_store
from backline.listening.store.sql_tables import tables

TABLES = (
    "artist_day",
    "beat_day",
    "artist_total",
    "beat_total",
    "artist_month",
    "beat_month",
    "beat_second",
    "artist_download",
    "listen_verdict",
    "download_verdict",
    "mark",
)


def rollups() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every rollup table, in order."""
    store: Any = open_store()
    found = {}
    for name in TABLES:
        rows = store._connections.get().execute(f"SELECT {', '.join(tables()[name].names)} FROM {name}")
        found[name] = sorted(map(tuple, rows), key=repr)
    return found
