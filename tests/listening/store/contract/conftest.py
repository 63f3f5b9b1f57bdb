"""The stores that keep the contract: each test here runs on every one of them.

SQLite is among the quick tests. PostgreSQL is `slow`, in a private cluster. ClickHouse is `slow` too and runs in a
child process (`test_clickhouse.py`), since its stand-in lives in the process that uses it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings

from backline.listening.store import Store, open_store, store_at
from tests import postgres

CHILD = "BACKLINE_CONTRACT_STORE"
PARAMS = (
    [pytest.param(os.environ[CHILD])]
    if CHILD in os.environ
    else [pytest.param("sqlite"), pytest.param("postgresql", marks=pytest.mark.slow)]
)

# The child does not begin another one; what is about ClickHouse alone runs in the child alone.
collect_ignore = ["test_clickhouse.py"] if CHILD in os.environ else ["test_journal.py"]


@pytest.fixture(scope="session")
def cluster() -> Iterator[str]:
    with postgres.cluster() as address:
        yield address


@pytest.fixture(params=PARAMS)
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where an empty store is."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'contract.sqlite3'}"
        return
    if request.param == "clickhouse":
        yield from request.getfixturevalue("databases")()
        return
    with postgres.schema(request.getfixturevalue("cluster")) as found:
        yield found


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Iterator[str]]:
    """Gives addresses of empty databases in chDB, which is ClickHouse inside this process."""
    import clickhouse_connect

    from backline.listening.store import clickhouse_client

    place = str(tmp_path_factory.mktemp("chdb"))
    keep = clickhouse_connect.get_client(interface="chdb", path=place)

    def connect(_address: str, settings: dict[str, Any]) -> Any:
        return clickhouse_connect.get_client(interface="chdb", path=place, settings=settings)

    clickhouse_client.connect = connect  # type: ignore[assignment]

    def give() -> Iterator[str]:
        store_at.cache_clear()
        yield "clickhouse://in-this-process/contract"
        for name, rows in keep.query(
            "SELECT name, total_rows FROM system.tables WHERE database = 'contract'"
        ).result_rows:
            if name == "journal":
                # What was kept once would not be kept again.
                keep.command("DROP TABLE contract.journal SYNC")
            elif rows:
                keep.command(f"TRUNCATE TABLE contract.{name} SYNC")

    return give


@pytest.fixture
def store(address: str, settings: LazySettings) -> Iterator[Store]:
    """An empty store, which is the installation's."""
    settings.LISTENING_URL = address
    store = open_store()
    yield store
    store.close()
