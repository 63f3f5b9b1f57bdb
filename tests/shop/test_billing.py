"""Subscriptions, invoices, refunds and disputes as Stripe says them, taken in once each and to the cent."""

from __future__ import annotations

import json
import random
from datetime import date
from typing import Any

import pytest

from backline.integrations.stripe.billing import retrieve_bill
from backline.integrations.stripe.client import credentials
from backline.integrations.stripe.events import event_of
from backline.money import actions as money
from backline.money.actions.events import handle_next
from backline.money.models import ProviderEvent
from backline.people.models import Account
from backline.shop import actions as shop
from backline.shop.actions import billing
from backline.shop.models import Checkout, Invoice, InvoiceChange, Plan, PlanPrice, Subscription
from tests.conftest import Cast
from tests.money.paying import Paying, use_sandbox
from tests.sandbox import Sandbox, sandbox, sandbox_process  # noqa: F401

CARD = "4242424242424242"


@pytest.fixture
def paying(cast: Cast, sandbox: Sandbox, settings: Any) -> Paying:  # noqa: F811
    found = use_sandbox(settings, sandbox)
    sandbox.webhooks("http://127.0.0.1:9/", "http://127.0.0.1:9/v2/")
    return found


@pytest.fixture
def plan(paying: Paying) -> Plan:
    return shop.create_plan("Plus", prices={"EUR": 1_200}, licences_a_month=10, now=paying.now)


def events(paying: Paying, *, shuffled: int | None = None, times: int = 1) -> None:
    """Takes the sandbox's webhooks in and handles them, in order or in disorder."""
    signed = paying.sandbox.take_webhooks() * times
    if shuffled is not None:
        random.Random(shuffled).shuffle(signed)
    for parcel in signed:
        money.store_event(event_of(json.loads(parcel.body)), raw=parcel.body, now=paying.now)
    while handle_next(now=paying.now):
        pass


def subscribe(
    paying: Paying, cast: Cast, plan: Plan, *, card: str = CARD, account: Account | None = None
) -> str:
    price = PlanPrice.objects.select_related("plan").get(plan=plan)
    billing.open_checkout(
        account or cast.lee, price=price, success_url="http://a/", cancel_url="http://b/", now=paying.now
    )
    session = Checkout.objects.latest("pk").external_id
    paying.sandbox.pay_checkout(session, card=card)
    return session


def amounts() -> list[tuple[int, int, int]]:
    return list(Invoice.objects.order_by("pk").values_list("plan_net_minor", "fee_minor", "tax_minor"))


def test_a_month_is_paid(paying: Paying, cast: Cast, plan: Plan):
    subscribe(paying, cast, plan)
    events(paying)
    held = Subscription.objects.get()
    assert (held.account, held.plan, held.ended_at) == (cast.lee, plan, None)
    invoice = Invoice.objects.get()
    assert amounts() == [(900, 300, 0)]
    assert (invoice.period_start, invoice.period_end) == (date(2026, 2, 10), date(2026, 3, 10))
    assert invoice.payment.startswith("pi_")
    assert Checkout.objects.get().state == "complete"


@pytest.mark.parametrize("order", range(4))
def test_disorder_and_repetition_change_nothing(order: int, paying: Paying, cast: Cast, plan: Plan):
    subscribe(paying, cast, plan)
    paying.pass_time(days=62)
    events(paying, shuffled=order, times=2)
    assert amounts() == [(900, 300, 0)] * 3
    assert Subscription.objects.count() == 1
    assert not ProviderEvent.objects.exclude(error="").exists()


def test_events_that_did_not_come_are_asked_for(paying: Paying, cast: Cast, plan: Plan):
    subscribe(paying, cast, plan)
    paying.sandbox.take_webhooks()
    assert money.poll_events(now=paying.now)
    while handle_next(now=paying.now):
        pass
    assert amounts() == [(900, 300, 0)]
    assert not money.poll_events(now=paying.now)


def test_who_pays_an_earlier_price_keeps_plan_and_parts(paying: Paying, cast: Cast, plan: Plan):
    subscribe(paying, cast, plan)
    PlanPrice.objects.update(amount_minor=2_000)
    subscribe(paying, cast, plan, account=cast.ada)
    events(paying)
    paying.pass_time(days=32)
    events(paying)
    assert sorted(amounts()) == [(900, 300, 0)] * 2 + [(1_500, 500, 0)] * 2
    assert set(Subscription.objects.values_list("plan", flat=True)) == {plan.pk}
    assert not ProviderEvent.objects.exclude(error="").exists()


def test_a_renewal_that_fails_is_overdue_until_it_is_paid(paying: Paying, cast: Cast, plan: Plan):
    subscribe(paying, cast, plan, card="4000000000000341")
    paying.pass_time(days=32)
    events(paying)
    assert Subscription.objects.get().overdue_since is not None


def test_a_refund_takes_back_each_part(paying: Paying, cast: Cast, plan: Plan):
    subscribe(paying, cast, plan)
    events(paying)
    invoice = Invoice.objects.get()
    client = paying.sandbox.client.v1.refunds
    client.create({"payment_intent": invoice.payment, "amount": 401})
    client.create({"payment_intent": invoice.payment})
    events(paying, shuffled=1, times=2)
    back = list(InvoiceChange.objects.values_list("amount_minor", "fee_minor"))
    assert sorted(sum(parts) for parts in back) == [401, 799]
    assert [sum(part) for part in zip(*back, strict=True)] == [900, 300]


def test_a_refund_that_comes_before_its_invoice_fetches_it(paying: Paying, cast: Cast, plan: Plan):
    subscribe(paying, cast, plan)
    bill = paying.sandbox.client.v1.invoices.list({"limit": 1}).data[0]
    to = credentials()
    assert to is not None
    payment = retrieve_bill(to, bill.id).payment
    refund = paying.sandbox.client.v1.refunds.create({"payment_intent": payment})
    billing.look_at_refund(to, refund.id, now=paying.now)
    assert InvoiceChange.objects.get().amount_minor == 900


def test_a_dispute_counts_once_it_is_lost(paying: Paying, cast: Cast, plan: Plan):
    subscribe(paying, cast, plan, card="4000000000000259")
    events(paying)
    paying.pass_time(days=2)
    events(paying)
    assert not InvoiceChange.objects.exists()
    dispute = paying.sandbox.client.v1.disputes.list({"limit": 1}).data[0]
    paying.sandbox.client.v1.disputes.close(dispute.id)
    events(paying)
    change = InvoiceChange.objects.get()
    assert (change.kind, change.amount_minor, change.fee_minor) == ("dispute", 900, 300)


def test_a_subscription_that_is_ended(paying: Paying, cast: Cast, plan: Plan):
    subscribe(paying, cast, plan)
    events(paying)
    held = Subscription.objects.get()
    paying.sandbox.client.v1.subscriptions.cancel(held.external_id)
    events(paying)
    held.refresh_from_db()
    assert held.ended_at is not None


def test_every_balance_transaction_has_its_match(paying: Paying, cast: Cast, plan: Plan):
    from backline.ledger.accounts import COSTS
    from backline.ledger.queries import balance

    subscribe(paying, cast, plan)
    events(paying)
    paying.sandbox.client.v1.refunds.create({"payment_intent": Invoice.objects.get().payment, "amount": 500})
    events(paying)
    assert paying.match() == 0
    assert balance(COSTS, currency="EUR") == -43  # 1.5 % + 0.25


def test_a_payment_that_nobody_knows_is_for_staff(paying: Paying, cast: Cast, plan: Plan):
    from backline.money.actions.reconciling import settle_line
    from backline.money.models import BalanceLine

    paying.sandbox.client.v1.payment_intents.create(
        {"amount": 700, "currency": "eur", "payment_method": "pm_card_visa", "confirm": True,
         "automatic_payment_methods": {"enabled": True, "allow_redirects": "never"}}
    )  # fmt: skip
    assert paying.match() == 1
    line = BalanceLine.objects.get(match=None)
    settle_line(line.pk, note="A gift", by=cast.dana, now=paying.now)
    assert paying.match() == 0
