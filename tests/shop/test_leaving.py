"""A deleted account's plan ends at Stripe, and Stripe forgets who it was."""

from __future__ import annotations

from typing import Any

import pytest

from backline.integrations.stripe.errors import UnknownOutcome
from backline.people.models import Account
from backline.shop.actions import billing
from backline.shop.models import Checkout, Customer, Invoice, Plan, Subscription
from tests.conftest import Cast
from tests.money.paying import Paying
from tests.sandbox import sandbox, sandbox_process  # noqa: F401
from tests.shop.test_billing import events, paying, plan, subscribe  # noqa: F401


def leave(account: Account, paying: Paying) -> None:  # noqa: F811
    from backline.web.personal.leaving import leave

    leave(account, now=paying.now)


def forget(paying: Paying) -> bool:  # noqa: F811
    return billing.forget_customer(now=paying.now)


def at_stripe(paying: Paying, row: Subscription) -> Any:  # noqa: F811
    return paying.sandbox.client.v1.subscriptions.retrieve(row.external_id)


def test_nothing_more_is_charged(paying: Paying, cast: Cast, plan: Plan):  # noqa: F811
    subscribe(paying, cast, plan)
    subscribe(paying, cast, plan, account=cast.charlie)
    events(paying)
    leave(cast.lee, paying)
    assert forget(paying) and not forget(paying)
    gone, other = Subscription.objects.get(account=cast.lee), Subscription.objects.get(account=cast.charlie)
    assert at_stripe(paying, gone).status == "canceled" and gone.ended_at is not None
    assert at_stripe(paying, other).status == "active" and other.ended_at is None
    customers = paying.sandbox.client.v1.customers.list({"email": "lee@example.com"}).data
    assert customers == [] and Customer.objects.get(account=cast.lee).forgotten_at == paying.now
    paying.pass_time(days=40)
    events(paying)
    assert Invoice.objects.filter(subscription=gone).count() == 1, "the month that was paid stays"
    assert Invoice.objects.filter(subscription=other).count() == 2


def test_who_is_here_keeps_the_plan(paying: Paying, cast: Cast, plan: Plan):  # noqa: F811
    subscribe(paying, cast, plan)
    events(paying)
    assert not forget(paying)
    assert Subscription.objects.get().ended_at is None


def test_a_page_still_open_cannot_be_paid(paying: Paying, cast: Cast, plan: Plan):  # noqa: F811
    price = plan.prices.get()
    billing.open_checkout(
        cast.lee, price=price, success_url="http://a/", cancel_url="http://b/", now=paying.now
    )
    leave(cast.lee, paying)
    assert forget(paying)
    with pytest.raises(ValueError, match="No such customer"):
        paying.sandbox.pay_checkout(Checkout.objects.get().external_id)
    events(paying)
    assert not Subscription.objects.exists()


def test_paid_before_we_heard_of_it(paying: Paying, cast: Cast, plan: Plan):  # noqa: F811
    """The page was paid, the account deleted, and only then do Stripe's events come."""
    subscribe(paying, cast, plan)
    leave(cast.lee, paying)
    assert forget(paying)
    events(paying)
    held = Subscription.objects.get()
    assert held.account == cast.lee and held.ended_at is not None
    assert Invoice.objects.get().subscription == held, "what was paid is for the artists"


def test_stripe_does_not_answer(paying: Paying, cast: Cast, plan: Plan):  # noqa: F811
    subscribe(paying, cast, plan)
    events(paying)
    leave(cast.lee, paying)
    paying.sandbox.fault("error_after", method="DELETE", path="/v1/customers/*", times=9)
    with pytest.raises(UnknownOutcome):
        forget(paying)
    assert Customer.objects.get().forgotten_at is None
    paying.sandbox.clear_faults()
    assert forget(paying), "done there already is done"
    assert Subscription.objects.get().ended_at is not None
