"""The page of plans: what is offered, what is held, the way to Stripe and back."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from backline.money.actions.events import handle_next
from backline.shop import actions as shop
from backline.shop.models import Checkout, Plan, Subscription
from tests.conftest import Cast
from tests.money.paying import Paying, use_sandbox
from tests.sandbox import Sandbox, sandbox, sandbox_process  # noqa: F401


@pytest.fixture
def plan(cast: Cast, now: Any) -> Plan:
    return shop.create_plan("Plus", prices={"EUR": 1_200, "USD": 1_300}, licences_a_month=10, now=now)


@pytest.fixture
def paying(cast: Cast, sandbox: Sandbox, settings: Any) -> Paying:  # noqa: F811
    return use_sandbox(settings, sandbox)


def test_prices_are_taken_apart(plan: Plan, cast: Cast):
    page = cast.client("visitor").get("/plans/?currency=EUR").content.decode()
    assert "€12.00" in page and "€9.00 is for the pool" in page and "€3.00 for the platform" in page


def test_without_plans_it_says_so(cast: Cast):
    assert "No plans are offered yet" in cast.client("lee").get("/plans/").content.decode()


def test_without_stripe_it_says_so(plan: Plan, cast: Cast):
    answer = cast.client("lee").post(
        "/plans/start/", {"price": plan.prices.get(currency="EUR").pk}, follow=True
    )
    assert "not connected to Stripe" in answer.content.decode()


def test_a_visitor_is_sent_to_sign_in(plan: Plan, cast: Cast):
    assert Client().post("/plans/start/", {"price": 1})["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("price", ["", "x", "999"])
def test_no_such_price(price: str, plan: Plan, cast: Cast):
    assert cast.client("lee").post("/plans/start/", {"price": price}).status_code == 404


def test_from_choosing_to_holding(paying: Paying, plan: Plan, cast: Cast):
    client = cast.client("lee")
    answer = client.post("/plans/start/", {"price": plan.prices.get(currency="EUR").pk})
    assert answer["Location"].startswith(paying.sandbox.url)
    assert "Waiting for Stripe" in client.get("/plans/done/").content.decode()
    paying.sandbox.pay_checkout(Checkout.objects.get().external_id)
    client.get("/plans/done/")
    from backline.core import clock

    while handle_next(now=clock.now()):
        pass
    assert "Plus is yours" in client.get("/plans/done/").content.decode()
    assert Subscription.objects.get().account == cast.lee
    assert "You hold Plus" in client.get("/plans/").content.decode()
    assert client.post("/plans/manage/")["Location"].startswith(paying.sandbox.url)
    again = client.post("/plans/start/", {"price": plan.prices.get(currency="EUR").pk}, follow=True)
    assert "You have a plan" in again.content.decode()
