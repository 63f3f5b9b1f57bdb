"""The store cannot: the answer says so, nothing is half stored, and it goes on by itself when the trouble is over."""

from __future__ import annotations

import resource
import shutil
import sqlite3
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError

from backline.catalog.models import Beat
from backline.listening.store import StoreBusyError, StoreError, StoreFullError, connections, open_store
from backline.listening.store.group import QueueFullError
from backline.web.intake import app as intake
from backline.web.intake.room import Room
from tests.conftest import Cast
from tests.listening.world import listen
from tests.web.intake.posting import post, statuses


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (StoreBusyError, (503, "unavailable")),
        (StoreFullError, (507, "full")),
        (StoreError, (503, "unavailable")),
    ],
)
def test_when_the_store_cannot(
    cast: Cast, token: str, monkeypatch: pytest.MonkeyPatch, error: type[Exception], expected: tuple[int, str]
):
    def refuse(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(intake, "receive", refuse)
    answer = post("[]", token=token)
    assert (answer.status, answer.content["code"]) == expected
    assert (answer.headers["Retry-After"], answer.headers["Content-Type"]) == (
        "2",
        "application/problem+json",
    )


def kept() -> tuple[int, int]:
    """Listens in the log, and accounts that have a number."""
    connection = sqlite3.connect(place())
    try:
        listens, accounts = connection.execute(
            "SELECT (SELECT count(*) FROM listen), (SELECT count(*) FROM account)"
        ).fetchone()
        return listens, accounts
    finally:
        connection.close()


def place() -> Path:
    from django.conf import settings

    if not settings.LISTENING_URL.startswith("sqlite:"):
        pytest.skip("about the embedded store")
    return Path(str(settings.LISTENING_URL).removeprefix("sqlite:///"))


def test_a_locked_store_is_busy_and_recovers(
    beat: Beat, instant: datetime, token: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(connections, "BUSY_MS", 50)
    event = listen(beat, at=instant)
    assert post("[]", token=token).status == 202
    open_store()
    lock = sqlite3.connect(place(), isolation_level=None)
    lock.execute("BEGIN IMMEDIATE")
    try:
        answer = post([event], token=token)
        assert (answer.status, answer.content["code"]) == (503, "unavailable")
    finally:
        lock.execute("ROLLBACK")
        lock.close()
    assert statuses(post([event], token=token)) == ["accepted"]


@contextmanager
def no_more_pages() -> Iterator[None]:
    """The database may not grow: what SQLite says on a full disk, without one."""
    store: Any = open_store()
    connection: sqlite3.Connection = store._connections.get()
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count={pages}")
    yield
    connection.execute("PRAGMA max_page_count=1073741823")


@contextmanager
def no_longer_files() -> Iterator[None]:
    """No file may grow, the kernel says so at the write."""
    open_store()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    wal = place().with_name(f"{place().name}-wal")
    resource.setrlimit(resource.RLIMIT_FSIZE, (wal.stat().st_size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("full", [no_more_pages, no_longer_files])
def test_a_full_disk_takes_nothing_and_recovers(beat: Beat, instant: datetime, token: str, full: Any):
    first = [listen(beat, at=instant)]
    assert statuses(post(first, token=token)) == ["accepted"]
    many = [listen(beat, at=instant, listener=f"u{n}", heard=[[0, 60]]) for n in range(400)]
    with full():
        answer = post(many, token=token)
        assert (answer.status, answer.content["code"]) == (507, "full")
        assert kept() == (1, 1)
    assert set(statuses(post(many, token=token))) == {"accepted"}
    assert statuses(post(first, token=token)) == ["duplicate"]
    assert kept() == (401, 401)


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 2 MB of its own, where this machine lets us have one."""
    folder = tmp_path / "tiny"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)]
    if shutil.which("mount") is None or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("no file system may be mounted here")
    yield folder
    open_store().close()
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def test_a_disk_that_is_really_full_and_gets_room_again(
    beat: Beat, instant: datetime, token: str, tiny_disk: Path, settings: Any
):
    settings.LISTENING_URL = f"sqlite:///{tiny_disk / 'listening.sqlite3'}"
    first = [listen(beat, at=instant)]
    assert statuses(post(first, token=token)) == ["accepted"]
    filler = tiny_disk / "filler"
    with suppress(OSError), filler.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(4096))
    many = [listen(beat, at=instant, listener=f"u{n}") for n in range(400)]
    for _ in range(3):
        answer = post(many, token=token)
        assert (answer.status, answer.content["code"]) == (507, "full")
    assert kept() == (1, 1)
    filler.unlink()
    assert set(statuses(post(many, token=token))) == {"accepted"}
    assert statuses(post(first, token=token)) == ["duplicate"]
    assert kept() == (401, 401)


def test_a_slow_store_holds_up_a_stated_number_and_sends_the_others_away(
    cast: Cast, token: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(intake, "_room", Room(requests=3, size=1_000, wait_s=0.05, stalled_s=60))
    inside, leave, most = threading.Semaphore(0), threading.Event(), []

    def slow(*_: object, **__: object) -> list[Any]:
        most.append(1)
        inside.release()
        assert leave.wait(10)
        return []

    monkeypatch.setattr(intake, "receive", slow)
    # Who sends is not the subject, and the test's database connection belongs to one thread.
    monkeypatch.setattr(intake, "sender", lambda *_, **__: None)
    threads = [threading.Thread(target=post, args=("[]",)) for _ in range(3)]
    for thread in threads:
        thread.start()
        assert inside.acquire(timeout=10)
    for _ in range(5):
        answer = post("[]")
        assert (answer.status, answer.content["code"]) == (429, "too_many_at_once")
        assert (answer.headers["Retry-After"], len(most)) == ("2", 3)
    leave.set()
    for thread in threads:
        thread.join()
    assert post("[]").status == 202


def test_a_full_queue_says_come_again(cast: Cast, token: str, monkeypatch: pytest.MonkeyPatch):
    def refuse(*_: object, **__: object) -> None:
        raise QueueFullError

    monkeypatch.setattr(intake, "receive", refuse)
    answer = post("[]", token=token)
    assert (answer.status, answer.content["code"]) == (429, "too_many_at_once")


def test_a_like_when_the_main_database_is_full(
    cast: Cast, beat: Beat, instant: datetime, monkeypatch: pytest.MonkeyPatch
):
    def full(*_: object, **__: object) -> None:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr("backline.listening.intake.like_beat", full)
    like = {"id": listen(beat, at=instant)["id"], "type": "like", "beat": beat.pk}
    cookies = f"backline_session={cast.client('lee').cookies['backline_session'].value}"
    assert post([like], cookies=cookies).status == 507
