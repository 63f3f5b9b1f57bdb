"""Fold sessions: all or nothing, and one at a time."""

from __future__ import annotations

import threading

import pytest

from backline.listening.store import Owner, Store
from backline.listening.store.closes import Seal
from backline.listening.store.rows import Mark
from backline.listening.store.tally import Tally
from tests.listening.store.contract.drafts import DAY, download, like, listen


def tally(plays: int, *, accounts: set[int] | None = None, **more: object) -> Tally:
    made = Tally()
    made.plays = made.received = plays
    made.accounts = accounts or set()
    for name, value in more.items():
        setattr(made, name, value)
    return made


def test_all_of_a_session_or_nothing(store: Store):
    with pytest.raises(ZeroDivisionError), store.folding() as session:
        session.add({(Owner.BEAT, 1, DAY): tally(3)})
        session.advance("listen", 5, 9)
        session.number_of_account("p:1:gone")
        raise ZeroDivisionError
    assert store.totals(Owner.BEAT, [1]) == {}
    with store.folding() as session:
        assert session.watermark("listen") == 0
        assert session.number_of_account("p:1:kept") == 1
        session.add({(Owner.BEAT, 1, DAY): tally(3)})
        session.advance("listen", 5, 9)
    with store.folding() as session:
        assert session.watermark("listen") == 5
    assert store.totals(Owner.BEAT, [1])[1].plays == 3


def test_tallies_add_up_in_days_and_totals(store: Store):
    for day, plays, accounts in ((DAY, 2, {1, 2}), (DAY, 1, {2}), (DAY + 1, 4, {3})):
        with store.folding() as session:
            session.add({(Owner.ARTIST, 1, day): tally(plays, accounts=accounts, hours={5: plays, 29: 1})})
    assert store.series(Owner.ARTIST, 1, DAY, DAY + 5) == [(DAY, 3, 0), (DAY + 1, 4, 0)]
    assert store.hours(Owner.ARTIST, 1, DAY, DAY)[DAY][0][5] == 3
    assert store.hours(Owner.ARTIST, 1, DAY, DAY)[DAY][1][5] == 2
    total = store.totals(Owner.ARTIST, [1, 2])[1]
    assert (total.first_day, total.last_day, total.plays) == (DAY, DAY + 1, 7)
    with store.folding() as session:
        session.add({(Owner.ARTIST, 1, DAY): tally(-3, hours={5: -3, 29: -2})})
    assert [row.day for row in store.days(Owner.ARTIST, 1, DAY, DAY)] == [DAY]


def test_many_owners_at_once(store: Store):
    with store.folding() as session:
        session.add({(Owner.BEAT, beat, DAY): tally(beat) for beat in range(1, 1201)})
    sums = store.beat_sums(list(range(1, 1201)), DAY, DAY)
    assert sums == {beat: (beat, 0) for beat in range(1, 1201)}
    assert len(store.totals(Owner.BEAT, list(range(1, 1201)))) == 1200


def test_moves_are_the_sums_of_both_sides(store: Store):
    with store.folding() as session:
        session.add(
            {(Owner.BEAT, beat, DAY + day): tally(beat * day) for beat in (1, 2, 3) for day in range(1, 7)}
        )
    ids, after, before = (
        [1, 2, 9],
        store.beat_sums([1, 2], DAY + 4, DAY + 5),
        store.beat_sums([1, 2], DAY + 2, DAY + 3),
    )
    moves = {beat: (after[beat][0], before[beat][0]) for beat in (1, 2)}
    assert store.beat_moves(ids, DAY + 2, DAY + 4, DAY + 5) == moves == {1: (9, 5), 2: (18, 10)}


def test_the_logs_come_in_order_from_a_number_on(store: Store):
    store.append([listen(number) for number in range(5)])
    store.append([download(number) for number in range(3)])
    store.append([like(number, beat=number + 1) for number in range(3)])
    with store.folding() as session:
        assert [row.seq for row in session.listens(2, 2)] == [3, 4]
        assert [row.seq for row in session.downloads(1, 9)] == [2, 3]
        assert [(seq, mark.target) for seq, mark in session.marks(1, 9)] == [(2, 2), (3, 3)]


def test_verdicts_are_kept_beside_the_log(store: Store):
    store.append([listen(number) for number in range(4)])
    store.append([download(number) for number in range(2)])
    with store.folding() as session:
        session.record_listens([(1, 0), (2, 6), (3, 0)], 1)
        session.record_downloads([(1, 0), (2, 8)], 1)
    with store.folding() as session:
        assert [row.seq for row in session.counted_listens(DAY, 10)] == [1, 3]
        assert [row.seq for row in session.counted_listens(DAY, 3)] == [1]
        assert session.counted_download_times(1, 1, 10) == [download(0).at_ms]
        assert session.counted_download_times(1, 1, 1) == []


def test_marks_hold_once_and_are_taken_back_on_their_day(store: Store):
    given = Mark(kind=1, target=1, account=1, artists=1, day=DAY)
    back = given._replace(day=DAY + 3, given=False)
    with store.folding() as session:
        assert session.set_mark(given) == given
        assert session.set_mark(given._replace(day=DAY + 1)) is None
    with store.folding() as session:
        assert session.set_mark(back) == back._replace(day=DAY)
        assert session.set_mark(back) is None


def test_listed_downloads_are_read_newest_first(store: Store):
    store.append([download(number) for number in range(4)])
    with store.folding() as session:
        session.list_downloads([(1, download(number).at_ms, number + 1, DAY) for number in range(4)])
    times = {"from_ms": download(1).at_ms, "until_ms": download(9).at_ms}
    found = store.downloads(1, **times, limit=2, offset=0)
    assert [row.at_ms for row in found] == [download(3).at_ms, download(2).at_ms]
    assert (found[0].listener, found[0].licence_type) == ("p:1:lee", "standard")
    assert [row.at_ms for row in store.downloads(1, **times, limit=5, offset=2)] == [download(1).at_ms]


def test_minutes_are_forgotten(store: Store):
    for minute in (100, 101):
        with store.folding() as session:
            session.add_minutes({(1, minute): 2}, minute - 5)
    with store.folding() as session:
        session.add_minutes({(1, 101): 1}, 101)
    assert store.live(1, 101 * 60_000) == (0, 3)
    assert store.live(1, 0) == (0, 3)


def test_two_sessions_take_turns(store: Store):
    problems: list[BaseException] = []

    def add() -> None:
        try:
            for _ in range(5):
                with store.folding() as session:
                    seq = session.watermark("listen")
                    session.add({(Owner.BEAT, 1, DAY): tally(1)})
                    session.advance("listen", seq + 1, 1)
        except BaseException as problem:
            problems.append(problem)
        finally:
            store.close()

    threads = [threading.Thread(target=add) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    with store.folding() as session:
        assert session.watermark("listen") == 15
    assert store.totals(Owner.BEAT, [1])[1].plays == 15


def test_log_rows_go_and_come_back(store: Store):
    store.append([listen(number) for number in range(5)])
    rows = store.log_rows(DAY, DAY, 0, 100)
    assert [row[0] for row in rows] == [1, 2, 3, 4, 5]
    assert store.log_rows(DAY, DAY, 2, 2) == rows[2:4]
    with store.folding() as session:
        assert session.drop_log(DAY, DAY, 3) == 3
    with store.folding() as session:
        assert session.drop_log(DAY, DAY, 9) == 1, "the last row stays"
        session.record_seal(Seal(DAY, 5, b"digest", dropped=1))
    assert store.log_rows(DAY, DAY, 0, 100) == rows[4:]
    assert store.seals() == [Seal(DAY, 5, b"digest", dropped=1)]
    store.append([listen(6)])
    with store.folding() as session:
        session.restore_log(rows)
        session.record_seal(Seal(DAY, 5, b"digest", dropped=0))
    assert store.log_rows(DAY, DAY, 0, 100)[:5] == rows
    assert [row[0] for row in store.log_rows(DAY, DAY, 5, 100)] == [6]
    assert store.seals()[0].dropped == 0


def test_appends_from_several_threads_lose_nothing(store: Store):
    def send(start: int) -> None:
        for number in range(start, start + 50, 10):
            store.append([listen(n) for n in range(number, number + 10)])
        store.close()

    threads = [threading.Thread(target=send, args=(start,)) for start in (0, 0, 50, 100)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.folding() as session:
        rows = session.listens(0, 1_000)
    assert [row.seq for row in rows] == list(range(1, 151))
    assert len({row.started_ms for row in rows}) == 150
