"""The PostgreSQL store under failure: a server that goes, a lock that is held, a process that forks."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator

import psycopg
import pytest

from backline.listening.store import StoreBusyError, StoreError, postgres_connections
from backline.listening.store.postgres import PostgresStore
from tests import postgres
from tests.listening.store.contract.drafts import listen

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    with postgres.cluster() as address:
        yield address


@pytest.fixture
def address(cluster: str) -> Iterator[str]:
    with postgres.schema(cluster) as found:
        yield found


@pytest.fixture
def store(address: str) -> Iterator[PostgresStore]:
    store = PostgresStore(address)
    yield store
    store.close()


def seqs(store: PostgresStore) -> list[int]:
    with store.folding() as session:
        return [row.seq for row in session.listens(0, 1_000)]


def test_a_connection_that_was_cut_is_said_and_made_anew(store: PostgresStore, cluster: str):
    store.append([listen(1)])
    with psycopg.connect(cluster, autocommit=True) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
    with pytest.raises(StoreError):
        store.append([listen(2)])
    store.append([listen(2)])
    assert seqs(store) == [1, 2]


def test_a_lock_that_is_never_free_is_busy(address: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(postgres_connections, "BUSY_MS", 50)
    store = PostgresStore(address)
    problems: list[type[Exception]] = []

    def write() -> None:
        try:
            store.append([listen(1)])
        except StoreBusyError as problem:
            problems.append(type(problem))
        finally:
            store.close()

    with store.folding():
        thread = threading.Thread(target=write)
        thread.start()
        thread.join()
    assert problems == [StoreBusyError]
    store.append([listen(1)])
    assert seqs(store) == [1]
    store.close()


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_child_has_connections_of_its_own(store: PostgresStore):
    store.append([listen(1)])
    child = os.fork()
    if child == 0:
        try:
            store.append([listen(2)])
            store.close()
        except BaseException:
            os._exit(1)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    store.append([listen(3)])
    assert seqs(store) == [1, 2, 3]


def test_several_openers_at_once_make_one_schema(address: str):
    problems: list[BaseException] = []

    def begin(number: int) -> None:
        try:
            store = PostgresStore(address)
            store.append([listen(number)])
            store.close()
        except BaseException as problem:
            problems.append(problem)

    threads = [threading.Thread(target=begin, args=(number,)) for number in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []


def test_tables_of_another_version_are_refused(store: PostgresStore, address: str):
    with store._connections.writing(lambda: None) as connection:
        connection.execute("UPDATE store_version SET version = 99")
    with pytest.raises(StoreError, match="version 99"):
        PostgresStore(address)


def test_nobody_there(cluster: str):
    with pytest.raises(StoreError):
        PostgresStore("postgresql://backline@127.0.0.1:1/postgres")
    with pytest.raises(ValueError, match="plain name"):
        PostgresStore(f"{cluster}?schema=a;b")
