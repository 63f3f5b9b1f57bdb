"""One holder at a time, across processes, until the transaction ends."""

from __future__ import annotations

import hashlib

from django.db import connection


def hold(name: str) -> None:
    """Waits until nobody else holds `name`, and holds it to the end of the caller's transaction.

    SQLite needs no lock of its own: its transactions begin as writers (settings: `IMMEDIATE`), one at a time.

    Raises:
        RuntimeError: there is no transaction whose end would let go.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a lock is held by a transaction, and there is none")
    if connection.vendor == "postgresql":
        number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])
