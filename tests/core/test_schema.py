"""A new SQLite file gets in one step what all migrations would have made of it, one after the other."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from backline.core import schema

AT_ONCE = "import django; django.setup(); from backline.prepare import migrate; migrate()"
STEP_BY_STEP = "from backline.core import schema; schema.is_new = lambda connection: False; " + AT_ONCE
APART = re.compile(r", (?=\"|CONSTRAINT|UNIQUE|FOREIGN|PRIMARY|CHECK)")


@pytest.mark.django_db
def test_a_database_with_tables_is_not_new() -> None:
    assert not schema.is_new(connection)


@pytest.mark.slow
def test_both_ways_make_the_same_tables_and_the_same_rows(tmp_path: Path) -> None:
    short, long = (_made(tmp_path / name, how) for name, how in (("a", AT_ONCE), ("b", STEP_BY_STEP)))
    assert _shape(short) == _shape(long)
    assert _rows(short) == _rows(long)
    assert ("catalog", "0002_genres") in _rows(short)["django_migrations"]


def _made(data: Path, how: str) -> sqlite3.Connection:
    place = os.environ | {"DJANGO_SETTINGS_MODULE": "backline.settings", "BACKLINE_DATA": str(data)}
    place.pop("DATABASE_URL", None)
    subprocess.run([sys.executable, "-c", how], env=place, check=True, timeout=600)
    return sqlite3.connect(data / "backline.sqlite3")


def _shape(made: sqlite3.Connection) -> dict[str, list[str]]:
    """The parts of each table, index and trigger; columns that came later stand later in a table that was migrated."""
    found = made.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_master")
    return {
        f"{kind} {name}": sorted(APART.split(sql[:-1] if kind == "table" else sql))
        for kind, name, sql in found
    }


def _rows(made: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    """What stands in each table, without numbers that were given and the time of day."""
    tables = [name for (name,) in made.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {table: _content(made, table) for table in tables if not table.startswith("sqlite_")}


def _content(made: sqlite3.Connection, table: str) -> list[tuple[object, ...]]:
    columns = [column[1] for column in made.execute(f"PRAGMA table_info({table})")]
    kept = sorted(c for c in columns if not c.endswith("_id") and c not in ("id", "applied"))
    named = ", ".join(f'"{column}"' for column in kept)
    return sorted(made.execute(f"SELECT {named} FROM {table}"), key=repr) if kept else []
