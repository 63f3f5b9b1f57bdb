"""Paid invoices, and what of them went back."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Sum

from backline.shop.actions.once import MoreThanPaid, demand_amounts, recorded
from backline.shop.models import ChangeKind, Invoice, InvoiceChange, Subscription


def record_invoice(
    subscription: Subscription,
    *,
    external_id: str,
    paid_at: datetime,
    period_start: date,
    period_end: date,
    plan_net_minor: int,
    fee_minor: int,
    tax_minor: int,
    payment: str = "",
) -> Invoice:
    """A paid invoice of a subscription, in its currency. `period_end` is the first day not served.

    Raises:
        OtherContent: the external id was recorded with something else.
        ValueError: an amount or the period makes no sense.
    """
    demand_amounts(plan_net_minor=plan_net_minor, fee_minor=fee_minor, tax_minor=tax_minor)
    if period_end <= period_start:
        raise ValueError("an invoice serves at least one day")
    content = {
        "subscription_id": subscription.pk,
        "account_id": subscription.account_id,
        "currency": subscription.currency,
        "paid_at": paid_at,
        "period_start": period_start,
        "period_end": period_end,
        "plan_net_minor": plan_net_minor,
        "fee_minor": fee_minor,
        "tax_minor": tax_minor,
    }
    with transaction.atomic():
        found = recorded(Invoice, external_id, content)
        return found or Invoice.objects.create(external_id=external_id, payment=payment, **content)


def record_invoice_refund(
    invoice: Invoice,
    *,
    external_id: str,
    amount_minor: int,
    at: datetime,
    fee_minor: int = 0,
    tax_minor: int = 0,
) -> InvoiceChange:
    """Part of the plan line, and of fee and tax, went back to the payer.

    Raises:
        MoreThanPaid: together with earlier ones it is more than was paid.
        OtherContent: the external id was recorded with something else.
        ValueError: not a whole amount above 0.
    """
    return _change(invoice, ChangeKind.REFUND, external_id, (amount_minor, fee_minor, tax_minor), at)


def record_invoice_dispute(
    invoice: Invoice,
    *,
    external_id: str,
    amount_minor: int,
    at: datetime,
    fee_minor: int = 0,
    tax_minor: int = 0,
) -> InvoiceChange:
    """The payer's bank took part of it back, for good. Raises as `record_invoice_refund`."""
    return _change(invoice, ChangeKind.DISPUTE, external_id, (amount_minor, fee_minor, tax_minor), at)


def left_of(invoice: Invoice) -> tuple[int, int, int]:
    """What has not gone back of the plan line, the fee and the tax."""
    gone = InvoiceChange.objects.filter(invoice=invoice).aggregate(
        plan=Sum("amount_minor"), fee=Sum("fee_minor"), tax=Sum("tax_minor")
    )
    return (
        invoice.plan_net_minor - (gone["plan"] or 0),
        invoice.fee_minor - (gone["fee"] or 0),
        invoice.tax_minor - (gone["tax"] or 0),
    )


def _change(
    invoice: Invoice, kind: ChangeKind, external_id: str, amounts: tuple[int, int, int], at: datetime
) -> InvoiceChange:
    amount, fee, tax = amounts
    demand_amounts(amount_minor=amount, fee_minor=fee, tax_minor=tax)
    content = {"invoice_id": invoice.pk, "kind": kind, "amount_minor": amount, "at": at}
    content |= {"fee_minor": fee, "tax_minor": tax}
    with transaction.atomic():
        if found := recorded(InvoiceChange, external_id, content):
            return found
        left = left_of(invoice)
        if amount == 0 or any(part > rest for part, rest in zip(amounts, left, strict=True)):
            raise MoreThanPaid(f"{amounts} of {invoice}: {left} are left")
        return InvoiceChange.objects.create(external_id=external_id, **content)
