"""Monthly rules and the simulator: over columns as in the domain, and never before the month is over."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from backline.domain.accrual import MICRO
from backline.domain.pool_rules import RULES, PoolDay, PoolMonth, Subscriber
from backline.money import actions, commands, queries
from backline.money.checks import check
from backline.money.engine import artist_of, beat_of
from backline.money.models import Accrual, Bucket, PoolRuleStart, Statement
from backline.money.monthly import divided_by_plays_of
from backline.money.paid import paid_by_account
from backline.money.shares import accrued_lines, day_lines
from backline.shop.models import Invoice
from tests.conftest import Cast
from tests.money.world import FIRST, World, fans, noon, plays

FEBRUARY, MARCH = date(2026, 2, 1), date(2026, 3, 1)


@pytest.fixture
def heard(world: World, cast: Cast) -> World:
    """A month in which two subscribers hear different beats, and a third none."""
    one, other, shared = world.beat(cast.marlo), world.beat(cast.sable), world.beat(cast.kit, cast.marlo)
    plays(
        world, {one: 9, other: 5, shared: 6}, first=FIRST + timedelta(days=1), last=FIRST + timedelta(days=2)
    )
    for paid, refunded in ((1_200, 0), (2_400, 300), (999, 0)):
        invoice = world.invoice(world.subscriber(), paid, first=FIRST, end=FEBRUARY)
        if refunded:
            world.refund(invoice, refunded, on=FIRST)
    world.listening.play(date(2026, 1, 20), other, 1, times=2)
    world.listening.play(date(2026, 1, 21), one, 2)
    world.listening.play(date(2026, 1, 22), shared, 2, *fans(2))
    return world


def as_domain(world: World) -> PoolMonth:
    """The same month as the domain sees it, from what is stored and what was heard."""
    buckets: dict[date, int] = {}
    for bucket in Bucket.objects.filter(currency="EUR").order_by("day"):
        day = max(bucket.day, FIRST + timedelta(days=1))  # nothing weighs on the first
        buckets[day] = buckets.get(day, 0) + bucket.paid_in_minor * MICRO
    days = {}
    for day, bucket_micro in buckets.items():
        found = day_lines(day)
        keys = zip(found.artists.tolist(), found.beats.tolist(), strict=True)
        heard = {row.beat_id: row.plays for row in world.listening.day_plays(day)}
        days[day] = PoolDay(bucket_micro, dict(zip(keys, found.points.tolist(), strict=True)), heard)
    subscribers = {}
    numbers = {account: number for number, account in world.listening.accounts.items()}
    for account, paid in paid_by_account(FIRST, date(2026, 1, 31), "EUR").items():
        mine: dict[int, int] = {}
        for row in world.listening.account_plays(FIRST, date(2026, 1, 31)):
            if row.account == numbers[account]:
                mine[row.beat_id] = mine.get(row.beat_id, 0) + row.plays
        subscribers[account] = Subscriber(paid, mine)
    return PoolMonth(days, subscribers)


@pytest.mark.parametrize("rule", ["pro_rata", "user_centric"])
def test_a_monthly_rule_divides_when_the_month_is_over(heard: World, cast: Cast, rule: str):
    actions.start_pool_rule(rule, from_month=FIRST, by=cast.dana, now=noon(date(2025, 12, 31)))
    heard.through(date(2026, 1, 30))
    assert not Accrual.objects.exists()
    estimate = queries.open_month_estimate(cast.marlo.pk, "EUR")
    assert estimate is not None and estimate.micro_units is None
    heard.through(date(2026, 1, 31))
    (row,) = Accrual.objects.all()
    assert (row.kind, row.bucket_minor) == ("month", 1_200 + 2_100 + 999)
    keys, micro = accrued_lines(row)
    lines = dict(
        zip(zip(artist_of(keys).tolist(), beat_of(keys).tolist(), strict=True), micro.tolist(), strict=True)
    )
    wanted = RULES[rule].split_month(as_domain(heard))
    assert {line: part for line, part in lines.items() if part} == {
        line: part for line, part in wanted.items() if part
    }
    done = actions.run_settlement(FIRST, now=noon(heard.today))
    statement = Statement.objects.get(settlement=done, artist=cast.marlo)
    assert queries.explanation(statement.pk).problems == []
    assert check() == []


def test_a_refund_under_a_monthly_rule_follows_what_the_month_gave(heard: World, cast: Cast):
    actions.start_pool_rule("pro_rata", from_month=FIRST, by=cast.dana, now=noon(date(2025, 12, 31)))
    heard.through(date(2026, 1, 31))
    heard.refund(Invoice.objects.get(plan_net_minor=1_200), 1_200, on=heard.today)
    heard.through(heard.today)
    row = Accrual.objects.get(kind="correction")
    assert (row.bucket_minor, row.of_month) == (-1_200, FIRST)
    assert check() == []


def test_a_rule_starts_with_a_month_that_has_not_begun(world: World, cast: Cast):
    with pytest.raises(actions.RuleTooLate):
        actions.start_pool_rule("pro_rata", from_month=FIRST, by=cast.dana, now=noon(FIRST))
    for refused, month in (("nobody_pays", FEBRUARY), ("pro_rata", date(2026, 2, 2))):
        with pytest.raises(ValueError, match="first of a month"):
            actions.start_pool_rule(refused, from_month=month, by=cast.dana, now=noon(FIRST))


def test_the_simulator_shows_every_rule_and_posts_nothing(heard: World, cast: Cast, capsys):
    with pytest.raises(queries.NotWeighed):
        queries.simulation(FIRST)
    heard.through(date(2026, 1, 31))
    before = Accrual.objects.count()
    found = queries.simulation(FIRST)
    (money,) = found.currencies
    assert money.total_minor == 1_200 + 2_100 + 999
    for rule in RULES:
        assert sum(row.amounts[rule] for row in money.artists) == money.total_minor
    marlo = next(row for row in money.artists if row.artist_id == cast.marlo.pk)
    assert (
        marlo.gain("pro_rata", over="contribution")
        == marlo.amounts["pro_rata"] - marlo.amounts["contribution"]
    )
    assert Accrual.objects.count() == before
    domain = as_domain(heard)
    for key, rule_ in RULES.items():
        mine = sum(part for (artist, _), part in rule_.split_month(domain).items() if artist == cast.marlo.pk)
        assert abs(marlo.amounts[key] * MICRO - mine) < MICRO
    assert commands.run_simulate(FIRST) == 0
    assert "marlo-vane" in capsys.readouterr().out
    assert commands.run_simulate(MARCH) == 2


def test_shares_of_whole_months(heard: World, cast: Cast):
    heard.through(date(2026, 1, 30))
    assert queries.artist_shares_of_month(FIRST) == {} == queries.artist_shares_all_time()
    heard.through(date(2026, 1, 31))
    assert queries.last_weighed_month() == FIRST
    shares = queries.artist_shares_of_month(FIRST)
    assert shares == queries.artist_shares_all_time()
    assert {artist: beats for artist, (_, beats) in shares.items()} == {
        cast.marlo.pk: 2, cast.sable.pk: 1, cast.kit.pk: 1,
    }  # fmt: skip
    days = [day_lines(FIRST + timedelta(days=number)) for number in range(1, 31)]
    assert shares[cast.sable.pk][0] == sum(
        int(day.points[day.artists == cast.sable.pk].sum()) for day in days
    )
    estimate = queries.open_month_estimate(cast.sable.pk, "EUR")
    assert estimate is not None and estimate.micro_units and estimate.through == date(2026, 1, 31)


@pytest.mark.parametrize("head_bytes", [40, 64 * 1024])
def test_the_estimate_is_the_sum_of_the_artists_lines(
    heard: World, cast: Cast, head_bytes: int, monkeypatch: pytest.MonkeyPatch
):
    for module in ("packed", "shares"):
        monkeypatch.setattr(f"backline.money.{module}.HEAD_BYTES", head_bytes)
    heard.through(date(2026, 1, 20))
    heard.refund(Invoice.objects.get(plan_net_minor=1_200), 300, on=heard.today)
    heard.through(heard.today)
    assert Accrual.objects.filter(kind="correction").exists()
    for artist in (cast.marlo.pk, cast.sable.pk, cast.kit.pk, 10**9):
        own = 0
        for row in Accrual.objects.filter(currency="EUR"):
            keys, micro = accrued_lines(row)
            own += int(micro[artist_of(keys) == artist].sum())
        estimate = queries.open_month_estimate(artist, "EUR")
        assert estimate is not None and estimate.micro_units == own


def test_who_paid_for_a_month_of_ones_own_plays_is_known_until_it_is_divided(heard: World, cast: Cast):
    mine, other = heard.listening.accounts[1], cast.lee.pk
    deleted = dict.fromkeys((mine, other), noon(date(2026, 1, 25)))
    heard.on(FIRST)
    assert divided_by_plays_of(deleted) == set(), "the rule in force looks at nobody's own plays"
    PoolRuleStart.objects.create(rule="user_centric", from_month=FIRST, set_by=cast.dana, set_at=noon(FIRST))
    assert divided_by_plays_of(deleted) == {mine}
    assert divided_by_plays_of({mine: noon(date(2025, 12, 31))}) == divided_by_plays_of({}) == set()
    heard.through(date(2026, 1, 31))
    assert divided_by_plays_of(deleted) == set()
