"""Django's writers on SQLite take turns: who waits is next, a single statement as well as a transaction."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import OperationalError

from backline.core.sqlite.base import DatabaseWrapper
from tests.core.test_turns import somebody_waits as waits_at

pytestmark = pytest.mark.django_db
SETTINGS = {
    "ENGINE": "backline.core.sqlite", "AUTOCOMMIT": True, "ATOMIC_REQUESTS": False, "CONN_MAX_AGE": 0,
    "CONN_HEALTH_CHECKS": False, "TIME_ZONE": None, "USER": "", "PASSWORD": "", "HOST": "", "PORT": "",
    "TEST": {"NAME": None},
}  # fmt: skip


def connect(path: Path, *, timeout: float = 10) -> DatabaseWrapper:
    options = {"timeout": timeout, "transaction_mode": "IMMEDIATE", "init_command": "PRAGMA journal_mode=WAL"}
    return DatabaseWrapper(SETTINGS | {"NAME": str(path), "OPTIONS": options}, "other")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    connection = sqlite3.connect(tmp_path / "db")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("CREATE TABLE said (word TEXT)")
    connection.close()
    return tmp_path / "db"


@pytest.fixture
def holder(path: Path) -> Iterator[sqlite3.Connection]:
    """Another program that holds the write lock."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    connection.execute("BEGIN IMMEDIATE")
    yield connection
    connection.close()


def somebody_waits(path: Path) -> bool:
    return path.with_name("db-turn").exists() and waits_at(path)


def say(connection: DatabaseWrapper, word: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO said VALUES (%s)", [word])


def transaction(connection: DatabaseWrapper) -> None:
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    say(connection, "in a transaction")
    connection.commit()
    connection.set_autocommit(True)


@pytest.mark.parametrize(
    "write", [lambda one: say(one, "alone"), transaction], ids=["statement", "transaction"]
)
def test_a_writer_waits_until_the_lock_is_free(
    path: Path, holder: sqlite3.Connection, write: Callable[[DatabaseWrapper], None]
):
    done = threading.Event()

    def wait() -> None:
        connection = connect(path)
        write(connection)
        connection.close()
        done.set()

    thread = threading.Thread(target=wait)
    thread.start()
    assert not done.wait(0.05)
    holder.execute("COMMIT")
    thread.join()
    assert holder.execute("SELECT count(*) FROM said").fetchone() == (1,)


@pytest.mark.parametrize(
    "again", [lambda one: say(one, "again"), transaction], ids=["statement", "transaction"]
)
def test_who_writes_again_queues_behind_who_waits(path: Path, again: Callable[[DatabaseWrapper], None]):
    mine = connect(path)
    mine.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)

    def wait() -> None:
        connection = connect(path)
        say(connection, "waited")
        connection.close()

    thread = threading.Thread(target=wait)
    thread.start()
    assert comes(lambda: somebody_waits(path))
    mine.commit()
    mine.set_autocommit(True)
    again(mine)
    thread.join()
    with mine.cursor() as cursor:
        cursor.execute("SELECT word FROM said ORDER BY rowid")
        assert cursor.fetchall()[0] == ("waited",)
    mine.close()


def comes(true: Callable[[], bool]) -> bool:
    """Whether something becomes true in some seconds."""
    give_up = time.monotonic() + 10
    while not true() and time.monotonic() < give_up:
        time.sleep(0.001)
    return true()


def test_a_lock_that_stays_is_said_in_django_s_words(path: Path, holder: sqlite3.Connection):
    connection = connect(path, timeout=0.02)
    with pytest.raises(OperationalError, match="locked"):
        say(connection, "alone")
    holder.execute("ROLLBACK")
    say(connection, "alone")
    connection.close()


def test_readers_never_wait(path: Path, holder: sqlite3.Connection):
    connection = connect(path, timeout=0.02)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM said")
        assert cursor.fetchone() == (0,)
    connection.close()


def test_threads_that_write_at_once_all_get_their_turn(path: Path):
    def write(number: int) -> None:
        connection = connect(path)
        for word in range(10):
            say(connection, f"{number} {word}")
        connection.close()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT count(DISTINCT word) FROM said").fetchone() == (80,)


def test_without_a_place_for_the_queue_it_writes_as_ever(path: Path):
    path.with_name("db-turn").mkdir()
    connection = connect(path)
    say(connection, "alone")
    connection.close()
    with sqlite3.connect(path) as found:
        assert found.execute("SELECT word FROM said").fetchall() == [("alone",)]
