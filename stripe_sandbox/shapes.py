"""Answers in the shape of the SDK's typed classes: every field that is always there, and no other."""

from __future__ import annotations

import importlib
from functools import cache
from types import NoneType
from typing import Any, get_args

from stripe_sandbox.errors import Json

CLASSES = {
    "account": "_account.Account",
    "balance": "_balance.Balance",
    "balance_transaction": "_balance_transaction.BalanceTransaction",
    "bank_account": "_bank_account.BankAccount",
    "billing_portal.session": "billing_portal._session.Session",
    "charge": "_charge.Charge",
    "checkout.session": "checkout._session.Session",
    "coupon": "_coupon.Coupon",
    "customer": "_customer.Customer",
    "dispute": "_dispute.Dispute",
    "event": "_event.Event",
    "invoice": "_invoice.Invoice",
    "invoice_payment": "_invoice_payment.InvoicePayment",
    "line_item": "_invoice_line_item.InvoiceLineItem",
    "item": "_line_item.LineItem",
    "login_link": "_login_link.LoginLink",
    "payment_intent": "_payment_intent.PaymentIntent",
    "payment_method": "_payment_method.PaymentMethod",
    "payout": "_payout.Payout",
    "price": "_price.Price",
    "product": "_product.Product",
    "refund": "_refund.Refund",
    "subscription": "_subscription.Subscription",
    "subscription_item": "_subscription_item.SubscriptionItem",
    "tax_rate": "_tax_rate.TaxRate",
    "topup": "_topup.Topup",
    "transfer": "_transfer.Transfer",
    "transfer_reversal": "_transfer_reversal.TransferReversal",
    "v2.core.account": "v2.core._account.Account",
    "v2.core.account_link": "v2.core._account_link.AccountLink",
    "v2.core.event": "v2.core._event.Event",
    "v2.core.event_destination": "v2.core._event_destination.EventDestination",
    "webhook_endpoint": "_webhook_endpoint.WebhookEndpoint",
}
ONLY_SOMETIMES = {
    "*": {"deleted"},
    "checkout.session": {
        "line_items",
        "optional_items",
        "presentment_details",
        "branding_settings",
        "name_collection",
    },
    "coupon": {"applies_to", "currency_options"},
    "charge": {"radar_options", "level3", "presentment_details", "source"},
    "customer": {"sources", "subscriptions", "tax", "tax_ids", "cash_balance", "invoice_credit_balance"},
    "invoice": {"payments", "confirmation_secret", "threshold_reason"},
    "payment_intent": {"presentment_details", "hooks", "payment_details"},
    "price": {"currency_options", "tiers"},
    "webhook_endpoint": {"secret"},
}
"""Fields that Stripe leaves out unless there is a reason, or unless they are asked for by `expand`."""


def blank(kind: str, **values: Any) -> Json:
    """An object of this kind with the given values; what may be nothing is null.

    Raises:
        TypeError: a value is missing, or the kind has no such field. It is a mistake in the sandbox.
    """
    empty, demanded = _shape(kind)
    values["object"] = kind
    unknown = values.keys() - empty.keys() - demanded - ONLY_SOMETIMES.get(kind, set())
    absent = demanded - values.keys()
    if unknown or absent:
        raise TypeError(f"{kind}: unknown {sorted(unknown)}, missing {sorted(absent)}")
    return empty | values


def typed_class(kind: str) -> Any:
    """The SDK's class for a kind of object."""
    module, _, name = CLASSES[kind].rpartition(".")
    return getattr(importlib.import_module(f"stripe.{module}"), name)


@cache
def _shape(kind: str) -> tuple[Json, set[str]]:
    """The fields that may be nothing, and the names of those that must be given."""
    hints = {
        name: hint for name, hint in typed_class(kind).__annotations__.items()
        if not name.startswith("_") and name != "OBJECT_NAME"
    }  # fmt: skip
    left_out = ONLY_SOMETIMES["*"] | ONLY_SOMETIMES.get(kind, set())
    nullable = {
        name: None for name, hint in hints.items() if NoneType in get_args(hint) and name not in left_out
    }
    return nullable, set(hints) - set(nullable) - left_out


def listed(data: list[Json], url: str, *, has_more: bool = False) -> Json:
    """A page of objects, as /v1 writes it."""
    return {"object": "list", "data": data, "has_more": has_more, "url": url}
