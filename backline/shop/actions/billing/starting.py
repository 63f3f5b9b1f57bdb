"""Starting a plan on Stripe's hosted page, and the page where it is changed or ended. Calls are not in transactions."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.conf import settings

from backline.domain.plan_price import price_parts
from backline.integrations.stripe import billing as stripe
from backline.integrations.stripe.client import Credentials, credentials
from backline.integrations.stripe.errors import Refused, StripeProblem
from backline.people.models import Account
from backline.shop.models import Checkout, Customer, PlanPrice, Subscription

FEE = "-fee"
"""What the lookup key of the fee's part ends with."""


class BillingRefused(Exception):
    """It cannot be done now; the message is for the screen."""


class AlreadyHeld(BillingRefused):
    """The account holds a plan; it is changed on the other page."""


def open_checkout(
    account: Account, *, price: PlanPrice, success_url: str, cancel_url: str, now: datetime
) -> str:
    """The address of the hosted page where the account pays for a plan in the price's currency.

    Raises:
        AlreadyHeld, BillingRefused: with a sentence for the screen.
    """
    if Subscription.objects.filter(account=account, ended_at=None).exists():
        raise AlreadyHeld("You have a plan. Change it under Manage plan.")
    to = _credentials()
    try:
        prices = plan_prices(to, price)
        session = stripe.open_checkout(
            to,
            customer=_customer(to, account, now),
            prices=prices,
            reference=str(account.pk),
            metadata={"backline_account": str(account.pk), "backline_plan": str(price.plan_id)},
            success_url=success_url,
            cancel_url=cancel_url,
            key=f"checkout {account.pk} {secrets.token_hex(8)}",
        )
    except StripeProblem as problem:
        raise _refused(problem) from problem
    Checkout.objects.create(
        account=account,
        plan_id=price.plan_id,
        currency=price.currency,
        external_id=session.id,
        started_at=now,
    )
    return session.url


def open_portal(account: Account, *, return_url: str) -> str:
    """The address of the hosted page where the account changes its plan, its card, or leaves.

    Raises:
        BillingRefused: with a sentence for the screen.
    """
    customer = Customer.objects.filter(account=account).first()
    if customer is None:
        raise BillingRefused("You have not paid for a plan here yet.")
    try:
        return stripe.portal_link(_credentials(), customer=customer.external_id, return_url=return_url)
    except StripeProblem as problem:
        raise _refused(problem) from problem


def plan_prices(to: Credentials, price: PlanPrice) -> list[str]:
    """Stripe's names of a price's two parts, made there at the first need. Raises StripeProblem."""
    parts = price_parts(price.amount_minor, fee_percent=settings.PLAN_FEE_PERCENT)
    base = f"backline-{price.plan.name.lower().replace(' ', '-')}-{price.currency.lower()}"
    names = (("", price.plan.name, parts.plan), (FEE, f"{price.plan.name}, platform fee", parts.fee))
    found = [
        stripe.ensure_price(
            to,
            lookup=f"{base}-{amount}{end}",
            product=f"{price.plan_id}{end}",
            name=name,
            amount_minor=amount,
            currency=price.currency,
        )
        for end, name, amount in names
        if amount
    ]
    fee = found[1] if len(found) > 1 else ""
    PlanPrice.objects.filter(pk=price.pk).update(price_id=found[0], fee_price_id=fee)
    return found


def _customer(to: Credentials, account: Account, now: datetime) -> str:
    known = Customer.objects.filter(account=account).first()
    if known is None:
        name = stripe.create_customer(
            to,
            email=account.email,
            name=account.name,
            reference=str(account.pk),
            key=f"customer {account.pk} {secrets.token_hex(8)}",
        )
        known, _ = Customer.objects.get_or_create(
            account=account, defaults={"external_id": name, "created_at": now}
        )
    return known.external_id


def _credentials() -> Credentials:
    found = credentials()
    if found is None:
        raise BillingRefused("This installation is not connected to Stripe.")
    return found


def _refused(problem: StripeProblem) -> BillingRefused:
    if isinstance(problem, Refused):
        return BillingRefused(f"Stripe says: {problem}")
    return BillingRefused("Stripe does not answer now. Try again in a minute.")
