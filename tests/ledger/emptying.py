"""Emptying the ledger between tests that commit. The product has no way to do this, on purpose."""

from __future__ import annotations

from django.db import connection

TABLES = ("ledger_posting", "ledger_entry", "ledger_ledgeraccount")


def empty_ledger() -> None:
    """Removes every row; the triggers are as before afterwards."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"TRUNCATE {', '.join(TABLES)} RESTART IDENTITY CASCADE")
            return
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'ledger_%_no_delete'"
        )
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        for table in TABLES:
            cursor.execute(f"DELETE FROM {table}")
        for _, sql in triggers:
            cursor.execute(sql)
