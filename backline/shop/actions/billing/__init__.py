"""Billing by Stripe: starting a plan, and taking in what Stripe says of subscriptions, invoices, refunds, disputes."""

from backline.shop.actions.billing.intake import (
    CannotTake,
    look_at_bill,
    look_at_checkout,
    look_at_dispute,
    look_at_refund,
    look_at_subscription,
)
from backline.shop.actions.billing.leaving import forget_customer
from backline.shop.actions.billing.starting import AlreadyHeld, BillingRefused, open_checkout, open_portal

__all__ = [
    "AlreadyHeld",
    "BillingRefused",
    "CannotTake",
    "forget_customer",
    "look_at_bill",
    "look_at_checkout",
    "look_at_dispute",
    "look_at_refund",
    "look_at_subscription",
    "open_checkout",
    "open_portal",
]
