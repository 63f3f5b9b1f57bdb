"""Booking: facts of the shop become ledger entries and money of service days, each once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import transaction

from backline.core import locks, sql
from backline.domain.service_days import after_changes
from backline.ledger import accounts
from backline.ledger.actions import Move, post_entry
from backline.listening.calendar import reporting
from backline.money import steps
from backline.money.actions.unbooked import Unbooked, unbooked
from backline.money.models import Accrual, Booked, DayWeights, LateMoney
from backline.money.paid import days_of
from backline.money.rules import month_of
from backline.shop.queries import Change, PaidInvoice, changes_of_invoices

LOCK = "money"
_BUCKETS = "SELECT day, currency, accrued_on FROM money_bucket WHERE day BETWEEN %s AND %s"
_ADD = """
INSERT INTO money_bucket (day, currency, paid_in_minor) VALUES (%s, %s, %s)
ON CONFLICT (day, currency) DO UPDATE SET paid_in_minor = money_bucket.paid_in_minor + excluded.paid_in_minor
"""
Parts = Counter[tuple[date, str]]
"""Minor units by service day and currency."""


def book_facts(*, now: datetime) -> int:
    """Takes in invoices, refunds and lost disputes that happened until `now`; answers how many, some hundred at a time.

    What they paid for days that are still open goes into the days' buckets. What they say of days that have accrued
    becomes late money, dated today: a correction in the month that is open.
    """
    with transaction.atomic():
        locks.hold(LOCK)
        found = unbooked(until=now)
        if not found:
            return 0
        through = accrued_through()
        learned_on = first_open_day(through, now=now)
        _enter(_parts(found), through=through, learned_on=learned_on)
        for invoice in found.invoices:
            _post_invoice(invoice, now)
        for change in found.changes:
            _post_change(change, now)
        _mark(found, learned_on, through)
        steps.reached("book")
    steps.reached("booked")
    return len(found.invoices) + len(found.changes)


def accrued_through() -> date | None:
    """The last day that has accrued; all days before it have."""
    found = sql.rows(
        "SELECT day FROM money_dayweights WHERE accrued_at IS NOT NULL ORDER BY day DESC LIMIT 1"
    )
    return found[0][0] if found else None


def first_open_day(through: date | None, *, now: datetime) -> date:
    """The day on which counts what is learned now: today, but none that has accrued."""
    today = reporting().today(now)
    return max(today, through + timedelta(days=1)) if through else today


def _parts(found: Unbooked) -> Parts:
    parts: Parts = Counter()
    for invoice in found.invoices:
        _add(parts, days_of(invoice), invoice.currency, 1)
    earlier = changes_of_invoices(sorted({change.subject_id for change in found.changes}))
    for change in found.changes:
        invoice = found.subjects[change.subject_id]
        amounts = [each.amount_minor for each in earlier[invoice.id] if each.id <= change.id]
        _, took = after_changes(days_of(invoice), amounts)
        _add(parts, took[-1], invoice.currency, -1)
    return parts


def _add(parts: Parts, days: Mapping[date, int], currency: str, sign: int) -> None:
    for day, amount in days.items():
        parts[day, currency] += sign * amount


def _enter(parts: Parts, *, through: date | None, learned_on: date) -> None:
    """Puts money into the open buckets, and what belongs to accrued days beside the day that accrued it."""
    days = {day for day, _ in parts}
    known = {(day, currency): on for day, currency, on in sql.rows(_BUCKETS, min(days), max(days))}
    late: Parts = Counter()
    early: Parts = Counter()
    for (day, currency), amount in parts.items():
        accrued_on = known.get((day, currency))
        if (day, currency) not in known and through is not None and day <= through:
            accrued_on = _would_have_accrued_on(day, currency, through)
        if accrued_on is not None:
            late[accrued_on, currency] += amount
        else:
            early[day, currency] += amount
    sql.change_each(_ADD, [(*bucket, amount) for bucket, amount in early.items()])
    _enter_late(late, learned_on)


def _would_have_accrued_on(day: date, currency: str, through: date) -> date | None:
    """The day whose weights divide money of an accrued day that had none in this currency."""
    month_end = Accrual.objects.filter(kind=Accrual.Kind.MONTH, of_month=month_of(day))
    if found := month_end.filter(currency=currency).values_list("day", flat=True).first():
        return found
    weighing = DayWeights.objects.filter(day__gte=day, day__lte=through, points__gt=0)
    return weighing.order_by("day").values_list("day", flat=True).first()


def _enter_late(late: Parts, learned_on: date) -> None:
    for (of_day, currency), amount in sorted(late.items()):
        if amount:
            row, _ = LateMoney.objects.get_or_create(day=learned_on, of_day=of_day, currency=currency)
            row.amount_minor += amount
            row.save(update_fields=["amount_minor"])


def _post_invoice(invoice: PaidInvoice, now: datetime) -> None:
    amounts = (
        (accounts.POOL, invoice.plan_net_minor),
        (accounts.FEES, invoice.fee_minor),
        (accounts.TAXES, invoice.tax_minor),
    )
    moves = [
        Move(accounts.STRIPE, address, amount, invoice.currency) for address, amount in amounts if amount
    ]
    if moves:
        post_entry(f"invoice:{invoice.id}", moves=moves, memo="Subscription invoice", now=now)


def _post_change(change: Change, now: datetime) -> None:
    memo = "Subscription disputed and lost" if change.kind == "dispute" else "Subscription refunded"
    amounts = (
        (accounts.POOL, change.amount_minor),
        (accounts.FEES, change.fee_minor),
        (accounts.TAXES, change.tax_minor),
    )
    moves = [Move(address, accounts.STRIPE, amount, change.currency) for address, amount in amounts if amount]
    key = f"invoice-change:{change.id}"
    post_entry(key, moves=moves, memo=memo, now=now, reverses=f"invoice:{change.subject_id}")


def _mark(found: Unbooked, learned_on: date, through: date | None) -> None:
    Booked.objects.bulk_create(
        Booked(kind=kind, source_id=source_id, learned_on=learned_on, through=through)
        for kind, source_id in [
            *((Booked.Kind.INVOICE, invoice.id) for invoice in found.invoices),
            *((Booked.Kind.INVOICE_CHANGE, change.id) for change in found.changes),
        ]
    )
