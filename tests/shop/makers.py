"""A subscription and a beat to sell."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from backline.catalog.models import Beat
from backline.people.models import Account
from backline.shop import actions
from backline.shop.models import Invoice, Sale, Subscription


def make_subscription(account: Account, *, now: datetime, currency: str = "EUR") -> Subscription:
    """Plus at 12.00."""
    plan = actions.create_plan("Plus", prices={"EUR": 1_200, "USD": 1_200}, licences_a_month=10, now=now)
    return actions.start_subscription(account, plan=plan, currency=currency, external_id="sub_1", now=now)


def make_invoice(subscription: Subscription, *, now: datetime, **other: Any) -> Invoice:
    """March, paid in full, unless told otherwise."""
    content: dict[str, Any] = {
        "external_id": "in_1",
        "paid_at": now,
        "period_start": date(2026, 3, 1),
        "period_end": date(2026, 4, 1),
        "plan_net_minor": 1_200,
        "fee_minor": 60,
        "tax_minor": 239,
    }
    return actions.record_invoice(subscription, **content | other)


def make_sale(beat: Beat, *, buyer: Account, now: datetime, **other: Any) -> Sale:
    """An exclusive sale at 80.00, unless told otherwise."""
    content: dict[str, Any] = {
        "kind": "exclusive",
        "currency": "EUR",
        "list_price_minor": 8_000,
        "fee_minor": 1_260,
        "external_id": "pi_1",
        "sold_at": now,
    }
    return actions.record_sale(beat, buyer=buyer, **content | other)
