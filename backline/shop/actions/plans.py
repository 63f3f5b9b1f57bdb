"""Plans, and accounts that hold them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from backline.domain.currencies import minor_digits
from backline.people.models import Account
from backline.shop.actions.once import demand_amounts, recorded
from backline.shop.models import Plan, PlanPrice, Subscription


def create_plan(name: str, *, prices: Mapping[str, int], licences_a_month: int | None, now: datetime) -> Plan:
    """A plan with its month's price in each currency; without prices it is free.

    Raises:
        UnknownCurrency, ValueError: a price makes no sense.
    """
    for currency, amount in prices.items():
        minor_digits(currency)
        demand_amounts(price=amount)
    with transaction.atomic():
        plan = Plan.objects.create(name=name, licences_a_month=licences_a_month, created_at=now)
        PlanPrice.objects.bulk_create(
            PlanPrice(plan=plan, currency=currency, amount_minor=amount)
            for currency, amount in sorted(prices.items())
        )
    return plan


def start_subscription(
    account: Account, *, plan: Plan, currency: str, external_id: str, now: datetime
) -> Subscription:
    """Makes the account hold the plan from now on.

    Raises:
        UnknownCurrency: no such currency. OtherContent: the external id was used for something else.
    """
    minor_digits(currency)
    content = {"account_id": account.pk, "plan_id": plan.pk, "currency": currency}
    with transaction.atomic():
        found = recorded(Subscription, external_id, content)
        return found or Subscription.objects.create(external_id=external_id, started_at=now, **content)


def end_subscription(subscription: Subscription, *, now: datetime) -> bool:
    """Ends it; says whether it was still running."""
    running = Subscription.objects.filter(pk=subscription.pk, ended_at=None)
    return bool(running.update(ended_at=now))
