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
        return found or Invoice.objects.create(external_id=external_id, **content)


def record_invoice_refund(
    invoice: Invoice, *, external_id: str, amount_minor: int, at: datetime
) -> InvoiceChange:
    """Part of the plan line went back to the payer.

    Raises:
        MoreThanPaid: together with earlier ones it is more than was paid.
        OtherContent: the external id was recorded with something else.
        ValueError: not a whole amount above 0.
    """
    return _change(invoice, ChangeKind.REFUND, external_id, amount_minor, at)


def record_invoice_dispute(
    invoice: Invoice, *, external_id: str, amount_minor: int, at: datetime
) -> InvoiceChange:
    """The payer's bank took part of the plan line back, for good. Raises as `record_invoice_refund`."""
    return _change(invoice, ChangeKind.DISPUTE, external_id, amount_minor, at)


def _change(
    invoice: Invoice, kind: ChangeKind, external_id: str, amount_minor: int, at: datetime
) -> InvoiceChange:
    demand_amounts(amount_minor=amount_minor)
    content = {"invoice_id": invoice.pk, "kind": kind, "amount_minor": amount_minor, "at": at}
    with transaction.atomic():
        if found := recorded(InvoiceChange, external_id, content):
            return found
        gone = InvoiceChange.objects.filter(invoice=invoice).aggregate(sum=Sum("amount_minor"))["sum"] or 0
        if not 0 < amount_minor <= invoice.plan_net_minor - gone:
            raise MoreThanPaid(f"{amount_minor} of {invoice}: {invoice.plan_net_minor - gone} are left")
        return InvoiceChange.objects.create(external_id=external_id, **content)
