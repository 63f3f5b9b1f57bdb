"""Whatever happened, a rebuild comes out identical; received is counted plus rejected at every step."""

from __future__ import annotations

import pytest

from backline.listening import months
from backline.listening import rebuild as rebuilding
from backline.listening.closing import close_all
from backline.listening.fold import fold_all
from backline.listening.months import add_late_marks
from backline.listening.rebuild import OvertakenError, rebuild
from backline.listening.store import Owner, open_store
from backline.listening.tallying import Batch
from tests.listening.past import BEATS, Past, at_noon, quick, send_all
from tests.listening.rollups import rollups

pytestmark = pytest.mark.django_db
START, DAYS = 20_000, 470
SEEDS = [1, pytest.param(2, marks=pytest.mark.slow)]


def live_through(seed: int, *, end: int = START + DAYS) -> Past:
    """Sixteen months: events, folds, closes, months, changes of new and old verdicts, likes taken back."""
    quick()
    past = Past(seed)
    day = START
    while day < end:
        drafts = [*past.listens(day, past.dice.randint(1, 12)), past.download(day), past.mark(day)]
        if (day - START) % 40 < 5:
            drafts += [past.guest(day, number) for number in range(60)]
        past.dice.shuffle(drafts)
        send_all(drafts)
        fold_all(now=at_noon(day))
        if past.dice.random() < 0.3:
            close_all(now=at_noon(day))
        if past.dice.random() < 0.1:
            past.change_some(now=at_noon(day))
        day += past.dice.choice([1, 1, 5, 11])
    return past


def check_sums() -> None:
    """Every row, day by day and in total, adds up."""
    for owner, ids in ((Owner.BEAT, [*BEATS]), (Owner.ARTIST, [10, 20, 30])):
        totals = open_store().totals(owner, ids)
        for owner_id in ids:
            rows = open_store().days(owner, owner_id, 0, 1 << 30)
            for row in rows:
                assert row.received == row.plays + sum(row.rejected().values())
            total = totals[owner_id]
            assert total.received == total.plays + sum(total.rejected().values())
            assert sum(row.plays for row in rows) == totals[owner_id].plays
            assert sum(row.received for row in rows) == totals[owner_id].received


@pytest.mark.parametrize("seed", SEEDS)
def test_it_is_identical(seed: int, monkeypatch: pytest.MonkeyPatch):
    live_through(seed)
    live = rollups()
    check_sums()
    assert all(live[table] for table in live), "a table that is not tested"
    horizons = open_store().horizons()
    assert START < horizons.beat_days < horizons.seconds < horizons.months
    assert {change.reason for change in open_store().changes(0, 1_000)} == {"network", "case 1"}
    monkeypatch.setattr(rebuilding, "PORTION", 97)
    monkeypatch.setattr(months, "OWNERS", 2)
    monkeypatch.setattr(rebuilding, "WRITTEN", 13)
    for from_day in (None, START + 20, START + 200, START + DAYS - 20, START + DAYS - 2):
        rebuild(from_day=from_day)
        again = rollups()
        for table in live:
            assert again[table] == live[table], (from_day, table)
    check_sums()


def test_intake_the_fold_closes_and_changes_go_on_meanwhile(monkeypatch: pytest.MonkeyPatch):
    past = live_through(3, end=START + 100)
    monkeypatch.setattr(rebuilding, "PORTION", 20)
    monkeypatch.setattr(rebuilding, "WRITTEN", 5)
    now = START + 100
    seen: set[int] = set()

    def meanwhile(_done: int) -> None:
        """Ten times in a rebuild: a day of everything, published months among them."""
        nonlocal now
        seen.add(sum(row.received for row in open_store().totals(Owner.BEAT, [*BEATS]).values()))
        if len(seen) > 10:
            return
        send_all([*past.listens(now, 7), past.download(now), past.mark(now)])
        fold_all(now=at_noon(now))
        past.change_some(now=at_noon(now))
        close_all(now=at_noon(now))
        now += 6
        check_sums()

    rebuild(note=meanwhile)
    assert len(seen) > 10, "the figures were served and moved on"
    fold_all(now=at_noon(now))
    live = rollups()
    check_sums()
    rebuild()
    assert rollups() == live


@pytest.mark.parametrize("step", ["record", "make_months", "clear_behind", "count_again"])
def test_one_that_dies_leaves_the_old_figures(step: str, monkeypatch: pytest.MonkeyPatch):
    live_through(4, end=START + 150)
    live = rollups()
    with monkeypatch.context() as patch:
        patch.setattr(rebuilding, step, lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            rebuild()
    assert rollups() == live
    rebuild(from_day=START + 100)
    assert rollups() == live


def test_likes_taken_back_long_after_are_taken_off_their_month():
    quick()
    past = Past(6)
    given = [past.mark(day) for day in range(START, START + 30, 3)]
    send_all([*past.listens(START, 5), *given])
    fold_all(now=at_noon(START))
    close_all(now=at_noon(START + 480))
    assert open_store().horizons().beat_days > START + 30
    with open_store().folding() as session:
        steps = [step._replace(step=-1) for _, step in session.mark_steps(0, 99)]
        batch = Batch(session)
        for step in steps:
            batch.add_mark(step)
        session.add_mark_steps(steps)
        session.add(batch.tallies)
        add_late_marks(session, steps)
    live = rollups()
    assert live["beat_month"] and not any(row[6] for row in live["beat_month"]), "no like is left in a month"
    assert not [row for row in live["beat_day"] if row[1] < START + 30], "no day came back"
    rebuild()
    assert rollups() == live


def test_of_two_at_once_the_later_one_ends_well():
    live_through(9, end=START + 40)
    live = rollups()

    def begin_another(_done: int) -> None:
        if not begun:
            begun.append(True)
            rebuild()

    begun: list[bool] = []
    with pytest.raises(OvertakenError):
        rebuild(note=begin_another)
    assert rollups() == live


def test_what_arrives_at_the_last_moment_is_not_lost():
    quick()
    past = Past(12)
    send_all([*past.listens(START, 20)])
    fold_all(now=at_noon(START))
    calls: list[int] = []

    def meanwhile(done: int) -> None:
        """After the portion that found nothing more, before the last transaction."""
        if calls == [20, 20]:
            return
        calls.append(done)
        if calls == [20, 20]:
            send_all([*past.listens(START, 5), past.download(START), past.mark(START)])
            fold_all(now=at_noon(START))

    assert rebuild(note=meanwhile) == 25
    live = rollups()
    assert sum(row.received for row in open_store().totals(Owner.BEAT, [*BEATS]).values()) == 25
    rebuild()
    assert rollups() == live
