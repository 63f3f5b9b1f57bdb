"""Transactions, the cards, years: what is read of an artist's rows."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from backline.catalog.models import Beat
from backline.domain.earning_status import CARDS
from backline.money import actions, queries
from backline.money.models import Earning, PayoutAccount
from backline.shop.models import Sale
from tests.conftest import Cast
from tests.listening.world import make_beat
from tests.money.paying import START, Paying
from tests.money.test_refunded_sales import refund, sell


@pytest.fixture
def paying(cast: Cast) -> Paying:
    """Without Stripe: what was earned waits."""
    found = Paying(None, now=START)  # type: ignore[arg-type]
    beat = make_beat(cast.marlo, now=START - timedelta(days=30))
    found.statement(cast.marlo, 2_500)
    found.statement(cast.marlo, 400, state="carried")
    found.statement(cast.marlo, 900, state="held")
    sell(found, cast, beat)
    refund(found, sell(found, cast, beat, number=2, price=1_900), 1_900)
    return found


def page(paying: Paying, cast: Cast, **filters: object) -> queries.TransactionPage:
    return queries.transactions(cast.marlo.pk, currency="EUR", now=paying.now, **filters)  # type: ignore[arg-type]


def test_the_three_tabs_add_up_to_all(paying: Paying, cast: Cast):
    counts = page(paying, cast).counts
    assert counts == {"all": 5, "sales": 2, "subscriptions": 3, "paid": 0, "pending": 4, "failed": 1}


@pytest.mark.parametrize(
    ("filters", "count"),
    [({"tab": "sales"}, 2), ({"tab": "failed"}, 1), ({"kind": "track"}, 2), ({"search": "st-2025"}, 3),
     ({"first": date(2026, 1, 1)}, 2), ({"last": date(2025, 12, 31)}, 3), ({"tab": "paid"}, 0)],
)  # fmt: skip
def test_filters(filters: dict[str, object], count: int, paying: Paying, cast: Cast):
    found = page(paying, cast, **filters)
    assert (found.total, len(found.rows)) == (count, count)


def test_each_card_is_the_sum_of_its_rows(paying: Paying, cast: Cast):
    cards = queries.overview(cast.marlo.pk, currency="EUR")
    sums = {
        "balance": cards.balance,
        "queued": cards.queued,
        "transit": cards.in_transit,
        "lifetime": cards.lifetime,
    }
    for card in CARDS:
        assert sums[card] == sum(row.amount_minor for row in page(paying, cast, card=card, size=50).rows)
    assert cards.balance == 2_500 + 400 + 900 + 4_900


def test_sentences_say_what_happens_next(paying: Paying, cast: Cast):
    said = {row.reference[:2] + row.status: row.sentence for row in page(paying, cast).rows}
    assert said["TSpending"] == "Available 17 Feb, 7 days after the sale"
    assert said["TSreversed"] == "Refunded to the buyer"
    assert {row.sentence for row in page(paying, cast, tab="subscriptions").rows} == {
        "Kept until payouts are set up"
    }


def test_a_row_in_full_is_only_the_artists(paying: Paying, cast: Cast):
    key = page(paying, cast, tab="sales").rows[-1].key
    found = queries.transaction(cast.marlo.pk, key, now=paying.now)
    assert found is not None
    assert (found.list_price_minor, found.platform_fee_minor, found.buyer_paid_minor) == (4_900, 888, 5_788)
    assert queries.transaction(cast.kit.pk, key, now=paying.now) is None


def test_paging_and_export_hold_every_row_once(paying: Paying, cast: Cast):
    paged = [row.key for number in (1, 2, 3) for row in page(paying, cast, page=number, size=2).rows]
    every = [row.key for row in queries.every_transaction(cast.marlo.pk, currency="EUR", now=paying.now)]
    assert paged == every
    assert len(set(every)) == 5


def test_the_number_of_queries_does_not_grow(paying: Paying, cast: Cast, django_assert_num_queries: Any):
    with django_assert_num_queries(3):
        page(paying, cast, size=1)
    with django_assert_num_queries(3):
        page(paying, cast, size=50)


def test_years_by_the_day_the_money_was_available(paying: Paying, cast: Cast):
    paying.now += timedelta(days=8)
    actions.release_sales(now=paying.now)
    assert queries.years_of(cast.marlo.pk) == [2026]
    found = queries.yearly_summary(cast.marlo.pk, year=2026, currency="EUR", now=paying.now)
    assert found.totals["track"] == 4_900
    assert sum(row.amount_minor for row in found.rows) == sum(found.totals.values())


def test_what_waits_and_the_months(paying: Paying, cast: Cast):
    assert queries.waiting_minor(cast.marlo.pk) == {"EUR": 3_800}
    months = queries.earnings_by_month(cast.marlo.pk, currency="EUR", months=14, now=paying.now)
    assert (months[-1].month, months[-1].purchases) == (date(2026, 2, 1), 4_900)
    assert sum(month.subscriptions for month in months) == sum(
        Earning.objects.filter(kind="subscription").values_list("amount_minor", flat=True)
    )
    assert [row.minor for row in queries.earnings_by_beat(cast.marlo.pk, currency="EUR")] == [4_900]
    assert [
        (row.country, row.minor) for row in queries.earnings_by_country(cast.marlo.pk, currency="EUR")
    ] == [("", 4_900)]


def test_what_waits_is_not_said_of_an_account_that_works(paying: Paying, cast: Cast):
    PayoutAccount.objects.create(
        artist=cast.marlo, provider="stripe", key="1", country="NL", state="active", created_at=paying.now,
        holds_until=paying.now + timedelta(hours=72),
    )  # fmt: skip
    assert queries.waiting_minor(cast.marlo.pk) == {}
    PayoutAccount.objects.update(state="onboarding")
    assert queries.waiting_minor(cast.marlo.pk) == {"EUR": 3_800}


def test_signs_of_a_pattern_are_only_themselves(paying: Paying, cast: Cast):
    for text in ("%", "_", "!", "ST%2025", "st_2025"):
        assert page(paying, cast, search=text).total == 0
    assert page(paying, cast, search=" ts-").total == 2


def test_a_buyer_in_two_small_countries_is_one_buyer(paying: Paying, cast: Cast):
    Sale.objects.filter(external_id="sale 1").update(buyer_country="PT")
    beat = Beat.objects.filter(artist=cast.marlo).earliest("pk")
    Sale.objects.filter(pk=sell(paying, cast, beat, number=3, price=1_000).pk).update(buyer_country="ES")
    found = queries.earnings_by_country(cast.marlo.pk, currency="EUR")
    assert [(row.country, row.buyers, row.minor) for row in found] == [("", 1, 5_900)]
