"""The close of a day: network rule, keys destroyed, figures kept, in order, once."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import connections

from backline.domain.verdicts import Verdict
from backline.listening import queries
from backline.listening.calendar import to_date, to_instant
from backline.listening.closing import close_all, close_next_day
from backline.listening.fold import fold_all
from backline.listening.store import open_store
from backline.listening.store.rows import CODES, Draft, Flag, ListenDraft, Listener, Status
from tests.listening.past import Past, at_noon, send_all
from tests.listening.rollups import rollups

pytestmark = pytest.mark.django_db
DAY = 20_000
KEYED = ("visitor", "address", "network", "address_account", "day_salt")


def play(number: int, *, network: int, day: int = DAY, beat: int = 1, account: str = "") -> ListenDraft:
    """A signed-out play of its own visitor and address in a network."""
    draft = Past(number).listen(day)
    return draft._replace(
        id=(day * 1_000_000 + beat * 10_000 + number).to_bytes(16, "big"),
        beat=beat,
        artists=(10,),
        listener=Listener(account, f"v{beat}.{number}", f"198.51.{network}.{number % 250}"),
        heard=((0, 100_000),),
        beat_ms=180_000,
        flags=Flag.BACK_END,
    )


def closable(day: int = DAY) -> datetime:
    """The first instant at which a day can close."""
    return at_noon(day) + timedelta(hours=12 + 72)


def keys() -> int:
    connection = open_store()._connections.get()  # type: ignore[attr-defined]
    return sum(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in KEYED)


def test_plays_from_one_network_are_taken_back():
    crowd = [play(n, network=1) for n in range(31)] + [play(n, network=2) for n in range(31, 50)]
    fewer = [play(n, network=1, beat=2) for n in range(49)]
    spread = [play(n, network=n % 2, beat=3) for n in range(60)]
    signed_in = [play(n, network=1, account=f"p:1:{n}") for n in range(60, 70)]
    send_all([*crowd, *fewer, *spread, *signed_in])
    fold_all(now=at_noon(DAY))
    close_all(now=closable())
    on = to_date(DAY)
    figures = [queries.beat_figures(beat, first=on, last=on, now=closable()) for beat in (1, 2, 3)]
    assert [each.receipts.rejected for each in figures] == [{"network": 31}, {}, {}]
    assert (figures[0].plays, figures[0].signed_out_visits, figures[0].accounts) == (29, 19, 10)
    assert figures[0].receipts.received == 60
    [closed] = queries.closed_days(on, on)
    assert (closed.received, closed.counted, closed.change_no) == (169, 138, 31)
    assert {change.reason for change in queries.verdict_changes(0)} == {"network"}
    assert queries.beat_day_plays(on)[0].plays == 29


def test_closing_destroys_what_names_the_signed_out():
    send_all([play(n, network=1, day=DAY + n // 5) for n in range(10)])
    fold_all(now=at_noon(DAY))
    before = keys()
    close_all(now=closable())
    assert 0 < keys() < before
    close_all(now=closable(DAY + 1))
    assert keys() == 0


@pytest.mark.usefixtures("sqlite_only")
def test_keys_are_not_left_in_the_file(settings, sqlite_only: None):
    send_all([play(n, network=1) for n in range(20)])
    connection = open_store()._connections.get()  # type: ignore[attr-defined]
    salt = connection.execute("SELECT salt FROM day_salt").fetchone()[0]
    fold_all(now=at_noon(DAY))
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    path = settings.LISTENING_URL.removeprefix("sqlite:///")

    def stored() -> bytes:
        return b"".join(Path(path + end).read_bytes() for end in ("", "-wal"))

    assert salt in stored()
    close_all(now=closable())
    assert salt not in stored()


def test_days_close_in_order_and_once():
    send_all([*Past(1).listens(DAY, 5), *Past(2).listens(DAY + 4, 5)])
    assert not close_next_day(now=closable(DAY + 9)), "nothing is folded yet"
    fold_all(now=at_noon(DAY))
    assert not close_next_day(now=closable() - timedelta(seconds=1))
    assert queries.last_closed_day() is None
    assert close_next_day(now=closable(DAY + 9))
    assert queries.last_closed_day() == to_date(DAY)
    close_all(now=closable(DAY + 5))
    before, days = rollups(), queries.closed_days(to_date(DAY - 9), to_date(DAY + 9))
    assert [day.day for day in days] == [to_date(day) for day in range(DAY, DAY + 6)]
    assert close_all(now=closable(DAY + 5)) == 0
    assert (rollups(), queries.closed_days(to_date(DAY - 9), to_date(DAY + 9))) == (before, days)


def test_an_empty_store_closes_nothing():
    assert close_all(now=closable()) == 0
    assert queries.last_closed_day() is None


def test_what_is_still_open_becomes_final_first():
    send_all([play(1, network=1)._replace(final=False), play(2, network=1)])
    fold_all(now=at_noon(DAY))
    assert close_next_day(now=closable())
    assert queries.last_closed_day() is None, "the listen must be folded first"
    fold_all(now=closable())
    close_all(now=closable())
    assert queries.closed_days(to_date(DAY), to_date(DAY))[0].received == 2


def test_an_event_of_a_closed_day_is_late():
    send_all([play(1, network=1)])
    fold_all(now=at_noon(DAY))
    close_all(now=closable())
    before = rollups()
    late: list[Draft] = [
        play(2, network=1),
        play(3, network=1, day=DAY - 5),
        Past(7).download(DAY),
        play(1, network=1),
    ]
    outcomes = open_store().append([*late, play(4, network=1, day=DAY + 1)])
    assert [outcome.status for outcome in outcomes] == [
        Status.LATE,
        Status.LATE,
        Status.LATE,
        Status.DUPLICATE,
        Status.ACCEPTED,
    ]
    assert keys() > 0, "of the open day only"
    assert open_store().plays_of_day(DAY)[0].plays == 1
    assert rollups() == before


@pytest.mark.django_db(transaction=True)
def test_two_workers_close_nothing_twice():
    send_all([play(n, network=1, day=DAY + n % 5) for n in range(280)])
    fold_all(now=at_noon(DAY))
    problems: list[BaseException] = []

    def work() -> None:
        try:
            close_all(now=closable(DAY + 9))
        except BaseException as problem:
            problems.append(problem)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    changes = queries.verdict_changes(0)
    assert len({change.no for change in changes}) == len(changes) == 280
    assert queries.last_closed_day() == to_date(DAY + 9)


def test_money_reads_what_held_at_the_close():
    from backline.listening.changing import change_verdicts

    send_all([play(n, network=n, account=f"p:1:{n % 2}" if n < 4 else "") for n in range(6)])
    fold_all(now=at_noon(DAY))
    on = to_date(DAY)
    with pytest.raises(queries.NotClosedError):
        queries.beat_day_plays(on)
    close_all(now=closable())
    change_verdicts([(1, CODES[Verdict.WITHDRAWN])], case_id=3, reason="case 3", at=closable())
    [beat] = queries.beat_day_plays(on)
    assert (beat.beat_id, beat.plays) == (1, 6)
    plays = [*queries.account_plays(on, on)]
    assert [(row.beat_id, row.plays) for row in plays] == [(1, 2), (1, 2)]
    assert queries.account_keys([row.account for row in plays]) == {1: "p:1:0", 2: "p:1:1"}
    [change] = queries.verdict_changes(queries.closed_days(on, on)[0].change_no)
    assert (change.day, change.beat_id, change.was, change.verdict, change.case_id) == (
        on,
        1,
        Verdict.COUNTED,
        Verdict.WITHDRAWN,
        3,
    )
    [day] = queries.beat_day_listeners(on, on)
    assert (day.accounts, day.visits) == (2, 2)
    assert queries.artist_plays(on, on) == {10: 5}
    assert to_instant(0) < change.at
