"""The SQLite store under failure: what was undone is forgotten, a full disk is said, a lock is waited for."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from backline.core.ids import uuid7
from backline.listening.store import StoreBusyError, StoreError, StoreFullError, connections
from backline.listening.store.rows import Flag, ListenDraft, Listener, Status, TermKind
from backline.listening.store.sqlite import SQLiteStore
from tests.conftest import NOW


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SQLiteStore]:
    store = SQLiteStore(tmp_path / "listening.sqlite3")
    yield store
    store.close()


def draft(name: str, *, beat: int = 1, heard_ms: int = 60_000) -> ListenDraft:
    return ListenDraft(
        id=uuid7(NOW).bytes,
        beat=beat,
        artists=(beat,),
        team=frozenset(),
        listener=Listener(account=f"p:1:{name}"),
        day=20_530,
        hour=15,
        started_ms=1,
        first_ms=1,
        received_ms=60_001,
        heard=((0, heard_ms),),
        final=True,
        beat_ms=180_000,
        flags=Flag.BACK_END,
        terms={TermKind.SOURCE: f"external:{name}.example"},
    )


def names(store: SQLiteStore, tmp_path: Path) -> dict[str, str]:
    """For each listen's account the source it came from."""
    connection = sqlite3.connect(tmp_path / "listening.sqlite3")
    try:
        return dict(
            connection.execute(
                "SELECT account.key, term.text FROM listen JOIN account ON account.no = listener"
                " JOIN term ON term.no = source"
            )
        )
    finally:
        connection.close()


def test_numbers_of_an_undone_batch_are_not_remembered(store: SQLiteStore, tmp_path: Path):
    broken = draft("ann")._replace(beat=None)  # type: ignore[arg-type]
    with pytest.raises(sqlite3.IntegrityError):
        store.append([draft("ann"), broken])
    store.append([draft("bea"), draft("ann")])
    assert names(store, tmp_path) == {"p:1:bea": "external:bea.example", "p:1:ann": "external:ann.example"}


def test_a_days_salt_is_not_remembered_beyond_its_batch(store: SQLiteStore):
    visitor = draft("ann")._replace(listener=Listener(visitor="v", address="192.0.2.1"))
    store.append([visitor])
    with store.folding() as session:
        session.destroy_keys(visitor.day)
    store.append([draft("ann")._replace(listener=visitor.listener)])
    salts = store._connections.get().execute("SELECT day, visitors FROM day_salt").fetchall()
    assert salts == [(visitor.day, 1)]


def test_a_full_disk_is_said_and_recovers(store: SQLiteStore, tmp_path: Path):
    connection = store._connections.get()
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count={pages}")
    with pytest.raises(StoreFullError):
        store.append([draft(f"listener {n}") for n in range(2_000)])
    connection.execute(f"PRAGMA max_page_count={pages * 100}")
    assert names(store, tmp_path) == {}
    assert [outcome.status for outcome in store.append([draft("ann")])] == [Status.ACCEPTED]


def test_a_lock_that_is_never_free_is_busy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(connections, "BUSY_MS", 20)
    store = SQLiteStore(tmp_path / "listening.sqlite3")
    with store.folding():
        problems: list[type[Exception]] = []

        def write() -> None:
            try:
                store.append([draft("ann")])
            except StoreBusyError as problem:
                problems.append(type(problem))
            finally:
                store.close()

        thread = threading.Thread(target=write)
        thread.start()
        thread.join()
    assert problems == [StoreBusyError]
    assert store.append([draft("ann")])[0].status is Status.ACCEPTED
    store.close()


def test_several_openers_at_once_make_one_schema(tmp_path: Path):
    problems: list[BaseException] = []

    def begin() -> None:
        try:
            store = SQLiteStore(tmp_path / "new" / "listening.sqlite3")
            store.append([draft(threading.current_thread().name)])
            store.close()
        except BaseException as problem:
            problems.append(problem)

    threads = [threading.Thread(target=begin) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []


def test_what_cannot_be_opened(tmp_path: Path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError):
        SQLiteStore(tmp_path / "file" / "listening.sqlite3")


def test_a_damaged_file_is_said(tmp_path: Path):
    (tmp_path / "listening.sqlite3").write_bytes(b"this is no database, it is a text" * 200)
    with pytest.raises(StoreError):
        SQLiteStore(tmp_path / "listening.sqlite3")


def test_the_log_holds_what_was_sent_in_few_bytes(store: SQLiteStore, tmp_path: Path):
    store.append([draft(f"listener {n % 50}", heard_ms=35_000 + n) for n in range(3_000)])
    used = (
        store._connections.get().execute("SELECT sum(pgsize) FROM dbstat WHERE name = 'listen'").fetchone()[0]
    )
    assert used / 3_000 < 110
