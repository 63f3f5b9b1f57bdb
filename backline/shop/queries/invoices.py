"""What was paid for plans and what of it went back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from backline.shop.models import Invoice, InvoiceChange, Sale

SOME = 500  # numbers in one statement


@dataclass(frozen=True)
class PaidInvoice:
    """A paid invoice; it serves the reporting days from `period_start` up to, not including, `period_end`."""

    id: int
    account_id: int
    subscription_id: int
    currency: str
    paid_at: datetime
    period_start: date
    period_end: date
    plan_net_minor: int
    fee_minor: int
    tax_minor: int


@dataclass(frozen=True)
class Change:
    """What went back of an invoice's plan line or a sale's price (`subject_id`), and of fee and tax with it.

    `kind` is refund or dispute.
    """

    id: int
    kind: str
    subject_id: int
    amount_minor: int
    fee_minor: int
    at: datetime
    currency: str
    tax_minor: int = 0


def invoice(invoice_id: int) -> PaidInvoice | None:
    """One invoice, or None."""
    return next(iter(_paid(Invoice.objects.filter(pk=invoice_id))), None)


def invoices_after(last_id: int, *, limit: int) -> list[PaidInvoice]:
    """Invoices recorded after that one, in order."""
    return _paid(Invoice.objects.filter(pk__gt=last_id).order_by("pk")[:limit])


def invoices_serving(first: date, last: date, *, currency: str | None = None) -> list[PaidInvoice]:
    """Invoices that serve any of the days `first` to `last`, both included, in order."""
    found = Invoice.objects.filter(period_end__gt=first, period_start__lte=last)
    return _paid((found if currency is None else found.filter(currency=currency)).order_by("pk"))


def invoice_changes_after(last_id: int, *, limit: int) -> list[Change]:
    """What went back after that change, in order."""
    return _changes(InvoiceChange.objects.filter(pk__gt=last_id).order_by("pk")[:limit])


def changes_of_invoices(invoice_ids: Sequence[int]) -> dict[int, list[Change]]:
    """What went back of each of these invoices; those of which nothing did are absent."""
    found: dict[int, list[Change]] = {}
    for start in range(0, len(invoice_ids), SOME):
        some = InvoiceChange.objects.filter(invoice__in=invoice_ids[start : start + SOME])
        for change in _changes(some.order_by("pk")):
            found.setdefault(change.subject_id, []).append(change)
    return found


def currencies() -> list[str]:
    """The currencies in which anything was paid, in order."""
    paid = set(Invoice.objects.values_list("currency", flat=True).distinct())
    return sorted(paid | set(Sale.objects.values_list("currency", flat=True).distinct()))


def _paid(rows: QuerySet[Invoice]) -> list[PaidInvoice]:
    return [PaidInvoice(*row) for row in rows.values_list(*PaidInvoice.__dataclass_fields__)]


def _changes(rows: QuerySet[InvoiceChange]) -> list[Change]:
    fields = ("id", "kind", "invoice_id", "amount_minor", "fee_minor", "at", "invoice__currency", "tax_minor")
    return [Change(*row) for row in rows.values_list(*fields)]
