"""The platform's balance at Stripe, and whether a transfer leaves enough of it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import F, Sum

from backline.domain.earning_status import Place
from backline.domain.transfer_rules import leaves_reserve
from backline.integrations.stripe import transfers as stripe
from backline.integrations.stripe.client import Credentials
from backline.integrations.stripe.errors import StripeProblem
from backline.ledger import accounts
from backline.ledger.queries import balance
from backline.money.models import Earning, ProviderFunds, Transfer

FRESH = timedelta(minutes=1)
WITH_US = (Place.HELD, Place.CARRIED, Place.SALE_HELD, Place.AVAILABLE, Place.SENDING)
"""Places of artists' money that is still in the platform's balance."""


def covers(to: Credentials, row: Transfer, *, now: datetime) -> bool:
    """Whether the balance covers the transfer and leaves 5 % of what is owed. One that was tried is not asked again.

    A transfer of a sale is drawn on the payment of that sale. That Stripe is away is for the attempt to say.
    """
    if row.state != Transfer.State.QUEUED or row.charge:
        return True
    known = ProviderFunds.objects.filter(currency=row.currency, at__gt=now - FRESH).first()
    if known is None:
        try:
            known = read_funds(to, now=now).get(row.currency)
        except StripeProblem:
            return True
    available = known.available_minor if known else 0
    return leaves_reserve(row.amount_minor, funds=available, owed=known.owed_minor if known else 0)


def read_funds(to: Credentials, *, now: datetime) -> dict[str, ProviderFunds]:
    """Asks Stripe for the platform's balance and keeps the answer.

    Raises:
        StripeProblem: it did not say.
    """
    found = stripe.funds(to)
    for currency in {*found.available, *found.pending}:
        ProviderFunds.objects.update_or_create(
            currency=currency,
            defaults={
                "available_minor": found.available.get(currency, 0),
                "pending_minor": found.pending.get(currency, 0),
                "owed_minor": owed(currency),
                "at": now,
            },
        )
    return {row.currency: row for row in ProviderFunds.objects.filter(at=now)}


def spent(row: Transfer) -> None:
    """Takes a transfer that was sent off what is known of the balance."""
    known = ProviderFunds.objects.filter(currency=row.currency)
    known.update(
        available_minor=F("available_minor") - row.amount_minor, owed_minor=F("owed_minor") - row.amount_minor
    )


def owed(currency: str) -> int:
    """What the platform holds for others in a currency: the pool, and artists' money that it has not sent."""
    ours = Earning.objects.filter(place__in=WITH_US, currency=currency).aggregate(sum=Sum("amount_minor"))
    return int(ours["sum"] or 0) + max(0, balance(accounts.POOL, currency=currency))
