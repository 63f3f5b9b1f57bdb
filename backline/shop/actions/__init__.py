"""Writes of the shop. What a provider may say twice is recorded once, by its external id."""

from backline.shop.actions.invoices import record_invoice, record_invoice_dispute, record_invoice_refund
from backline.shop.actions.licences import issue_licence, revoke_licence
from backline.shop.actions.once import MoreThanPaid, OtherContent
from backline.shop.actions.plans import create_plan, end_subscription, start_subscription
from backline.shop.actions.sales import AlreadySold, record_sale, record_sale_dispute, record_sale_refund

__all__ = [
    "AlreadySold",
    "MoreThanPaid",
    "OtherContent",
    "create_plan",
    "end_subscription",
    "issue_licence",
    "record_invoice",
    "record_invoice_dispute",
    "record_invoice_refund",
    "record_sale",
    "record_sale_dispute",
    "record_sale_refund",
    "revoke_licence",
    "start_subscription",
]
