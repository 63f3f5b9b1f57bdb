"""A private PostgreSQL cluster for the tests that need one, and schemas of their own in it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest

COMMAND = Path(__file__).resolve().parents[1] / "bin" / "with-postgres"


@contextmanager
def cluster() -> Iterator[str]:
    """The address of a database in a cluster that ends with the block; that of `bin/with-postgres` when inside it."""
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith("postgresql://"):
        yield given
        return
    process = subprocess.Popen(
        [str(COMMAND), "sh", "-c", "echo $DATABASE_URL; read -r _end"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None and process.stdout is not None
    try:
        address = process.stdout.readline().strip()
        if not address:
            pytest.skip(f"PostgreSQL's server cannot be started (status {process.wait()})")
        yield address
    finally:
        process.stdin.close()
        process.wait()
        process.stdout.close()


@contextmanager
def schema(address: str) -> Iterator[str]:
    """The address of a listening store in a schema that ends with the block."""
    import psycopg

    name = f"test_{uuid4().hex[:12]}"
    yield f"{address}?schema={name}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("SET client_min_messages TO warning")
        connection.execute(f'DROP SCHEMA IF EXISTS "{name}" CASCADE'.encode())
