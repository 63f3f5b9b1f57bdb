"""Share tables and money: the pool and sales follow them from the day they count, and never look back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from backline.catalog import actions as catalog
from backline.catalog.models import Beat, Credit, ShareTable
from backline.domain.contribution import points_of
from backline.ledger import accounts
from backline.ledger.queries import balance
from backline.money import actions
from backline.money.catalogue import catalogue
from backline.money.checks import check
from backline.money.models import DayWeights, SaleHold
from backline.money.packed import unpack
from backline.money.shares import day_lines
from backline.money.weights import reweighed
from backline.shop import actions as shop
from backline.shop.models import Sale
from tests.conftest import Cast
from tests.money.world import FIRST, World, closing, noon

DAY = timedelta(days=1)
LISTENERS = range(1, 9)


def propose(beat: Beat, cast: Cast, on: date, **shares: int) -> ShareTable:
    """Alice proposes at noon of a day: names of the cast's artists and basis points."""
    by_artist = {getattr(cast, name).pk: share for name, share in shares.items()}
    return catalog.propose_shares(beat, shares=by_artist, starts_on=on, by=cast.alice, now=noon(on))


def weigh(world: World, day: date) -> dict[int, int]:
    """The day goes by; artist → micro-points."""
    world.listening.closed = day
    actions.weigh_day(day, now=closing(day))
    return stored(day)


def stored(day: date) -> dict[int, int]:
    artists, _, points, _ = unpack(bytes(DayWeights.objects.get(day=day).packed))
    return dict(zip(artists.tolist(), points.tolist(), strict=True))


@pytest.fixture
def duo(world: World, cast: Cast) -> Beat:
    """A beat of Marlo's with Kit, heard every day."""
    beat = world.beat(cast.marlo, cast.kit)
    for number in range(6):
        world.listening.play(FIRST + number * DAY, beat, *LISTENERS)
    return beat


def test_shares_are_equal_until_a_table_counts_and_the_past_stays(duo: Beat, world: World, cast: Cast):
    marlo, kit = cast.marlo.pk, cast.kit.pk
    first = weigh(world, FIRST)
    assert abs(first[marlo] - first[kit]) <= 1
    table = propose(duo, cast, FIRST + DAY, marlo=9_900, kit=100)
    second = weigh(world, FIRST + DAY)
    assert abs(second[marlo] - second[kit]) <= 1, "Kit has not agreed to less"
    catalog.accept_shares(table, artist=cast.kit, by=cast.bob, now=noon(FIRST + 2 * DAY))
    third = weigh(world, FIRST + 2 * DAY)
    assert third[kit] == pytest.approx(sum(third.values()) / 100, abs=1)
    assert (stored(FIRST), stored(FIRST + DAY)) == (first, second)


def test_a_part_of_an_artist_who_has_not_accepted_is_nobodys(duo: Beat, world: World, cast: Cast):
    weigh(world, FIRST)
    catalog.invite_credit(duo, artist=cast.sable, now=noon(FIRST + DAY))
    table = propose(duo, cast, FIRST + DAY, marlo=6_000, kit=2_500, sable=1_500)
    catalog.accept_shares(table, artist=cast.kit, by=cast.bob, now=noon(FIRST + DAY))
    held = weigh(world, FIRST + DAY)
    assert cast.sable.pk not in held
    assert 10 * held[cast.kit.pk] == pytest.approx(25 * held[cast.marlo.pk] / 6, rel=1e-5)
    whole = points_of(1, 2 * len(LISTENERS))
    assert sum(held.values()) == pytest.approx(whole * 0.85, abs=2)
    catalog.accept_shares(table, artist=cast.sable, by=cast.charlie, now=noon(FIRST + 2 * DAY))
    assert Credit.objects.get(beat=duo, artist=cast.sable).state == "accepted"
    full = weigh(world, FIRST + 2 * DAY)
    assert full[cast.sable.pk] == pytest.approx(sum(full.values()) * 0.15, abs=1)


def test_a_table_does_not_count_before_its_start(duo: Beat, world: World, cast: Cast):
    weigh(world, FIRST)
    shares = {cast.marlo.pk: 8_000, cast.kit.pk: 2_000}
    start = FIRST + 2 * DAY
    table = catalog.propose_shares(duo, shares=shares, starts_on=start, by=cast.alice, now=noon(FIRST))
    catalog.accept_shares(table, artist=cast.kit, by=cast.bob, now=noon(FIRST))
    before, after = weigh(world, FIRST + DAY), weigh(world, start)
    assert abs(before[cast.marlo.pk] - before[cast.kit.pk]) <= 1
    assert after[cast.marlo.pk] == pytest.approx(4 * after[cast.kit.pk], abs=3)


def test_a_case_divides_again_as_the_day_did(duo: Beat, world: World, cast: Cast):
    table = propose(duo, cast, FIRST, marlo=7_500, kit=2_500)
    catalog.accept_shares(table, artist=cast.kit, by=cast.bob, now=noon(FIRST))
    weigh(world, FIRST)
    shares = catalogue(FIRST).shares
    lines = reweighed(day_lines(FIRST), {duo.pk: 1_000}, shares)
    assert dict(zip(lines.artists.tolist(), lines.points.tolist(), strict=True)) == {
        cast.marlo.pk: 750,
        cast.kit.pk: 250,
    }


def test_exclusive_only_beats_do_not_weigh(duo: Beat, world: World, cast: Cast):
    Beat.objects.filter(pk=duo.pk).update(licensing="exclusive")
    assert weigh(world, FIRST) == {}


@pytest.mark.parametrize("state", ["draft", "scheduled", "private", "archived"])
def test_beats_that_are_not_public_do_not_weigh(duo: Beat, world: World, state: str):
    Beat.objects.filter(pk=duo.pk).update(state=state)
    assert weigh(world, FIRST) == {}


def sell(beat: Beat, cast: Cast, on: date, price: int = 1_001) -> Sale:
    return shop.record_sale(
        beat, buyer=cast.lee, kind="track", currency="EUR", list_price_minor=price, fee_minor=0,
        external_id="pi_1", sold_at=noon(on),
    )  # fmt: skip


def held(cast: Cast) -> tuple[int, int]:
    marlo, kit = (balance(accounts.sale_held(one.pk), currency="EUR") for one in (cast.marlo, cast.kit))
    return marlo, kit


def test_a_sale_is_divided_by_agreed_shares_and_a_refund_takes_from_both(duo: Beat, cast: Cast):
    table = propose(duo, cast, FIRST, marlo=6_000, kit=4_000)
    catalog.accept_shares(table, artist=cast.kit, by=cast.bob, now=noon(FIRST))
    sale = sell(duo, cast, FIRST + DAY)
    assert [actions.book_sales(now=noon(FIRST + DAY)) for _ in range(2)] == [1, 0]
    assert held(cast) == (601, 400)
    later = noon(FIRST + 9 * DAY)
    actions.release_sales(now=later)
    shop.record_sale_refund(sale, external_id="re_1", amount_minor=500, fee_returned_minor=0, at=later)
    shop.record_sale_refund(sale, external_id="re_2", amount_minor=501, fee_returned_minor=0, at=later)
    actions.book_sales(now=later)
    assert held(cast) == (0, 0)
    assert [hold.amount_minor - hold.refunded_minor for hold in SaleHold.objects.all()] == [0, 0]
    assert check() == []


def test_a_sale_before_everybody_agreed_is_the_sellers(duo: Beat, cast: Cast):
    propose(duo, cast, FIRST, marlo=6_000, kit=4_000)
    sell(duo, cast, FIRST + DAY)
    actions.book_sales(now=noon(FIRST + DAY))
    assert held(cast) == (1_001, 0)
