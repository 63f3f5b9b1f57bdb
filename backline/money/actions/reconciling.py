"""Reconciliation with Stripe: each balance transaction of the platform is one thing of ours, or staff look at it.

Stripe's fees are booked as they are found: `fee:<balance transaction>`.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from backline.core import locks
from backline.integrations.stripe.client import Credentials, credentials
from backline.integrations.stripe.errors import StripeProblem
from backline.integrations.stripe.transfers import BalanceRow, balance_rows
from backline.ledger import accounts
from backline.ledger.actions import Move, post_entry
from backline.money.actions.booking import LOCK
from backline.money.actions.funds import read_funds
from backline.money.models import BalanceLine, ProviderPoll, Reversal, Transfer
from backline.people.models import Account
from backline.shop.models import Invoice, InvoiceChange, Sale, SaleChange

EVERY = timedelta(hours=1)
PORTION = 1_000
"""How many lines without a match are tried again each time, the newest first."""
OVERLAP = timedelta(hours=6)
WHAT = ProviderPoll.BALANCE
LOOKED_AT = f"{WHAT}, looked at"
PLATFORM_KINDS = ("payout", "topup", "payout_failure", "payout_cancel", "reserve_transaction", "stripe_fee")
"""What concerns only the platform and Stripe: known by itself."""


def reconcile_due(*, now: datetime) -> bool:
    """Once an hour: takes in what is new at Stripe and matches it, and tries what has no match again."""
    mark = ProviderPoll.objects.filter(what=WHAT).first()
    last = ProviderPoll.objects.filter(what=LOOKED_AT).first()
    to = credentials()
    if to is None or (last is not None and now - last.through < EVERY):
        return False
    try:
        reconcile(to, since=mark.through - OVERLAP if mark else None, now=now)
    except StripeProblem:
        return False
    ProviderPoll.objects.update_or_create(what=LOOKED_AT, defaults={"through": now})
    return False


def reconcile(to: Credentials, *, since: datetime | None, now: datetime) -> int:
    """Takes in balance transactions since then (None: all) and matches them; answers how many have none. Repeatable.

    Raises:
        StripeProblem: Stripe did not answer; what was taken in stays.
    """
    newest = since
    for row in balance_rows(to, since=since):
        _keep(row, now)
        newest = max(newest or row.at, row.at)
    for line in BalanceLine.objects.filter(match=None, settled_at=None).order_by("-happened_at")[:PORTION]:
        _match(line)
    read_funds(to, now=now)
    if newest:
        ProviderPoll.objects.update_or_create(what=WHAT, defaults={"through": newest})
    return BalanceLine.objects.filter(match=None, settled_at=None).count()


def settle_line(line_id: int, *, note: str, by: Account, now: datetime) -> None:
    """Staff explain a line that has no match. Repeating it changes nothing."""
    open_ = BalanceLine.objects.filter(pk=line_id, match=None, settled_at=None)
    open_.update(note=f"{note.strip()} ({by})"[:200], settled_at=now)


def _keep(row: BalanceRow, now: datetime) -> None:
    with transaction.atomic():
        locks.hold(LOCK)
        line, new = BalanceLine.objects.get_or_create(
            external_id=row.id,
            defaults={
                "kind": row.kind,
                "source": row.source,
                "payment": row.payment,
                "amount_minor": row.amount_minor,
                "fee_minor": row.fee_minor,
                "currency": row.currency,
                "happened_at": row.at,
            },
        )
        if new and row.fee_minor:
            ends = (
                (accounts.COSTS, accounts.STRIPE) if row.fee_minor > 0 else (accounts.STRIPE, accounts.COSTS)
            )
            move = Move(*ends, abs(row.fee_minor), row.currency)
            post_entry(f"fee:{row.id}", moves=[move], memo="Stripe's fee", now=now)
        if new:
            _match(line)


def _match(line: BalanceLine) -> None:
    name, amount = _found(line)
    if not name:
        return
    if amount is not None and amount != line.amount_minor:
        BalanceLine.objects.filter(pk=line.pk).update(note=f"{name} says {amount}")
        return
    try:
        with transaction.atomic():
            BalanceLine.objects.filter(pk=line.pk).update(match=name, note="")
    except IntegrityError:
        BalanceLine.objects.filter(pk=line.pk).update(note=f"{name} has a match already")


def _found(line: BalanceLine) -> tuple[str, int | None]:
    """What of ours the line is, and the amount that this says; None: any amount."""
    if line.kind in PLATFORM_KINDS:
        return f"platform:{line.external_id}", None
    if line.kind in ("charge", "payment"):
        return _payment(line)
    if line.kind in ("refund", "payment_refund", "adjustment"):
        return _went_back(line)
    if line.kind == "transfer":
        sent = Transfer.objects.filter(external_id=line.source).first()
        return (f"transfer:{sent.pk}", -sent.amount_minor) if sent else ("", None)
    if line.kind in ("transfer_refund", "transfer_cancel"):
        back = Reversal.objects.filter(external_id=line.source).first()
        return (f"reversal:{back.pk}", back.amount_minor) if back else ("", None)
    return "", None


def _payment(line: BalanceLine) -> tuple[str, int | None]:
    if not line.payment:
        return "", None
    if invoice := Invoice.objects.filter(payment=line.payment).first():
        return f"invoice:{invoice.pk}", invoice.plan_net_minor + invoice.fee_minor + invoice.tax_minor
    if sale := Sale.objects.filter(payment=line.payment).first():
        return f"sale:{sale.pk}", sale.list_price_minor + sale.fee_minor
    return "", None


def _went_back(line: BalanceLine) -> tuple[str, int | None]:
    if change := InvoiceChange.objects.filter(external_id=line.source).first():
        return f"invoice-change:{change.pk}", -(change.amount_minor + change.fee_minor + change.tax_minor)
    if sold := SaleChange.objects.filter(external_id=line.source).first():
        return f"sale-change:{sold.pk}", -(sold.amount_minor + sold.fee_minor)
    return "", None
