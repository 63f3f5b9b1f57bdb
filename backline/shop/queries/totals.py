"""How much was recorded in all, for the comparison with the ledger."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, F, QuerySet, Sum
from django.db.models.expressions import CombinedExpression

from backline.shop.models import Invoice, InvoiceChange, Sale, SaleChange


@dataclass(frozen=True)
class Recorded:
    """Rows of one kind in one currency with an amount above 0, and the sum of what was paid or went back."""

    kind: str
    currency: str
    count: int
    amount_minor: int


def recorded_totals() -> list[Recorded]:
    """Invoices, sales and their changes by currency. Four queries."""
    return [
        *_totals(
            "invoice",
            Invoice.objects.all(),
            "currency",
            F("plan_net_minor") + F("fee_minor") + F("tax_minor"),
        ),
        *_totals(
            "invoice-change",
            InvoiceChange.objects.all(),
            "invoice__currency",
            F("amount_minor") + F("fee_minor") + F("tax_minor"),
        ),
        *_totals("sale", Sale.objects.all(), "currency", F("list_price_minor") + F("fee_minor")),
        *_totals(
            "sale-change", SaleChange.objects.all(), "sale__currency", F("amount_minor") + F("fee_minor")
        ),
    ]


def _totals(kind: str, rows: QuerySet, currency: str, amount: CombinedExpression) -> list[Recorded]:  # type: ignore[type-arg]
    found = rows.annotate(whole=amount).filter(whole__gt=0).values_list(currency)
    sums = found.annotate(count=Count("pk"), sum=Sum("whole")).order_by(currency)
    return [Recorded(kind, code, count, total) for code, count, total in sums]
