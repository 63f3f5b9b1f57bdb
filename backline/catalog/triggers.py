"""The triggers that note what search has to read again, and the index of three-letter pieces, on both databases.

They note only; nothing is computed in them. SQLite drops a table's triggers when a migration makes the table anew, so
they are looked at after every migration, and what could have changed unseen is marked.
"""

from __future__ import annotations

import logging
from typing import Any

from django.db import DatabaseError, connection, transaction

from backline.core import sql

log = logging.getLogger("backline.catalog")
PREFIX = "search_"
# Table, what of it is noted, the column of the thing's number, and the columns whose change matters.
WATCHED = (
    ("catalog_beat", "beat", "id", "name"),
    ("catalog_tag", "beat", "beat_id", "name"),
    ("catalog_credit", "beat", "beat_id", "state"),
    ("catalog_collection", "collection", "id", "name"),
    ("people_artist", "artist", "id", "name, handle"),
)
MARK = "INSERT INTO catalog_searchmark (kind, number) VALUES"
_THERE = {
    "sqlite": f"SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '{PREFIX}%%'",
    "postgresql": f"SELECT DISTINCT tgname FROM pg_trigger WHERE tgname LIKE '{PREFIX}%%'",
}
_EVERYTHING = (
    "INSERT INTO catalog_searchmark (kind, number) SELECT 'beat', id FROM catalog_beat",
    "INSERT INTO catalog_searchmark (kind, number) SELECT 'collection', id FROM catalog_collection",
    "INSERT INTO catalog_searchmark (kind, number) SELECT 'artist', id FROM people_artist",
)
_SQLITE_INDEX = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS catalog_searchpieces USING fts5("
    "text, content='catalog_searchtext', content_rowid='id', tokenize='trigram')",
    "CREATE TRIGGER search_text_insert AFTER INSERT ON catalog_searchtext BEGIN "
    "INSERT INTO catalog_searchpieces (rowid, text) VALUES (NEW.id, NEW.text); END",
    "CREATE TRIGGER search_text_delete AFTER DELETE ON catalog_searchtext BEGIN INSERT INTO catalog_searchpieces "
    "(catalog_searchpieces, rowid, text) VALUES ('delete', OLD.id, OLD.text); END",
    "CREATE TRIGGER search_text_update AFTER UPDATE OF text ON catalog_searchtext BEGIN "
    "INSERT INTO catalog_searchpieces (catalog_searchpieces, rowid, text) VALUES ('delete', OLD.id, OLD.text); "
    "INSERT INTO catalog_searchpieces (rowid, text) VALUES (NEW.id, NEW.text); END",
    "INSERT INTO catalog_searchpieces (catalog_searchpieces) VALUES ('rebuild')",
)
_POSTGRESQL_INDEX = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX IF NOT EXISTS search_pieces ON catalog_searchtext USING gin (text gin_trgm_ops)",
)


def keep_triggers(**_sent: Any) -> None:
    """Makes what is missing of the triggers and the index, and then marks everything; nothing when all are there."""
    wanted = _wanted()
    there = {name for (name,) in sql.rows(_THERE[connection.vendor])}
    if wanted.keys() <= there or "catalog_searchmark" not in connection.introspection.table_names():
        return
    with transaction.atomic(), connection.cursor() as cursor:
        for name, statements in wanted.items():
            for statement in statements if name not in there else ():
                cursor.execute(statement)
        if connection.vendor == "sqlite":
            for statement in _SQLITE_INDEX if "search_text_insert" not in there else ():
                cursor.execute(statement)
        mark_everything()
    if connection.vendor == "postgresql":
        _index_pieces()


def mark_everything() -> None:
    """Notes everything as changed."""
    with connection.cursor() as cursor:
        for statement in _EVERYTHING:
            cursor.execute(statement)


def _index_pieces() -> None:
    """Search finds the same without the index, only by reading every text: who may not make it can still run."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in _POSTGRESQL_INDEX:
                cursor.execute(statement)
    except DatabaseError as problem:
        log.warning("search works without its index, for pg_trgm cannot be made: %s", problem)


def _wanted() -> dict[str, list[str]]:
    """Each trigger with what makes it."""
    made = _sqlite if connection.vendor == "sqlite" else _postgresql
    return {
        f"{PREFIX}{table}_{change}": made(f"{PREFIX}{table}_{change}", table, change, *what)
        for table, *what in WATCHED
        for change in ("insert", "update", "delete")
    }


def _sqlite(name: str, table: str, change: str, kind: str, column: str, columns: str) -> list[str]:
    event = f"UPDATE OF {columns}" if change == "update" else change.upper()
    row = "OLD" if change == "delete" else "NEW"
    return [f"CREATE TRIGGER {name} AFTER {event} ON {table} BEGIN {MARK} ('{kind}', {row}.{column}); END"]


def _postgresql(name: str, table: str, change: str, kind: str, column: str, columns: str) -> list[str]:
    event = f"UPDATE OF {columns}" if change == "update" else change.upper()
    row = "OLD" if change == "delete" else "NEW"
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN {MARK} ('{kind}', {row}.{column}); RETURN NULL; END $$",
        f"CREATE TRIGGER {name} AFTER {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
    ]
