"""Months: sums of their days, who was heard before, who played most; old days merge and reads say so."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pyroaring import BitMap

from backline.domain.months import month_of, next_month
from backline.listening import months, queries
from backline.listening.calendar import to_date
from backline.listening.closing import close_all
from backline.listening.fold import fold_all
from backline.listening.store import Owner, open_store
from backline.listening.store.closes import AccountPlays
from backline.listening.store.packed import unpack_numbers
from tests.listening.past import Past, at_noon, quick, send_all
from tests.listening.rollups import rollups
from tests.listening.test_closing import play

pytestmark = pytest.mark.django_db
# 1 October 2024.
FIRST = 19_997


@pytest.fixture(autouse=True)
def _quick(_fresh_files: None) -> None:
    quick()


def live(days: range, *, end: int) -> None:
    past = Past(4)
    send_all([draft for day in days for draft in past.listens(day, 3)])
    fold_all(now=at_noon(days[-1]))
    close_all(now=at_noon(end))


def test_a_month_is_published_when_its_last_day_is_closed():
    last = next_month(FIRST) - 1
    live(range(FIRST, last + 3), end=last + 3)
    assert open_store().horizons().months == 0
    close_all(now=at_noon(last + 4))
    assert open_store().horizons().months == FIRST
    for owner, ids in ((Owner.BEAT, [1, 2, 3, 4]), (Owner.ARTIST, [10, 20, 30])):
        for owner_id in ids:
            [month] = open_store().months(owner, owner_id, 0, 1 << 30)
            days = open_store().days(owner, owner_id, FIRST, last)
            for name in ("plays", "received", "visits", "completions", "heard_ms"):
                assert getattr(month.sums, name) == sum(getattr(day, name) for day in days)
            assert BitMap.deserialize(month.sums.accounts) == BitMap.union(
                *(BitMap.deserialize(day.accounts) for day in days if day.accounts)
            )


def test_top_listeners_and_newcomers():
    send_all([play(n, network=1, account=f"p:1:{min(n, 3)}", day=FIRST + n) for n in range(6)])
    send_all([play(n, network=1, account=f"p:1:{n}", day=next_month(FIRST) + n) for n in range(2, 6)])
    fold_all(now=at_noon(FIRST))
    close_all(now=at_noon(next_month(FIRST) + 50))
    first, last = to_date(FIRST), to_date(next_month(FIRST) + 20)
    top = queries.top_listeners(Owner.BEAT, 1, first=first, last=last)
    keys = queries.account_keys([each.account for each in top])
    assert [(keys[each.account], each.plays) for each in top] == [
        ("p:1:3", 4),
        ("p:1:2", 2),
        ("p:1:0", 1),
        ("p:1:1", 1),
        ("p:1:4", 1),
        ("p:1:5", 1),
    ]
    november = to_date(next_month(FIRST))
    for owner, owner_id in ((Owner.BEAT, 1), (Owner.ARTIST, 10)):
        found = queries.new_and_returning(owner, owner_id, first=november, last=last)
        assert (found.new, found.returning) == (2, 2)
        found = queries.new_and_returning(owner, owner_id, first=to_date(FIRST + 3), last=last)
        assert (found.new, found.returning) == (3, 1)


def test_only_the_fifty_with_most_plays_are_kept():
    plays = [(account, 1 + account % 7) for account in range(1, 90)]
    rows = [AccountPlays(1, account, count) for account, count in plays]
    packed = unpack_numbers(months.tops_of(rows)[1])
    assert len(packed) == 100
    assert packed[:6] == [6, 7, 13, 7, 20, 7]


def test_old_days_are_months_and_totals_stay():
    live(range(FIRST, FIRST + 40, 2), end=FIRST + 60)
    before = open_store().totals(Owner.BEAT, [1, 2, 3, 4])
    retention = queries.beat_retention(1, first=to_date(FIRST), last=to_date(FIRST + 60))
    assert retention.first == to_date(FIRST)
    close_all(now=at_noon(FIRST + 460))
    assert open_store().horizons().beat_days > FIRST + 31
    assert open_store().totals(Owner.BEAT, [1, 2, 3, 4]) == before
    assert not [row for row in rollups()["beat_day"] if row[1] < month_of(FIRST + 40)]
    middle = to_date(FIRST + 10)
    for beat in (1, 2, 3, 4):
        [row] = open_store().days(Owner.BEAT, beat, FIRST + 10, FIRST + 20)
        assert row.day == FIRST
        assert (
            queries.beats_in_period([beat], first=middle, last=to_date(FIRST + 20))[beat].plays == row.plays
        )
        figures = queries.beat_figures(beat, first=middle, last=middle, now=at_noon(FIRST + 60))
        assert figures.receipts.received == row.received
    # Artists keep their days, and the log knows the beats' still.
    assert len(open_store().days(Owner.ARTIST, 10, FIRST, FIRST + 20)) > 5
    listeners = [*queries.beat_day_listeners(to_date(FIRST), to_date(FIRST + 5))]
    assert {row.day for row in listeners} <= {to_date(FIRST + n) for n in range(6)}
    assert queries.beat_plays(to_date(FIRST), to_date(FIRST + 400)) == {
        beat: row.plays for beat, row in before.items()
    }
    whole = queries.beat_retention(1, first=middle, last=to_date(FIRST + 12))
    assert whole.first == to_date(FIRST)
    assert queries.beat_retention(1, first=to_date(FIRST), last=to_date(FIRST + 60)) == retention


def test_retention_of_merged_seconds_is_of_whole_months_at_both_ends():
    live(range(FIRST, FIRST + 40, 2), end=FIRST + 60)
    october = queries.beat_retention(1, first=to_date(FIRST), last=to_date(next_month(FIRST) - 1))
    close_all(now=at_noon(FIRST + 160))
    horizons = open_store().horizons()
    assert horizons.beat_days <= FIRST < horizons.seconds
    assert queries.beat_retention(1, first=to_date(FIRST + 10), last=to_date(FIRST + 12)) == october


def test_publishing_again_after_a_change_in_between(monkeypatch: pytest.MonkeyPatch):
    from backline.listening.changing import change_verdicts

    live(range(FIRST, FIRST + 35), end=FIRST + 33)
    made = months.make_months
    counted = [
        row.listen.seq for row in open_store().judged(1, FIRST, FIRST + 30, limit=99) if row.verdict == 0
    ]

    def interfere(*args: object) -> None:
        made(*args)  # type: ignore[arg-type]
        if counted:
            change_verdicts([(counted.pop(), 11)], case_id=1, reason="case 1", at=at_noon(FIRST + 33))

    monkeypatch.setattr(months, "make_months", interfere)
    close_all(now=at_noon(FIRST + 35) + timedelta(hours=1))
    [month] = open_store().months(Owner.BEAT, 1, 0, 1 << 30)
    assert month.sums.plays == sum(row.plays for row in open_store().days(Owner.BEAT, 1, FIRST, FIRST + 30))
