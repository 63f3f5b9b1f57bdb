"""All that the fold made, to compare one way of making it with another."""

from __future__ import annotations

import sqlite3
from typing import Any

from django.conf import settings

TABLES = (
    "artist_day",
    "beat_day",
    "artist_total",
    "beat_total",
    "artist_download",
    "listen_verdict",
    "download_verdict",
    "mark",
)


def rollups() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every rollup table, in order."""
    connection = sqlite3.connect(settings.LISTENING_URL.removeprefix("sqlite:///"))
    try:
        return {
            table: connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2, 3").fetchall()
            for table in TABLES
        }
    finally:
        connection.close()
