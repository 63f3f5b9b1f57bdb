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
from backline.shop.queries.plans import (
    HeldPlan,
    PlanOffer,
    held_plan,
    holds_paid_plan,
    last_checkout,
    plan_currencies,
    plan_offers,
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
    "HeldPlan",
    "PaidInvoice",
    "PlanOffer",
    "Recorded",
    "SaleFact",
    "changes_of_invoices",
    "currencies",
    "first_licence_at",
    "first_licences",
    "first_sale_at",
    "first_sales",
    "held_plan",
    "holds_paid_plan",
    "invoice",
    "invoice_changes_after",
    "invoices_after",
    "invoices_serving",
    "last_checkout",
    "plan_currencies",
    "plan_offers",
    "recorded_totals",
    "sale",
    "sale_changes_after",
    "sales_after",
    "sales_by_beat",
]
