"""Booking, weighing and accruing: from invoices to micro-units, day by day."""

from __future__ import annotations

from datetime import date, timedelta

from backline.domain.accrual import MICRO, accrue, corrected
from backline.domain.contribution import points_of
from backline.money import actions, queries
from backline.money.engine import artist_of, beat_of
from backline.money.models import Accrual, Bucket, DayWeights, LateMoney
from backline.money.shares import accrued_lines, day_lines
from tests.conftest import Cast
from tests.money.world import FIRST, World, fans, noon, plays

FEBRUARY = date(2026, 2, 1)


def lines(row: Accrual) -> dict[tuple[int, int], int]:
    keys, micro = accrued_lines(row)
    return dict(
        zip(zip(artist_of(keys).tolist(), beat_of(keys).tolist(), strict=True), micro.tolist(), strict=True)
    )


def weights(day: date) -> dict[tuple[int, int], int]:
    found = day_lines(day)
    return dict(
        zip(
            zip(found.artists.tolist(), found.beats.tolist(), strict=True), found.points.tolist(), strict=True
        )
    )


def test_a_day_is_weighed_and_accrues_its_bucket(world: World, cast: Cast):
    solo, shared = world.beat(cast.marlo), world.beat(cast.sable, cast.kit)
    plays(world, {solo: 5, shared: 6}, first=FIRST, last=FIRST + timedelta(days=3))
    world.invoice(world.subscriber(), 1200, first=FIRST, end=FEBRUARY)
    world.through(FIRST + timedelta(days=2))
    second = FIRST + timedelta(days=1)
    whole = points_of(1, 12)
    low, high = sorted((cast.sable.pk, cast.kit.pk))
    assert weights(second) == {
        (cast.marlo.pk, solo.pk): points_of(1, 10),
        (low, shared.pk): (whole + 1) // 2,
        (high, shared.pk): whole // 2,
    }
    row = Accrual.objects.get(day=second)
    assert lines(row) == accrue(row.bucket_minor, weights(second))
    assert row.bucket_minor in (38, 39)
    assert Bucket.objects.get(day=second).accrued_on == second


def test_a_beat_weighs_once_five_accounts_have_played_it(world: World, cast: Cast):
    beat = world.beat(cast.marlo)
    world.listening.play(FIRST, beat, *fans(4), *fans(50, start=-60), times=3)
    world.listening.play(FIRST + timedelta(days=1), beat, *fans(4))
    world.listening.play(FIRST + timedelta(days=2), beat, *fans(1, start=2_000))
    world.through(FIRST + timedelta(days=2))
    assert list(DayWeights.objects.order_by("day").values_list("lines", flat=True)) == [0, 0, 1]
    assert weights(FIRST + timedelta(days=2)) == {(cast.marlo.pk, beat.pk): points_of(2, 54 * 3 + 4 + 1)}


def test_of_an_artists_new_beats_of_a_month_only_twenty_weigh(world: World, cast: Cast):
    beats = [world.beat(cast.marlo) for _ in range(22)]
    for number, beat in enumerate(beats):
        world.listening.play(FIRST, beat, *fans(5), times=1 + number)
    world.through(FIRST)
    assert {beat for _, beat in weights(FIRST)} == {beat.pk for beat in beats[2:]}


def test_money_of_days_without_weights_waits_for_the_next(world: World, cast: Cast):
    beat = world.beat(cast.marlo)
    world.listening.play(FIRST, beat, *fans(2))
    world.listening.play(FIRST + timedelta(days=3), beat, *fans(9))
    world.invoice(world.subscriber(), 3100, first=FIRST - timedelta(days=5), end=FIRST + timedelta(days=26))
    world.through(FIRST + timedelta(days=4))
    rows = {row.day: row.bucket_minor for row in Accrual.objects.all()}
    assert rows == {FIRST + timedelta(days=3): 900, FIRST + timedelta(days=4): 100}
    shown = queries.bucket_days(FIRST, FIRST + timedelta(days=3), currency="EUR")
    assert [day.accrued_on for day in shown] == [FIRST + timedelta(days=3)] * 4


def test_a_refund_cancels_open_days_and_corrects_closed_ones(world: World, cast: Cast):
    one, other = world.beat(cast.marlo), world.beat(cast.sable)
    plays(world, {one: 5, other: 8}, first=FIRST, last=date(2026, 1, 20))
    invoice = world.invoice(world.subscriber(), 3100, first=FIRST, end=FEBRUARY)
    world.invoice(world.subscriber(), 620, first=FIRST, end=FEBRUARY)
    world.through(date(2026, 1, 10))
    learned = world.today
    world.refund(invoice, 3100, on=learned)
    world.through(learned)
    assert set(LateMoney.objects.values_list("amount_minor", flat=True)) == {-100}
    assert LateMoney.objects.count() == 10
    assert set(Bucket.objects.values_list("paid_in_minor", flat=True)) == {120, 20}
    (row,) = Accrual.objects.filter(kind="correction")
    assert (row.day, row.of_month, row.bucket_minor) == (learned, FIRST, -1000)
    expected: dict[tuple[int, int], int] = {}
    for number in range(10):
        for line, part in corrected(120, 20, points=weights(FIRST + timedelta(days=number))).items():
            expected[line] = expected.get(line, 0) + part
    assert lines(row) == expected


def test_a_late_invoice_pays_for_closed_days_as_well(world: World, cast: Cast):
    beat = world.beat(cast.marlo)
    plays(world, {beat: 5}, first=FIRST, last=date(2026, 1, 20))
    world.invoice(world.subscriber("JPY"), 310, first=FIRST, end=FEBRUARY)
    world.through(date(2026, 1, 5))
    world.invoice(world.subscriber(), 3100, first=FIRST, end=FEBRUARY, paid_on=world.today)
    world.through(world.today)
    (row,) = Accrual.objects.filter(kind="correction")
    assert (row.currency, row.bucket_minor) == ("EUR", 500)
    assert lines(row) == {(cast.marlo.pk, beat.pk): 500 * MICRO}
    assert not Accrual.objects.filter(currency="JPY", kind="correction").exists()


def test_withdrawn_plays_count_less_from_the_day_of_the_decision(world: World, cast: Cast):
    from backline.money.listens import LaterChange

    beat = world.beat(cast.marlo)
    plays(world, {beat: 6}, first=FIRST, last=FIRST)
    world.listening.play(date(2026, 1, 9), beat)
    decided = date(2026, 1, 8)
    world.listening.changes.append(LaterChange(1, decided, FIRST, beat.pk, -2))
    world.through(date(2026, 1, 9))
    before, after = decided - timedelta(days=1), decided
    assert weights(before) == {(cast.marlo.pk, beat.pk): points_of(6, 6)}
    assert weights(after) == {(cast.marlo.pk, beat.pk): points_of(7, 4)}


def test_a_staff_case_corrects_the_days_before(world: World, cast: Cast):
    cheated, honest = world.beat(cast.marlo), world.beat(cast.sable)
    plays(world, {cheated: 30, honest: 5}, first=FIRST, last=date(2026, 1, 9))
    world.invoice(world.subscriber(), 3100, first=FIRST, end=FEBRUARY)
    world.through(date(2026, 1, 9))
    withdrawn = {FIRST + timedelta(days=number): 30 for number in range(9)}
    for _ in range(2):
        days = actions.correct_plays(cheated.pk, withdrawn=withdrawn, case="case 7", now=noon(world.today))
        assert days == 9
    world.through(world.today)
    (row,) = Accrual.objects.filter(kind="correction")
    gave: dict[tuple[int, int], int] = {}
    for each in Accrual.objects.filter(kind="day", day__lte=date(2026, 1, 9)):
        for line, part in lines(each).items():
            gave[line] = gave.get(line, 0) + part
    mine, theirs = (cast.marlo.pk, cheated.pk), (cast.sable.pk, honest.pk)
    assert row.bucket_minor == 0
    assert lines(row) == {mine: -gave[mine], theirs: gave[mine]}


def test_what_is_booked_twice_counts_once(world: World, cast: Cast):
    world.invoice(world.subscriber(), 3100, first=FIRST, end=FEBRUARY)
    assert [actions.book_facts(now=noon(FIRST)) for _ in range(3)] == [1, 0, 0]
    assert sum(Bucket.objects.values_list("paid_in_minor", flat=True)) == 3100


def test_an_invoice_of_the_future_waits(world: World, cast: Cast):
    world.invoice(world.subscriber(), 100, first=FIRST, end=FEBRUARY, paid_on=FIRST + timedelta(days=1))
    assert actions.book_facts(now=noon(FIRST)) == 0


def test_platform_share_is_that_of_the_last_closed_day(world: World, cast: Cast):
    assert queries.platform_share(cast.marlo.pk) is None
    mine, theirs = world.beat(cast.marlo), world.beat(cast.sable, cast.marlo)
    plays(world, {mine: 5, theirs: 5}, first=FIRST, last=FIRST)
    world.through(FIRST)
    share = queries.platform_share(cast.marlo.pk)
    assert share is not None
    assert (share.day, share.beats, share.all_micro_points) == (FIRST, 2, 2 * points_of(0, 5))
    assert queries.pool_points_of_beats([mine.pk, theirs.pk, 99]) == {
        mine.pk: points_of(0, 5),
        theirs.pk: points_of(0, 5),
    }
    own = queries.pool_points_of_artist_beats(cast.marlo.pk)
    assert share.own_micro_points == sum(own.values()) and set(own) == {mine.pk, theirs.pk}
    assert queries.platform_share(cast.kit.pk).own_micro_points == 0  # type: ignore[union-attr]
