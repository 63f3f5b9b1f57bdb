"""With the listening store itself: closed days, plays withdrawn later, and months that end in other zones."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from backline.catalog.models import Beat
from backline.domain.contribution import points_of
from backline.domain.verdicts import Verdict
from backline.listening.calendar import reporting
from backline.listening.changing import change_verdicts
from backline.listening.closing import close_all
from backline.listening.fold import fold_all
from backline.listening.store.rows import CODES
from backline.money import actions, listens, queries
from backline.money.checks import check
from backline.money.models import Bucket, DayWeights, LateMoney, Statement
from backline.money.shares import day_lines
from backline.shop import actions as shop
from backline.shop.models import Subscription
from tests.conftest import Cast
from tests.listening.world import listen, make_beat, send

FIRST = date(2026, 2, 27)


@pytest.fixture
def beat(cast: Cast) -> Beat:
    """A beat of Marlo's, first public on the first day."""
    at = datetime(2026, 2, 27, 1, tzinfo=UTC)
    beat = make_beat(cast.marlo, now=at)
    Beat.objects.filter(pk=beat.pk).update(first_published_at=at)
    return beat


def heard(beat: Beat, at: datetime, listeners: int) -> None:
    """Listeners who are signed in on a platform play it once each."""
    events = [listen(beat, at=at, listener=f"fan {number}") for number in range(listeners)]
    assert {result.status for result in send(*events, now=at + timedelta(minutes=5))} == {"accepted"}


def days_pass(until: datetime) -> None:
    fold_all(now=until)
    close_all(now=until)
    while actions.advance_pool(now=until):
        pass


def paying(cast: Cast, currency: str = "EUR") -> Subscription:
    at = datetime(2026, 2, 1, tzinfo=UTC)
    plan = shop.create_plan("Plus", prices={currency: 1200}, licences_a_month=None, now=at)
    return shop.start_subscription(cast.lee, plan=plan, currency=currency, external_id="sub_1", now=at)


def pay(subscription: Subscription, *, first: date, end: date, at: datetime, net: int = 1200) -> None:
    shop.record_invoice(
        subscription, external_id=f"in {at}", paid_at=at, period_start=first, period_end=end,
        plan_net_minor=net, fee_minor=0, tax_minor=0,
    )  # fmt: skip


def points(day: date) -> list[int]:
    found: list[int] = day_lines(day).points.tolist()
    return found


def test_a_real_day_is_weighed_settled_and_explained(cast: Cast, beat: Beat):
    heard(beat, datetime(2026, 2, 27, 20, tzinfo=UTC), 6)
    heard(beat, datetime(2026, 2, 28, 20, tzinfo=UTC), 2)
    pay(paying(cast), first=FIRST, end=date(2026, 3, 1), at=datetime(2026, 2, 27, tzinfo=UTC))
    days_pass(datetime(2026, 3, 4, tzinfo=UTC))
    assert points(FIRST) == [points_of(0, 6)]
    assert points(date(2026, 2, 28)) == [points_of(1, 8)]
    row = actions.run_settlement(date(2026, 2, 1), now=datetime(2026, 3, 10, tzinfo=UTC))
    assert Statement.objects.get(settlement=row).earned_minor == 1200
    assert queries.explanation(Statement.objects.get().pk).problems == []
    assert check() == []


def test_plays_withdrawn_after_the_settlement_show_in_the_next_statement(cast: Cast, beat: Beat):
    other = make_beat(cast.sable, now=datetime(2026, 2, 27, 1, tzinfo=UTC))
    Beat.objects.filter(pk=other.pk).update(first_published_at=datetime(2026, 2, 27, 1, tzinfo=UTC))
    for one, hour in ((beat, 20), (other, 21)):  # not at once: nobody hears two beats at a time
        heard(one, datetime(2026, 2, 27, hour, tzinfo=UTC), 9)
    heard(other, datetime(2026, 3, 31, 20, tzinfo=UTC), 1)
    pay(paying(cast), first=FIRST, end=date(2026, 3, 1), at=datetime(2026, 2, 27, tzinfo=UTC))
    days_pass(datetime(2026, 3, 4, tzinfo=UTC))
    actions.run_settlement(date(2026, 2, 1), now=datetime(2026, 3, 10, tzinfo=UTC))
    decided_at = datetime(2026, 3, 12, 9, tzinfo=UTC)
    change_verdicts(
        [(seq, CODES[Verdict.ROBOT]) for seq in (1, 2, 3)], case_id=4, reason="bought", at=decided_at
    )
    actions.correct_plays(beat.pk, withdrawn={FIRST: 3}, case="case 4", now=decided_at)
    days_pass(datetime(2026, 4, 5, tzinfo=UTC))
    assert points(date(2026, 3, 11)) == [points_of(12, 9)] * 2
    assert sorted(points(date(2026, 3, 12))) == [points_of(13, 6), points_of(13, 9)]
    row = actions.run_settlement(date(2026, 3, 1), now=datetime(2026, 4, 10, tzinfo=UTC))
    mine, theirs = (Statement.objects.get(settlement=row, artist=who) for who in (cast.marlo, cast.sable))
    assert mine.earned_minor == -theirs.earned_minor < 0
    (correction,) = queries.explanation(mine.pk).corrections
    assert (correction.of_month, correction.bucket_minor) == (date(2026, 2, 1), 0)
    assert check() == []


@pytest.mark.parametrize(
    ("zone", "learned_on"),
    [
        ("Pacific/Auckland", date(2026, 3, 7)),
        ("America/New_York", date(2026, 3, 6)),
        ("Asia/Kathmandu", date(2026, 3, 7)),
    ],
)
def test_days_and_months_are_those_of_the_reporting_zone(cast: Cast, beat: Beat, settings, zone, learned_on):
    settings.REPORTING_ZONE = zone
    heard(beat, datetime(2026, 2, 28, 11, tzinfo=UTC), 6)
    heard(beat, datetime(2026, 3, 1, 4, tzinfo=UTC), 6)
    subscription = paying(cast)
    pay(subscription, first=FIRST, end=date(2026, 3, 7), at=datetime(2026, 3, 1, tzinfo=UTC))
    days_pass(datetime(2026, 3, 6, 22, tzinfo=UTC))
    # 11:00 UTC is already March in Auckland, and 4:00 UTC still February in New York.
    february = {"Pacific/Auckland": 0, "America/New_York": 12, "Asia/Kathmandu": 6}[zone]
    last = DayWeights.objects.filter(day=date(2026, 2, 28)).first()
    assert (last is None) == (february == 0)
    assert last is None or points(last.day) == [points_of((last.day - _first_on(beat)).days, february)]
    pay(subscription, first=date(2026, 3, 1), end=date(2026, 3, 2), at=datetime(2026, 3, 6, 21, tzinfo=UTC))
    while actions.book_facts(now=datetime(2026, 3, 6, 22, tzinfo=UTC)):
        pass
    assert set(LateMoney.objects.values_list("day", flat=True)) == {learned_on}


def _first_on(beat: Beat) -> date:
    at = Beat.objects.values_list("first_published_at", flat=True).get(pk=beat.pk)
    assert at is not None
    return reporting().today(at)


def test_the_short_and_the_long_day_of_a_clock_change(cast: Cast, beat: Beat, settings):
    settings.REPORTING_ZONE = "Europe/Berlin"
    lengths = [
        listens.closes_at(day) - listens.closes_at(day - timedelta(days=1))
        for day in (date(2026, 3, 29), date(2026, 10, 25), date(2026, 3, 30))
    ]
    assert lengths == [timedelta(hours=23), timedelta(hours=25), timedelta(hours=24)]
    heard(beat, datetime(2026, 3, 28, 22, 30, tzinfo=UTC), 6)  # 23:30 of the 28th
    heard(beat, datetime(2026, 3, 29, 21, 30, tzinfo=UTC), 2)  # 23:30 of the 29th, an hour ahead
    pay(paying(cast), first=date(2026, 3, 28), end=date(2026, 3, 31), at=datetime(2026, 3, 28, tzinfo=UTC))
    days_pass(datetime(2026, 4, 2, 21, 59, tzinfo=UTC))
    assert DayWeights.objects.latest("day").day == date(2026, 3, 29)
    days_pass(datetime(2026, 4, 2, 22, 0, tzinfo=UTC))
    assert [points(date(2026, 3, day)) for day in (28, 29, 30)] == [
        [points_of(age, plays)] for age, plays in ((29, 6), (30, 8), (31, 8))
    ]
    assert set(Bucket.objects.values_list("paid_in_minor", flat=True)) == {400}
    assert check() == []
