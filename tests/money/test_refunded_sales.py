"""A sale is refunded at every point of its money's way to the bank: it comes back once, and shows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from backline.catalog.models import Beat
from backline.integrations.stripe.errors import UnknownOutcome
from backline.money import actions
from backline.money.actions import bank_payouts
from backline.money.models import Earning, Reversal, Transfer
from backline.shop import actions as shop
from backline.shop.models import Sale
from tests.conftest import Cast
from tests.listening.world import make_beat
from tests.money.paying import Paying, of, statuses
from tests.money.test_transfers import broken


@pytest.fixture
def beat(cast: Cast, paying: Paying) -> Beat:
    return make_beat(cast.marlo, now=paying.now - timedelta(days=30))


def sell(paying: Paying, cast: Cast, beat: Beat, number: int = 1, price: int = 4_900) -> Sale:
    sale = shop.record_sale(
        beat, buyer=cast.lee, kind="track", currency="EUR", list_price_minor=price, fee_minor=888,
        external_id=f"sale {number}", sold_at=paying.now,
    )  # fmt: skip
    actions.book_sales(now=paying.now)
    return sale


def refund(paying: Paying, sale: Sale, amount: int = 4_900) -> None:
    shop.record_sale_refund(
        sale, external_id=f"refund {sale.pk} {paying.now}", amount_minor=amount, fee_returned_minor=0, at=paying.now
    )  # fmt: skip
    actions.book_sales(now=paying.now)


def available(paying: Paying) -> None:
    paying.pass_time(days=7.1)
    actions.release_sales(now=paying.now)


def sold_and_sent(paying: Paying, cast: Cast, beat: Beat) -> Sale:
    """A sale whose money has come to the artist's balance at Stripe."""
    paying.sandbox.fund("eur", 100_000)
    paying.ready(cast.marlo, cast.alice)
    sale = sell(paying, cast, beat)
    available(paying)
    paying.work()
    return sale


def test_while_it_waits(paying: Paying, cast: Cast, beat: Beat):
    sale = sell(paying, cast, beat)
    assert statuses(cast.marlo) == [(4_900, "sale_held", "pending")]
    refund(paying, sale)
    assert statuses(cast.marlo) == [(0, "gone", "reversed")]
    available(paying)
    assert statuses(cast.marlo) == [(0, "gone", "reversed")]
    assert broken() == []


def test_sales_that_were_booked_before_there_were_rows_get_theirs(paying: Paying, cast: Cast, beat: Beat):
    sale = sell(paying, cast, beat)
    available(paying)
    refund(paying, sale, 900)
    sell(paying, cast, beat, number=2)
    as_they_were = statuses(cast.marlo)
    Earning.objects.all().delete()
    assert broken() != []
    assert actions.list_sales(now=paying.now) and not actions.list_sales(now=paying.now)
    assert statuses(cast.marlo) == as_they_were and broken() == []


def test_part_of_it_while_it_is_available(paying: Paying, cast: Cast, beat: Beat):
    sale = sell(paying, cast, beat)
    available(paying)
    assert statuses(cast.marlo) == [(4_900, "available", "held")]
    refund(paying, sale, 900)
    assert statuses(cast.marlo) == [(4_000, "available", "held")]
    assert broken() == []


def test_while_its_transfer_is_queued(paying: Paying, cast: Cast, beat: Beat):
    paying.sandbox.fund("eur", 100_000)
    paying.ready(cast.marlo, cast.alice)
    sale = sell(paying, cast, beat)
    available(paying)
    actions.queue_transfers(now=paying.now)
    refund(paying, sale, 900)
    assert statuses(cast.marlo) == [(4_000, "available", "queued")]
    assert Transfer.objects.get().state == "cancelled"
    paying.work()
    assert of(cast.marlo, "connected") == 4_000
    assert broken() == []


@pytest.mark.parametrize("amount", [4_900, 900])
def test_while_it_is_in_the_artists_balance(amount: int, paying: Paying, cast: Cast, beat: Beat):
    sale = sold_and_sent(paying, cast, beat)
    refund(paying, sale, amount)
    assert of(cast.marlo, "available") == -amount
    paying.work()
    assert Reversal.objects.get().state == "done"
    assert (of(cast.marlo, "available"), of(cast.marlo, "connected")) == (0, 4_900 - amount)
    assert paying.sandbox.client.v1.transfers.list().data[0].amount_reversed == amount
    assert broken() == []


@pytest.mark.parametrize("fault", ["timeout_after", "error_after", "error_before", "rate_limit"])
def test_a_reversal_without_an_answer_is_done_once(fault: str, paying: Paying, cast: Cast, beat: Beat):
    sale = sold_and_sent(paying, cast, beat)
    refund(paying, sale, 900)
    paying.sandbox.fault(fault, path="/v1/transfers/*/reversals")
    paying.work()
    assert Reversal.objects.get().state == "wanted"
    paying.pass_time(hours=1)
    paying.work()
    assert of(cast.marlo, "connected") == 4_000
    assert paying.sandbox.client.v1.transfers.list().data[0].amount_reversed == 900
    assert broken() == []


def test_after_it_was_paid_it_is_taken_from_the_next_transfer(paying: Paying, cast: Cast, beat: Beat):
    sale = sold_and_sent(paying, cast, beat)
    for _ in range(6):
        paying.pass_time(days=1)
        paying.look()
    assert statuses(cast.marlo) == [(4_900, "bank", "paid")]
    refund(paying, sale)
    paying.work()
    assert statuses(cast.marlo) == [(4_900, "bank", "paid"), (-4_900, "available", "reversed")]
    paying.statement(cast.marlo, 2_000)
    paying.work()
    assert of(cast.marlo, "available") == -2_900
    paying.statement(cast.marlo, 5_000)
    paying.work()
    assert of(cast.marlo, "connected") == 2_100
    assert sorted(Transfer.objects.values_list("amount_minor", flat=True)) == [2_100, 4_900]
    assert broken() == []


def test_a_reversal_without_an_answer_is_settled_before_a_payout_is_taken_in(
    paying: Paying, cast: Cast, beat: Beat
):
    """It was done, and the payout is less by it: nothing is taken from the artist twice."""
    sale = sold_and_sent(paying, cast, beat)
    refund(paying, sale, 900)
    paying.sandbox.fault("timeout_after", path="/v1/transfers/*/reversals")
    paying.work()
    for _ in range(6):
        paying.pass_time(days=1)
        paying.look()
    assert Reversal.objects.get().state == "done"
    assert [row[:2] for row in statuses(cast.marlo)] == [(4_000, "bank"), (0, "gone")]
    assert of(cast.marlo, "available") == 0
    assert broken() == []


def test_a_reversal_without_an_answer_for_days_is_found(paying: Paying, cast: Cast, beat: Beat):
    """Its key is forgotten by Stripe when we get through again; its own name is learned all the same."""
    sale = sold_and_sent(paying, cast, beat)
    refund(paying, sale, 900)
    paying.sandbox.fault("timeout_after", path="/v1/transfers/*/reversals")
    paying.work()
    paying.pass_time(days=3)
    paying.work()
    row = Reversal.objects.get()
    assert (row.state, (row.external_id or "")[:4]) == ("done", "trr_")
    assert paying.sandbox.client.v1.transfers.list().data[0].amount_reversed == 900
    assert broken() == []


def test_two_sales_of_one_queued_transfer_are_both_taken_off(paying: Paying, cast: Cast, beat: Beat):
    paying.sandbox.fund("eur", 100_000)
    paying.ready(cast.marlo, cast.alice)
    sales = [sell(paying, cast, beat, number=number) for number in (1, 2)]
    available(paying)
    Earning.objects.create(
        artist=cast.marlo, currency="EUR", kind="track", key="refund-0", reference="TS-0", is_debt=True, at=paying.now,
        amount_minor=-100, original_minor=-100, place="available", status="reversed", changed_at=paying.now,
    )  # fmt: skip
    actions.queue_transfers(now=paying.now)
    assert Transfer.objects.get().amount_minor == 9_700
    assert set(Earning.objects.values_list("is_debt", "status")) == {(True, "reversed"), (False, "queued")}
    for sale in sales:
        shop.record_sale_refund(
            sale, external_id=f"refund {sale.pk}", amount_minor=900, fee_returned_minor=0, at=paying.now
        )
    actions.book_sales(now=paying.now)
    assert sorted(row[:2] for row in statuses(cast.marlo)) == [
        (-100, "available"),
        *[(4_000, "available")] * 2,
    ]
    assert Transfer.objects.get().state == "cancelled"
    assert not Reversal.objects.exists()


def test_a_statement_less_a_refund_is_not_drawn_on_the_refunded_payment(
    paying: Paying, cast: Cast, beat: Beat
):
    paying.ready(cast.marlo, cast.alice)
    sale = sell(paying, cast, beat)
    Sale.objects.filter(pk=sale.pk).update(payment="pi_1")
    available(paying)
    actions.queue_transfers(now=paying.now)
    first = Transfer.objects.get()
    assert (first.amount_minor, first.charge) == (4_900, "pi_1")
    first.earnings.update(place="bank")
    refund(paying, sale, 900)
    paying.statement(cast.marlo, 2_000)
    actions.queue_transfers(now=paying.now)
    assert Transfer.objects.exclude(pk=first.pk).values_list("amount_minor", "charge").get() == (1_100, "")


def test_no_payout_is_taken_in_while_a_reversal_is_under_way(
    paying: Paying, cast: Cast, beat: Beat, monkeypatch: pytest.MonkeyPatch
):
    """Another process begins it between our questions to Stripe and their record."""
    paying.sandbox.fund("eur", 100_000)
    account = paying.ready(cast.marlo, cast.alice)
    sale = sell(paying, cast, beat)
    available(paying)
    paying.work()
    paying.pass_time(days=3)
    refund(paying, sale, 900)
    asked = bank_payouts._names

    def names(*given: Any) -> set[str]:
        Reversal.objects.update(tries=1)
        return asked(*given)

    monkeypatch.setattr(bank_payouts, "_names", names)
    with pytest.raises(UnknownOutcome):
        bank_payouts.look_at_payouts(account, now=paying.now)
    assert [row[1] for row in statuses(cast.marlo)] == ["connected", "available"]


def test_a_refund_of_what_was_sent_before_a_merge(paying: Paying, cast: Cast, beat: Beat):
    sale = sold_and_sent(paying, cast, beat)
    refund(paying, sale, 900)
    actions.move_money(cast.marlo, into=cast.kit, now=paying.now)
    paying.work()
    assert Reversal.objects.get().state == "done"
    assert (of(cast.marlo, "connected"), of(cast.kit, "available")) == (4_000, 0)
    assert broken() == []


def test_a_refund_before_the_rows_of_a_merged_artist_are_made(paying: Paying, cast: Cast, beat: Beat):
    sale = sell(paying, cast, beat)
    available(paying)
    actions.move_money(cast.marlo, into=cast.kit, now=paying.now)
    Earning.objects.all().delete()
    refund(paying, sale, 900)
    assert not actions.list_sales(now=paying.now)
    assert statuses(cast.kit) == [(4_000, "available", "held")] and statuses(cast.marlo) == []
    assert broken() == []
