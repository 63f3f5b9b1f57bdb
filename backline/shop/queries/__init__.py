"""Reads of the shop: facts for money and standing. Every amount is of one currency."""

from backline.shop.queries.invoices import (
    Change,
    PaidInvoice,
    changes_of_invoices,
    currencies,
    invoice,
    invoice_changes_after,
    invoices_after,
    invoices_serving,
)
from backline.shop.queries.sales import (
    BeatSales,
    SaleFact,
    first_licence_at,
    first_licences,
    first_sale_at,
    first_sales,
    sale,
    sale_changes_after,
    sales_after,
    sales_by_beat,
)
from backline.shop.queries.totals import Recorded, recorded_totals

__all__ = [
    "BeatSales",
    "Change",
    "PaidInvoice",
    "Recorded",
    "SaleFact",
    "changes_of_invoices",
    "currencies",
    "first_licence_at",
    "first_licences",
    "first_sale_at",
    "first_sales",
    "invoice",
    "invoice_changes_after",
    "invoices_after",
    "invoices_serving",
    "recorded_totals",
    "sale",
    "sale_changes_after",
    "sales_after",
    "sales_by_beat",
]
