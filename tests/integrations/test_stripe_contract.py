"""The same calls against Stripe itself, in test mode, when a key is given: nothing here is meant for the sandbox."""

from __future__ import annotations

import os
import secrets

import pytest

from backline.integrations.stripe import accounts, billing, events, transfers
from backline.integrations.stripe.client import Credentials, LiveKeyElsewhere
from backline.integrations.stripe.errors import Refused

KEY = os.environ.get("TEST_STRIPE_KEY", "")
contract = pytest.mark.skipif(
    not KEY.startswith(("sk_test_", "rk_test_")), reason="TEST_STRIPE_KEY holds no test key of Stripe"
)


def test_a_live_key_goes_to_stripe_only():
    with pytest.raises(LiveKeyElsewhere):
        Credentials("sk_live_x", url="http://127.0.0.1:8001")
    assert Credentials("sk_live_x").live


@pytest.fixture
def to() -> Credentials:
    return Credentials(KEY)


@contract
def test_a_recipient_is_made_and_led_to_the_form(to: Credentials):
    key = f"contract {secrets.token_hex(8)}"
    about = {"country": "NL", "email": "artist@example.com", "name": "Contract", "reference": "1", "key": key}
    made = accounts.create_recipient(to, **about)
    assert accounts.create_recipient(to, **about).id == made.id
    found = accounts.retrieve_recipient(to, made.id)
    assert (found.country, found.closed, found.submitted) == ("NL", False, False)
    assert found.asks
    link = accounts.hosted_link(
        to, made.id, update=False, return_url="https://example.com/", refresh_url="https://example.com/"
    )
    assert link.startswith("https://")
    accounts.close_recipient(to, made.id)


@contract
def test_a_transfer_to_nobody_is_refused(to: Credentials):
    with pytest.raises(Refused):
        transfers.send_transfer(
            to, amount_minor=100, currency="EUR", account="acct_none", group="contract", charge="",
            key=secrets.token_hex(8), reference="contract",
        )  # fmt: skip


@contract
def test_a_plan_and_its_checkout(to: Credentials):
    price = billing.ensure_price(
        to,
        lookup="backline-contract-900",
        product="contract",
        name="Contract",
        amount_minor=900,
        currency="EUR",
    )
    customer = billing.create_customer(
        to, email="lee@example.com", name="Lee", reference="1", key=secrets.token_hex(8)
    )
    session = billing.open_checkout(
        to, customer=customer, prices=[price], reference="1", metadata={"backline_account": "1"},
        success_url="https://example.com/", cancel_url="https://example.com/", key=secrets.token_hex(8),
    )  # fmt: skip
    assert session.url.startswith("https://")
    assert billing.retrieve_checkout(to, session.id).state == "open"


@contract
def test_balance_and_events_are_read(to: Credentials):
    from datetime import UTC, datetime, timedelta

    assert isinstance(transfers.funds(to).available, dict)
    next(iter(transfers.balance_rows(to, since=datetime.now(UTC) - timedelta(days=1))), None)
    events.events_since(to, datetime.now(UTC) - timedelta(hours=1))
    events.account_events_since(to, datetime.now(UTC) - timedelta(hours=1))
