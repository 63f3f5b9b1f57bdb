"""Direct sales: the list price is the producer's, kept for some days, then available; what goes back is taken back."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F

from backline.core import locks
from backline.ledger import accounts
from backline.ledger.actions import Move, post_entry
from backline.listening.calendar import reporting
from backline.money.actions.booking import LOCK
from backline.money.actions.unbooked import missing
from backline.money.models import Booked, Heir, SaleHold
from backline.shop.models import Sale, SaleChange
from backline.shop.queries import Change, SaleFact, sale_changes_after, sales_after

PORTION = 200


def book_sales(*, now: datetime) -> int:
    """Takes in sales, and what went back of them, that happened until `now`; answers how many."""
    with transaction.atomic():
        locks.hold(LOCK)
        sales = missing(Booked.Kind.SALE, Sale, "sold_at", sales_after, until=now)
        for sale in sales:
            _book_sale(sale, now)
        changes = missing(Booked.Kind.SALE_CHANGE, SaleChange, "at", sale_changes_after, until=now)
        known = SaleHold.objects.in_bulk([row.subject_id for row in changes], field_name="sale_id")
        booked = [row for row in changes if row.subject_id in known]
        for change in booked:
            _book_change(change, known[change.subject_id], now)
    return len(sales) + len(booked)


def release_sales(*, now: datetime) -> int:
    """Makes available what is left of sales whose holding days are over; answers how many."""
    with transaction.atomic():
        locks.hold(LOCK)
        over = SaleHold.objects.filter(state=SaleHold.State.HELD, available_at__lte=now)
        rows = list(over.order_by("available_at", "pk")[:PORTION])
        for row in rows:
            if left := row.amount_minor - row.refunded_minor:
                ends = accounts.sale_held(row.artist_id), accounts.available(row.artist_id)
                move = Move(*ends, left, row.currency)
                post_entry(_release_key(row.sale_id), moves=[move], memo="Holding days over", now=now)
        SaleHold.objects.filter(pk__in=[row.pk for row in rows]).update(state=SaleHold.State.AVAILABLE)
    return len(rows)


def _book_sale(sale: SaleFact, now: datetime) -> None:
    moves = [
        Move(accounts.STRIPE, accounts.sale_held(sale.artist_id), sale.list_price_minor, sale.currency),
        *([Move(accounts.STRIPE, accounts.FEES, sale.fee_minor, sale.currency)] if sale.fee_minor else []),
    ]
    post_entry(_key(sale.id), moves=moves, memo=f"Sale of beat {sale.beat_id}", now=now)
    SaleHold.objects.create(
        sale_id=sale.id,
        artist_id=sale.artist_id,
        currency=sale.currency,
        amount_minor=sale.list_price_minor,
        sold_at=sale.sold_at,
        available_at=sale.sold_at + timedelta(days=settings.SALE_HOLD_DAYS),
    )
    _mark(Booked.Kind.SALE, sale.id, now)


def _book_change(change: Change, row: SaleHold, now: datetime) -> None:
    """Takes back from what is held; when that was released, it is first brought back."""
    row.refresh_from_db()
    artist, currency = row.artist_id, row.currency
    if row.state == SaleHold.State.AVAILABLE:
        if heir := Heir.objects.filter(source=artist).first():
            ends = accounts.available(heir.into_id), accounts.available(artist)
            move = Move(*ends, change.amount_minor, currency)
            post_entry(f"sale-change:{change.id}:heir", moves=[move], memo="Sale of a merged artist", now=now)
        move = Move(accounts.available(artist), accounts.sale_held(artist), change.amount_minor, currency)
        key, original = f"sale-change:{change.id}:back", _release_key(row.sale_id)
        post_entry(key, moves=[move], memo="Sale taken back", now=now, reverses=original)
    moves = [Move(accounts.sale_held(artist), accounts.STRIPE, change.amount_minor, currency)]
    if change.fee_minor:
        moves.append(Move(accounts.FEES, accounts.STRIPE, change.fee_minor, currency))
    memo = "Sale disputed and lost" if change.kind == "dispute" else "Sale refunded"
    post_entry(f"sale-change:{change.id}", moves=moves, memo=memo, now=now, reverses=_key(row.sale_id))
    SaleHold.objects.filter(pk=row.pk).update(refunded_minor=F("refunded_minor") + change.amount_minor)
    _mark(Booked.Kind.SALE_CHANGE, change.id, now)


def _mark(kind: Booked.Kind, source_id: int, now: datetime) -> None:
    Booked.objects.create(kind=kind, source_id=source_id, learned_on=reporting().today(now))


def _key(sale_id: int) -> str:
    return f"sale:{sale_id}"


def _release_key(sale_id: int) -> str:
    return f"sale-release:{sale_id}"
