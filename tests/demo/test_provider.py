"""The demo world's payments in Stripe's sandbox: the same subscriptions, invoices and refunds under the same names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings

from backline import sandbox as place
from backline.demo import paying, provider
from backline.demo.settling import Settled
from backline.people.models import Account
from backline.shop.models import Customer, Invoice, InvoiceChange, PlanPrice, Subscription
from tests.processes import free_port
from tests.sandbox import Sandbox, start

NOW = datetime(2026, 10, 5, 9, tzinfo=UTC)
LISTENERS = 14


@pytest.fixture
def paid(db: None, settings: LazySettings, tmp_path: Path) -> Iterator[Sandbox]:
    """The sandbox of an installation whose demo listeners have paid."""
    settings.DATA = tmp_path
    (tmp_path / place.FOLDER).mkdir()
    listeners = [
        Account.objects.create_user(f"l{n}@example.com", joined_at=NOW - timedelta(days=400 - 25 * n))
        for n in range(LISTENERS)
    ]
    for _ in range(2):  # a build that was cut off begins anew
        events = paying.pay(Settled({}, {}, listeners), [], start=NOW - timedelta(days=500), now=NOW, seed=3)
        provider.write_down(events, listeners, paid_out=[], now=NOW)
    port = free_port()
    process = start(tmp_path / place.FOLDER, port)
    yield Sandbox(f"http://127.0.0.1:{port}")
    process.terminate()
    process.wait(timeout=10)


def test_both_sides_say_the_same(paid: Sandbox):
    theirs: dict[str, Any] = {
        row.id: row for row in paid.client.v1.invoices.list({"limit": 100}).auto_paging_iter()
    }
    ours = {row.external_id: row for row in Invoice.objects.all()}
    assert len(ours) > 20 and ours.keys() <= theirs.keys()
    for name, row in ours.items():
        lines = theirs[name].lines.data
        net = [line.amount - sum(part.amount for part in line.discount_amounts) for line in lines]
        assert net == [row.plan_net_minor, row.fee_minor]
        assert theirs[name].total == row.plan_net_minor + row.fee_minor + row.tax_minor
        assert theirs[name].status_transitions.paid_at == int(row.paid_at.timestamp())
    held: dict[str, Any] = {
        row.id: row for row in paid.client.v1.subscriptions.list({"limit": 100}).auto_paging_iter()
    }
    for subscription in Subscription.objects.all():
        ended = held[subscription.external_id].ended_at
        assert ended == (int(subscription.ended_at.timestamp()) if subscription.ended_at else None)
    refunds = {row.id: row.amount for row in paid.client.v1.refunds.list({"limit": 100}).data}
    disputes = {row.id: row.amount for row in paid.client.v1.disputes.list({"limit": 100}).data}
    changes = {row.external_id: row.amount_minor for row in InvoiceChange.objects.all()}
    assert changes == refunds | disputes


def test_customers_and_prices_are_known_here_by_their_names_there(paid: Sandbox):
    customer = Customer.objects.select_related("account").first()
    assert customer is not None
    assert paid.client.v1.customers.retrieve(customer.external_id).email == customer.account.email
    for price in PlanPrice.objects.filter(plan__name="Plus"):
        there = paid.client.v1.prices.retrieve(price.price_id)
        assert (there.unit_amount, there.currency) == (price.amount_minor * 3 // 4, price.currency.lower())
        assert there.lookup_key == f"backline-plus-{price.currency.lower()}-{price.amount_minor}"


def test_without_a_sandbox_nothing_is_handed_over(db: None, settings: LazySettings, tmp_path: Path):
    settings.DATA = tmp_path
    account = Account.objects.create_user("l@example.com", joined_at=NOW - timedelta(days=300))
    provider.write_down([], [account], paid_out=[], now=NOW)
    assert not (tmp_path / place.FOLDER).exists() and not Customer.objects.exists()
