"""What invoices paid for days, and for whom."""

from __future__ import annotations

from collections import Counter
from datetime import date

from backline.domain.accrual import MICRO
from backline.domain.service_days import after_changes, spread
from backline.shop.queries import PaidInvoice, changes_of_invoices, invoices_serving


def days_of(invoice: PaidInvoice) -> dict[date, int]:
    """What an invoice paid for each of its service days, in minor units."""
    return spread(
        invoice.plan_net_minor, first=invoice.period_start, end=invoice.period_end, phase=invoice.id
    )


def paid_by_account(first: date, last: date, currency: str) -> dict[int, int]:
    """What each account's invoices paid for the days, after everything that went back; in micro-units."""
    invoices = invoices_serving(first, last, currency=currency)
    changes = changes_of_invoices([row.id for row in invoices])
    paid: Counter[int] = Counter()
    for row in invoices:
        left, _ = after_changes(days_of(row), [change.amount_minor for change in changes.get(row.id, [])])
        paid[row.account_id] += MICRO * sum(part for day, part in left.items() if first <= day <= last)
    return {account: amount for account, amount in paid.items() if amount}
