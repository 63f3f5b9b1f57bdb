"""Direct sales: kept for seven days, then available; what goes back is visibly taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from backline.ledger import accounts
from backline.ledger.queries import balance, entry
from backline.money import actions
from backline.money.checks import check
from backline.shop import actions as shop
from backline.shop.models import Sale
from tests.conftest import Cast
from tests.money.world import FIRST, World, noon

SOLD = noon(FIRST)


@pytest.fixture
def sale(world: World, cast: Cast) -> Sale:
    """A track of Marlo's for 29.00 and the fee on top."""
    return shop.record_sale(
        world.beat(cast.marlo),
        buyer=cast.lee,
        kind="track",
        currency="EUR",
        list_price_minor=2_900,
        fee_minor=648,
        external_id="pi_1",
        sold_at=SOLD,
    )


def take_back(sale: Sale, amount: int, name: str) -> None:
    shop.record_sale_refund(
        sale, external_id=name, amount_minor=amount, fee_returned_minor=100, at=SOLD + timedelta(days=9)
    )


def of(cast: Cast) -> tuple[int, int, int]:
    """Held from sales, available, and the platform's fees."""
    mine = (accounts.sale_held(cast.marlo.pk), accounts.available(cast.marlo.pk), accounts.FEES)
    held, available, fees = (balance(address, currency="EUR") for address in mine)
    return held, available, fees


def test_a_sale_is_the_producers_after_its_holding_days(sale: Sale, cast: Cast):
    assert [actions.book_sales(now=SOLD) for _ in range(2)] == [1, 0]
    assert of(cast) == (2_900, 0, 648)
    assert actions.release_sales(now=SOLD + timedelta(days=6)) == 0
    assert [actions.release_sales(now=SOLD + timedelta(days=7)) for _ in range(2)] == [1, 0]
    assert of(cast) == (0, 2_900, 648)
    assert check() == []


def test_a_refund_in_the_holding_days_leaves_the_rest(sale: Sale, cast: Cast):
    actions.book_sales(now=SOLD)
    take_back(sale, 900, "re_1")
    assert actions.book_sales(now=SOLD) == 0  # it has not happened yet
    actions.book_sales(now=SOLD + timedelta(days=9))
    assert of(cast) == (2_000, 0, 548)
    actions.release_sales(now=SOLD + timedelta(days=9))
    assert of(cast) == (0, 2_000, 548)


def test_a_refund_after_them_is_taken_from_what_is_available(sale: Sale, cast: Cast):
    actions.book_sales(now=SOLD)
    actions.release_sales(now=SOLD + timedelta(days=8))
    take_back(sale, 900, "re_1")
    take_back(sale, 2_000, "re_2")
    actions.book_sales(now=SOLD + timedelta(days=9))
    assert of(cast) == (0, 0, 448)
    detail = entry(f"sale:{sale.pk}")
    assert detail is not None and len(detail.reversed_by) == 2


def test_a_refund_for_a_merged_artist_comes_from_the_heir(sale: Sale, cast: Cast):
    actions.book_sales(now=SOLD)
    with pytest.raises(actions.Unsettled):
        actions.move_money(cast.marlo, into=cast.kit, now=SOLD)
    actions.release_sales(now=SOLD + timedelta(days=8))
    actions.move_money(cast.marlo, into=cast.kit, now=SOLD + timedelta(days=8))
    take_back(sale, 2_900, "re_1")
    actions.book_sales(now=SOLD + timedelta(days=9))
    assert of(cast)[:2] == (0, 0)
    assert balance(accounts.available(cast.kit.pk), currency="EUR") == 0
