"""Plans, and who holds one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Q

from backline.domain.plan_price import price_parts
from backline.shop.models import Checkout, PlanPrice, Subscription


@dataclass(frozen=True)
class PlanOffer:
    """A plan at its month's price in one currency; `plan_minor` goes to the pool, `fee_minor` to the platform."""

    price_id: int
    name: str
    currency: str
    amount_minor: int
    plan_minor: int
    fee_minor: int
    licences_a_month: int | None


@dataclass(frozen=True)
class HeldPlan:
    """The plan that an account holds. `ends_at`: it was cancelled; `overdue_since`: the last invoice is not paid."""

    name: str
    currency: str
    started_at: datetime
    ends_at: datetime | None
    overdue_since: datetime | None


def plan_offers(currency: str) -> list[PlanOffer]:
    """What can be subscribed to in a currency, the cheapest first. One query."""
    rows = PlanPrice.objects.filter(currency=currency, amount_minor__gt=0).select_related("plan")
    found = []
    for row in rows.order_by("amount_minor", "plan__name"):
        parts = price_parts(row.amount_minor, fee_percent=settings.PLAN_FEE_PERCENT)
        found.append(
            PlanOffer(
                row.pk,
                row.plan.name,
                currency,
                row.amount_minor,
                parts.plan,
                parts.fee,
                row.plan.licences_a_month,
            )
        )
    return found


def plan_currencies() -> list[str]:
    """The currencies that plans have prices in."""
    rows = PlanPrice.objects.filter(amount_minor__gt=0).values_list("currency", flat=True)
    return sorted(set(rows.distinct()))


def held_plan(account_id: int) -> HeldPlan | None:
    """The plan that the account holds now, or None. One query."""
    held = Subscription.objects.filter(account_id=account_id, ended_at=None).select_related("plan")
    row = held.order_by("-started_at").first()
    if row is None:
        return None
    return HeldPlan(row.plan.name, row.currency, row.started_at, row.ends_at, row.overdue_since)


def last_checkout(account_id: int) -> Checkout | None:
    """The account's last visit to the hosted page, with its plan."""
    found = Checkout.objects.filter(account_id=account_id).select_related("plan")
    return found.order_by("-started_at").first()


def holds_paid_plan(account_id: int, *, now: datetime) -> bool:
    """Whether the account holds a plan that costs something. One query."""
    held = Subscription.objects.filter(account_id=account_id, started_at__lte=now)
    running = held.filter(Q(ended_at=None) | Q(ended_at__gt=now))
    return running.filter(plan__prices__amount_minor__gt=0).exists()
