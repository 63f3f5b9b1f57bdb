"""Writers of a SQLite file take turns: who waits is next, and who is gone holds up nobody."""

from __future__ import annotations

import fcntl
import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from backline.core.turns import Turns

LONG_MS = 10_000


def connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode=WAL")
    return connection


@pytest.fixture
def path(tmp_path: Path) -> Path:
    connect(tmp_path / "store").close()
    return tmp_path / "store"


@pytest.fixture
def first(path: Path) -> Iterator[sqlite3.Connection]:
    connection = connect(path)
    yield connection
    connection.close()


def somebody_waits(path: Path) -> bool:
    with path.with_name(f"{path.name}-turn").open("r+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def test_who_writes_again_queues_behind_who_waits(path: Path, first: sqlite3.Connection):
    mine, order = Turns(path), []
    mine.begin(first, wait_ms=LONG_MS)

    def wait() -> None:
        second, turns = connect(path), Turns(path)
        turns.begin(second, wait_ms=LONG_MS)
        order.append("second")
        second.execute("COMMIT")
        turns.close()
        second.close()

    thread = threading.Thread(target=wait)
    thread.start()
    while not somebody_waits(path):
        pass
    first.execute("COMMIT")
    mine.begin(first, wait_ms=LONG_MS)
    order.append("first again")
    first.execute("COMMIT")
    thread.join()
    mine.close()
    assert order == ["second", "first again"]


def test_a_place_that_nobody_holds_any_more_is_given_back(path: Path):
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(5):
        Turns(path)
    assert len(os.listdir("/proc/self/fd")) == before


def test_a_lock_that_stays_is_busy_in_the_end(path: Path, first: sqlite3.Connection):
    first.execute("BEGIN IMMEDIATE")
    second, turns = connect(path), Turns(path)
    with pytest.raises(sqlite3.OperationalError) as caught:
        turns.begin(second, wait_ms=20)
    assert caught.value.sqlite_errorcode == sqlite3.SQLITE_BUSY
    first.execute("ROLLBACK")
    turns.begin(second, wait_ms=20)
    assert second.execute("PRAGMA busy_timeout").fetchone() == (20,)
    second.execute("COMMIT")
    turns.close()
    second.close()


def test_who_was_killed_while_waiting_holds_up_nobody(path: Path, first: sqlite3.Connection):
    first.execute("BEGIN IMMEDIATE")
    script = (
        "import sqlite3, sys; from pathlib import Path; from backline.core.turns import Turns;"
        "path = Path(sys.argv[1]); Turns(path).begin(sqlite3.connect(path, isolation_level=None), wait_ms=60_000)"
    )
    waiting = subprocess.Popen([sys.executable, "-c", script, str(path)])
    Turns(path).close()
    while not somebody_waits(path):
        assert waiting.poll() is None
    waiting.kill()
    waiting.wait()
    first.execute("ROLLBACK")
    assert not somebody_waits(path)
    turns = Turns(path)
    turns.begin(first, wait_ms=LONG_MS)
    first.execute("COMMIT")
    turns.close()
