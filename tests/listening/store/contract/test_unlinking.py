"""A number that becomes nobody's: no key is left that leads to it, and every figure is what it was."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from backline.listening.closing import close_all
from backline.listening.fold import fold_all
from backline.listening.rebuild import rebuild
from backline.listening.store import Store, StoreError
from backline.listening.store.rows import VERDICTS, Listener, Mark, MarkKind
from backline.listening.store.sqlite_accounts import UNLINKED_TABLES
from tests.listening.past import BEATS, Past, at_noon, send_all
from tests.listening.store.contract.answers import answers
from tests.listening.store.contract.drafts import DAY, download, listen
from tests.listening.store.contract.dump import dump

pytestmark = pytest.mark.django_db

KEY = "a:734001"
LEAVER = Listener(account=KEY, address="203.0.113.9")
ALL: dict[str, Any] = {"beats": [*BEATS], "artists": [10, 20, 30], "first": DAY - 40, "last": DAY + 9}
# What names accounts, or repeats what other tables know of them.
NAMING = ("account keys", "downloads")


def leave_traces(store: Store) -> None:
    """Listens, a download under a licence, an address, a like: of the one who leaves and of one who stays."""
    store.append([listen(1), listen(2, listener=LEAVER), listen(3, listener=LEAVER, beat=2), listen(4)])
    url = "https://example.com/licence/lee"
    store.append([download(1, listener=LEAVER, licence_url=url), download(2)])
    with store.folding() as session:
        for key in (KEY, "a:5"):
            session.set_mark(Mark(MarkKind.LIKE, 1, session.number_of_account(key), 1, DAY))
    fold_all(now=at_noon(DAY))


def count(store: Store, table: str) -> int:
    connection: Any = store._connections.get()  # type: ignore[attr-defined]
    return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def test_no_key_leads_to_the_number_and_none_comes_back_to_it(store: Store):
    leave_traces(store)
    number = store.account_numbers([KEY, "a:never"])[KEY]
    before = dump(store)
    assert store.unlink_accounts([KEY, "a:never"]) == 1

    after = dump(store)
    assert KEY not in repr(after) and "licence/lee" not in repr(after)
    assert store.account_keys([number]) == {number: f"x:{number}"} and store.account_numbers([KEY]) == {}
    assert (count(store, "address_account"), count(store, "mark")) == (0, 1), "only the one of who stays"
    assert after["account"] != before["account"] and len(after["account"]) == len(before["account"])
    for name in before.keys() - {*UNLINKED_TABLES}:
        assert after[name] == before[name], name
    assert [row[:-1] for row in after["download_event"]] == [row[:-1] for row in before["download_event"]]

    store.append([listen(9, listener=LEAVER)])
    assert store.account_numbers([KEY])[KEY] > max(no for no, _ in before["account"])


def test_doing_it_again_is_harmless(store: Store):
    leave_traces(store)
    store.unlink_accounts([KEY])
    once = dump(store)
    assert store.unlink_accounts([KEY]) == 0
    assert dump(store) == once


def test_what_is_held_of_an_account_is_read_in_order(store: Store):
    leave_traces(store)
    number = store.account_numbers([KEY])[KEY]
    store.append([listen(9, listener=LEAVER, heard=((0, 5_000),))])
    after, last = store.log_from(DAY)
    assert (after, last) == (0, 5) and store.log_from(DAY + 1) == (0, 0)
    rows = store.listens_of(number, after=after, through=last, limit=9)
    found = [(row.seq, row.beat, row.artists, row.verdict is None) for row in rows]
    assert found == [(2, 1, "1", False), (3, 2, "2", False), (5, 1, "1", True)], "the last one is not folded"
    assert (rows[0].distinct_ms, rows[2].distinct_ms) == (60_000, 5_000)
    assert store.term_texts([rows[0].country, rows[0].source]).keys() == {rows[0].country, rows[0].source}
    assert [row.seq for row in store.listens_of(number, after=2, through=4, limit=9)] == [3]
    assert [row.seq for row in store.listens_of(number, after=0, through=9, limit=1)] == [2]
    [delivered] = store.downloads_of(number, after=0, limit=9)
    assert (delivered.beat, VERDICTS[delivered.verdict or 0], delivered.licence_url[-3:]) == (
        1,
        "counted",
        "lee",
    )
    assert store.downloads_of(number, after=delivered.seq, limit=9) == []


def test_every_figure_stays_and_a_rebuild_gives_it_again(store: Store):
    past = Past(8)
    for day in (DAY - 40, DAY - 39, DAY):
        send_all([*past.listens(day, 20), *(past.download(day) for _ in range(3)), past.mark(day)])
        fold_all(now=at_noon(day))
        past.change_some(now=at_noon(day))
    close_all(now=at_noon(DAY + 1))
    before, rows = answers(store, **ALL), dump(store)
    assert before["horizons"].months, "a month is published, with its top listeners"
    store.unlink_accounts(["a:7"])
    after = answers(store, **ALL)
    for name, answer in before.items():
        assert after[name] == answer or name.startswith(NAMING), name
    for anew in (False, True):
        if anew:
            rebuild()
        for name, kept in dump(store).items():
            assert name in UNLINKED_TABLES or kept == rows[name], name


@pytest.mark.parametrize("step", range(6))
def test_cut_off_anywhere_it_is_ended_by_the_next(store: Store, monkeypatch: pytest.MonkeyPatch, step: int):
    leave_traces(store)
    number = store.account_numbers([KEY])[KEY]
    with cut_off_after(store, step, monkeypatch), pytest.raises((StoreError, KeyboardInterrupt)):
        store.unlink_accounts([KEY])
        raise KeyboardInterrupt  # it had fewer steps
    store.unlink_accounts([KEY])
    assert KEY not in repr(found := dump(store)) and "licence/lee" not in repr(found)
    assert store.account_keys([number]) == {number: f"x:{number}"}
    assert (count(store, "address_account"), count(store, "mark")) == (0, 1)
    assert store.judged(1, DAY, DAY, limit=9)[1].listen.listener == number


@contextmanager
def cut_off_after(store: Store, step: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Has the store die after so many steps of its work."""
    left = iter(range(step))

    def dies(real: Any) -> Any:
        def stand_in(*args: Any) -> Any:
            if next(left, None) is None:
                raise KeyboardInterrupt
            return real(*args)

        return stand_in

    connection: Any = store._connections.get()  # type: ignore[attr-defined]
    if isinstance(connection, sqlite3.Connection):
        # SQLite asks after every few steps of its own machine whether it should stop.
        left = iter(range(step * 4))
        connection.set_progress_handler(lambda: next(left, None) is None, 20)
        yield
        connection.set_progress_handler(None, 0)
        return
    with monkeypatch.context() as patch:
        for name in ("command", "executemany", "execute"):
            # Of ClickHouse only what writes, of PostgreSQL every statement.
            if hasattr(connection, name) and not (name == "execute" and hasattr(connection, "command")):
                patch.setattr(connection, name, dies(getattr(connection, name)))
        yield


def test_nothing_of_the_key_is_left_in_the_file(store: Store, address: str):
    if not address.startswith("sqlite:"):
        pytest.skip("others keep their files themselves")
    # Pages of the index of keys are divided while these come: copies of keys stay behind in them.
    keys = [f"a:{734_000_000 + number * 7_919 % 1_000_003}" for number in range(20_000)]
    store.put_rows("account", [*enumerate(keys, 1)])
    path, gone = Path("/" + address.partition("///")[2].lstrip("/")), set(keys[::10])
    assert gone <= on_disk(path)
    store.unlink_accounts(gone)
    assert gone & on_disk(path) == set()


def on_disk(path: Path) -> set[str]:
    """All that looks like a key of nine digits in the file and its journal."""
    files = [path, path.with_name(f"{path.name}-wal")]
    data = b"".join(file.read_bytes() for file in files if file.exists())
    return {key.decode() for key in re.findall(rb"a:\d{9}", data)}
