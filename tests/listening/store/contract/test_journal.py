"""What ClickHouse does not give and the journal does: turns, all or nothing, going on after a crash."""

from __future__ import annotations

import threading

import pytest

from backline.listening.store import Owner, StoreBusyError
from backline.listening.store.clickhouse import ClickHouseStore
from backline.listening.store.clickhouse_journal import Journal
from backline.listening.store.clickhouse_schema import statements
from backline.listening.store.rows import Listener
from backline.listening.store.sql_scratch import collide
from backline.listening.store.tally import Tally
from tests.listening.store.contract.drafts import DAY, listen


def plays(count: int) -> Tally:
    tally = Tally()
    tally.plays = tally.received = count
    return tally


def logged(store: ClickHouseStore) -> list[int]:
    with store.folding() as session:
        return [row.seq for row in session.listens(0, 1_000)]


def test_of_two_transactions_on_the_same_rows_the_second_fails(store: ClickHouseStore):
    with pytest.raises(StoreBusyError), store._journal.transaction() as transaction:
        transaction.scratch.load("watermark", "1")
        transaction.scratch.connection.execute("INSERT INTO watermark VALUES ('listen', 9, 9)")
        with store.folding() as session:
            session.advance("listen", 5, 5)
    with store.folding() as session:
        assert session.watermark("listen") == 5


def test_a_fold_and_an_intake_do_not_disturb_each_other(store: ClickHouseStore):
    with store.folding() as session:
        session.add({(Owner.BEAT, 1, DAY): plays(2)})
        store.append([listen(1)])
        assert session.listens(0, 10) == []
    assert store.totals(Owner.BEAT, [1])[1].plays == 2
    assert logged(store) == [1]


def test_the_tables_of_a_cluster_are_understood(store: ClickHouseStore):
    for statement in statements("main"):
        assert store._clickhouse.execute(f"EXPLAIN AST {statement}").fetchall()


def test_days_collide_with_their_table_and_with_themselves():
    assert collide({"listen/3", "term"}, {"listen"})
    assert collide({"listen"}, {"listen/4"})
    assert collide({"listen/3"}, {"listen/3"})
    assert not collide({"listen/3", "term"}, {"listen/4", "account"})


def test_what_was_cut_off_is_finished_by_the_next(
    store: ClickHouseStore, address: str, monkeypatch: pytest.MonkeyPatch
):
    written: list[str] = []

    def die(_journal: Journal, _no: int, changes: dict[str, object]) -> None:
        written.extend(changes)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Journal, "_write", die)
        with pytest.raises(KeyboardInterrupt):
            store.append([listen(1), listen(2)])
    assert {"listen", "event_id", "day_span"} <= set(written)
    other = ClickHouseStore(address)
    assert [str(outcome.status) for outcome in other.append([listen(2), listen(3)])] == [
        "duplicate",
        "accepted",
    ]
    assert logged(other) == [1, 2, 3]


def test_doing_it_again_changes_nothing(store: ClickHouseStore):
    store.append([listen(1), listen(2, final=False)])
    with store.folding() as session:
        session.add({(Owner.BEAT, 1, DAY): plays(2)})
    store._clickhouse.command("TRUNCATE TABLE applied")
    store._journal.apply()
    assert logged(store) == [1]
    assert store.totals(Owner.BEAT, [1])[1].plays == 2
    assert store.live(1, 0)[0] == 1


def test_two_processes_append_in_turn(address: str, store: ClickHouseStore):
    stores = [store, ClickHouseStore(address)]
    problems: list[BaseException] = []

    def send(one: ClickHouseStore, start: int) -> None:
        try:
            for number in range(start, start + 6, 2):
                one.append([listen(number), listen(number + 1)])
        except BaseException as problem:
            problems.append(problem)
        finally:
            one.close()

    threads = [threading.Thread(target=send, args=(one, place * 6)) for place, one in enumerate(stores)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    assert logged(store) == list(range(1, 13))


def test_destroyed_keys_are_not_in_the_journal(store: ClickHouseStore):
    store.append([listen(1, listener=Listener(visitor="x", address="203.0.113.1"))])
    assert "day_salt" in store._clickhouse.execute("SELECT changes FROM journal").fetchone()[0]
    with store.folding() as session:
        session.destroy_keys(DAY)
        session.advance("listen", 1, 1)
    rows = store._clickhouse.execute("SELECT changes FROM journal").fetchall()
    assert all("day_salt" not in text for (text,) in rows)
