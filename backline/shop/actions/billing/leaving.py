"""What a deleted account holds at Stripe: its plan ends, and Stripe forgets who it was."""

from __future__ import annotations

from datetime import datetime

from backline.integrations.stripe import billing as stripe
from backline.integrations.stripe.client import credentials
from backline.shop.actions.billing.intake import look_at_subscription
from backline.shop.models import Customer, Subscription


def forget_customer(*, now: datetime) -> bool:
    """Ends the plan of one deleted account and deletes it at Stripe; says whether there was one.

    Cut off at any point it is done again: at Stripe both are done once. A hosted page that is still open cannot be paid
    once its customer is gone.

    Raises:
        StripeProblem, CannotTake: nothing is noted; the next round tries again.
    """
    to = credentials()
    left = Customer.objects.filter(account__deleted_at__isnull=False, forgotten_at=None)
    row = left.order_by("pk").first() if to else None
    if to is None or row is None:
        return False
    stripe.delete_customer(to, row.external_id)
    running = Subscription.objects.filter(account_id=row.account_id, ended_at=None).exclude(external_id="")
    for external_id in running.values_list("external_id", flat=True):
        look_at_subscription(to, external_id, now=now)
    Customer.objects.filter(pk=row.pk).update(forgotten_at=now)
    return True
