"""Subscriptions by Checkout: invoices with discount, tax and proration; renewals that fail; the end."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from stripe import CardError, InvalidRequestError

from tests.sandbox import Sandbox
from tests.stripe_sandbox.world import price, subscribed


def invoices(sandbox: Sandbox, subscription: str) -> list[Any]:
    return sandbox.client.v1.invoices.list({"subscription": subscription}).data[::-1]


def state(sandbox: Sandbox, subscription: str) -> str:
    return sandbox.client.v1.subscriptions.retrieve(subscription).status


def test_checkout_starts_a_subscription_and_pays_its_invoice(sandbox: Sandbox):
    held = subscribed(sandbox)
    invoice = invoices(sandbox, held.subscription)[0]
    assert (invoice.status, invoice.total, invoice.billing_reason) == ("paid", 1_200, "subscription_create")
    assert [line.amount for line in invoice.lines.data] == [900, 300]
    assert [line.pricing.price_details.price for line in invoice.lines.data] == [held.plan, held.fee]
    assert invoice.parent.subscription_details.subscription == held.subscription
    session = sandbox.client.v1.checkout.sessions.retrieve(held.session)
    assert (session.status, session.payment_status, session.url) == ("complete", "paid", None)


def test_a_declined_card_leaves_checkout_open(sandbox: Sandbox):
    client = sandbox.client
    session = client.v1.checkout.sessions.create(
        {
            "mode": "subscription",
            "line_items": [{"price": price(sandbox, "Plus", 900), "quantity": 1}],
            "success_url": "https://example.com/",
        }
    )
    with pytest.raises(ValueError, match="declined"):
        sandbox.pay_checkout(session.id, card="4000000000000002")
    assert client.v1.checkout.sessions.retrieve(session.id).status == "open"
    assert client.v1.subscriptions.list({"status": "all"}).data == []
    sandbox.advance(days=1.1)
    assert client.v1.checkout.sessions.retrieve(session.id).status == "expired"


def test_renewals_keep_the_day_of_the_month(sandbox: Sandbox):
    sandbox.set_clock(datetime(2026, 1, 31, 10, tzinfo=UTC))
    held = subscribed(sandbox)
    sandbox.advance(days=60)
    starts = [row.lines.data[0].period.start for row in invoices(sandbox, held.subscription)]
    days = [datetime.fromtimestamp(at, UTC).date().isoformat() for at in starts]
    assert days == ["2026-01-31", "2026-02-28", "2026-03-31"]


def test_tax_comes_on_top_of_each_line(sandbox: Sandbox):
    rate = sandbox.client.v1.tax_rates.create({"display_name": "VAT", "percentage": 21, "inclusive": False})
    invoice = invoices(sandbox, subscribed(sandbox, taxes=(rate.id,)).subscription)[0]
    assert [line.taxes[0].amount for line in invoice.lines.data] == [189, 63]
    assert (invoice.total_excluding_tax, invoice.total, invoice.total_taxes[0].amount) == (1_200, 1_452, 252)


def test_tax_can_be_within(sandbox: Sandbox):
    rate = sandbox.client.v1.tax_rates.create({"display_name": "VAT", "percentage": 21, "inclusive": True})
    invoice = invoices(sandbox, subscribed(sandbox, taxes=(rate.id,)).subscription)[0]
    assert (invoice.total, invoice.total_excluding_tax, invoice.total_taxes[0].amount) == (1_200, 992, 208)


@pytest.mark.parametrize(
    ("coupon", "first", "second"),
    [
        ({"percent_off": 50, "duration": "once"}, [450, 150], [900, 300]),
        ({"amount_off": 100, "currency": "eur", "duration": "forever"}, [825, 275], [825, 275]),
    ],
)
def test_a_coupon_is_taken_off_line_by_line(
    sandbox: Sandbox, coupon: Any, first: list[int], second: list[int]
):
    client = sandbox.client
    made = client.v1.coupons.create(coupon)
    plan, fee = price(sandbox, "Plus", 900), price(sandbox, "Fee", 300)
    customer = client.v1.customers.create({"invoice_settings": {"default_payment_method": "pm_card_visa"}})
    held = client.v1.subscriptions.create(
        {
            "customer": customer.id,
            "items": [{"price": plan}, {"price": fee}],
            "discounts": [{"coupon": made.id}],
        }
    )
    sandbox.advance(days=32)
    net = [
        [line.amount - sum(part.amount for part in line.discount_amounts) for line in row.lines.data]
        for row in invoices(sandbox, held.id)
    ]
    assert net == [first, second]


def change(sandbox: Sandbox, subscription: str, amount: int, behaviour: str) -> None:
    held = sandbox.client.v1.subscriptions.retrieve(subscription).to_dict()
    row = next(row for row in held["items"]["data"] if row["price"]["unit_amount"] == 900)
    params: Any = {
        "items": [{"id": row["id"], "price": price(sandbox, "Pro", amount)}], "proration_behavior": behaviour,
    }  # fmt: skip
    sandbox.client.v1.subscriptions.update(subscription, params)


def test_a_dearer_plan_in_the_middle_credits_and_charges_the_rest(sandbox: Sandbox):
    sandbox.set_clock(datetime(2026, 4, 1, tzinfo=UTC))
    held = subscribed(sandbox)
    sandbox.set_clock(datetime(2026, 4, 16, tzinfo=UTC))
    change(sandbox, held.subscription, 1_800, "always_invoice")
    extra = invoices(sandbox, held.subscription)[-1]
    assert (extra.billing_reason, extra.status, extra.total) == ("subscription_update", "paid", 450)
    assert [line.amount for line in extra.lines.data] == [-450, 900]
    assert all(line.parent.subscription_item_details.proration for line in extra.lines.data)


def test_a_cheaper_plan_is_credited_on_the_next_invoice(sandbox: Sandbox):
    sandbox.set_clock(datetime(2026, 4, 1, tzinfo=UTC))
    held = subscribed(sandbox)
    sandbox.set_clock(datetime(2026, 4, 16, tzinfo=UTC))
    change(sandbox, held.subscription, 300, "create_prorations")
    assert len(invoices(sandbox, held.subscription)) == 1
    sandbox.advance(days=16)
    assert [line.amount for line in invoices(sandbox, held.subscription)[-1].lines.data] == [
        -450,
        150,
        300,
        300,
    ]


def test_a_credit_larger_than_the_invoice_is_kept(sandbox: Sandbox):
    sandbox.set_clock(datetime(2026, 4, 1, tzinfo=UTC))
    held = subscribed(sandbox)
    change(sandbox, held.subscription, 1, "always_invoice")
    assert invoices(sandbox, held.subscription)[-1].amount_due == 0
    sandbox.advance(days=31)
    assert invoices(sandbox, held.subscription)[-1].amount_due == 0
    assert sandbox.client.v1.customers.retrieve(held.customer).balance == -899 + 301


def test_a_renewal_that_is_declined_is_tried_again_until_the_end(sandbox: Sandbox):
    held = subscribed(sandbox, card="4000000000000341")
    sandbox.advance(days=32)
    assert state(sandbox, held.subscription) == "past_due"
    late = invoices(sandbox, held.subscription)[-1]
    assert (late.status, late.attempt_count) == ("open", 1) and late.next_payment_attempt
    sandbox.advance(days=20)
    late = invoices(sandbox, held.subscription)[-1]
    assert (late.status, late.attempt_count) == ("uncollectible", 4)
    assert state(sandbox, held.subscription) == "canceled"


def test_an_overdue_invoice_can_be_paid_by_another_card(sandbox: Sandbox):
    held = subscribed(sandbox, card="4000000000000341")
    sandbox.advance(days=32)
    late = invoices(sandbox, held.subscription)[-1]
    with pytest.raises(CardError):
        sandbox.client.v1.invoices.pay(late.id, {"off_session": True})
    assert sandbox.client.v1.invoices.pay(late.id, {"payment_method": "pm_card_visa"}).status == "paid"
    assert state(sandbox, held.subscription) == "active"
    with pytest.raises(InvalidRequestError) as caught:
        sandbox.client.v1.invoices.void_invoice(late.id)
    assert caught.value.code == "invoice_not_open"


def test_cancelled_at_the_end_of_the_period_it_runs_until_then(sandbox: Sandbox):
    held = subscribed(sandbox)
    sandbox.client.v1.subscriptions.update(held.subscription, {"cancel_at_period_end": True})
    sandbox.advance(days=20)
    assert state(sandbox, held.subscription) == "active"
    sandbox.advance(days=15)
    assert state(sandbox, held.subscription) == "canceled"
    assert len(invoices(sandbox, held.subscription)) == 1


def test_the_first_payment_declined_leaves_an_incomplete_one(sandbox: Sandbox):
    client = sandbox.client
    customer = client.v1.customers.create(
        {"invoice_settings": {"default_payment_method": "pm_card_chargeDeclined"}}
    )
    items: Any = [{"price": price(sandbox, "Plus", 900)}]
    held = client.v1.subscriptions.create({"customer": customer.id, "items": items})
    assert held.status == "incomplete"
    with pytest.raises(CardError):
        client.v1.subscriptions.create(
            {"customer": customer.id, "items": items, "payment_behavior": "error_if_incomplete"}
        )
    assert len(client.v1.subscriptions.list({"customer": customer.id, "status": "all"}).data) == 1
    sandbox.advance(days=1)
    assert state(sandbox, held.id) == "incomplete_expired"


def test_a_lookup_key_belongs_to_one_price(sandbox: Sandbox):
    prices = sandbox.client.v1.prices
    params: Any = {
        "currency": "eur",
        "unit_amount": 900,
        "product_data": {"name": "Plus"},
        "lookup_key": "plus",
    }
    first = prices.create(params)
    with pytest.raises(InvalidRequestError, match="already uses that lookup key"):
        prices.create(params)
    second = prices.create(params | {"transfer_lookup_key": True})
    assert [row.id for row in prices.list({"lookup_keys": ["plus"]}).data] == [second.id] != [first.id]


def test_a_deleted_customers_plan_ends_and_what_was_paid_stays(sandbox: Sandbox):
    held = subscribed(sandbox)
    customer = str(sandbox.client.v1.subscriptions.retrieve(held.subscription).customer)
    assert sandbox.client.v1.customers.delete(customer).deleted
    assert state(sandbox, held.subscription) == "canceled"
    assert [invoice.status for invoice in invoices(sandbox, held.subscription)] == ["paid"]
    with pytest.raises(InvalidRequestError, match="No such customer"):
        sandbox.client.v1.customers.delete(customer)
    sandbox.advance(days=40)
    assert len(invoices(sandbox, held.subscription)) == 1
