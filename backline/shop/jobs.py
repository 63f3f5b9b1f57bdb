"""What the worker runs for the shop: plans of accounts that are gone."""

from __future__ import annotations

from backline.core import clock
from backline.shop.actions import billing


def forget_customer() -> bool:
    """Ends the plan of one deleted account at Stripe; says whether there was one."""
    return billing.forget_customer(now=clock.now())
