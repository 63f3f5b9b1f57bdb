"""Direct sales: the list price is the producer's, kept for some days, then available; what goes back is taken back."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from backline.catalog.queries.shares import agreed_shares
from backline.core import locks
from backline.domain.split import split
from backline.ledger import accounts
from backline.ledger.actions import Move, post_entry
from backline.listening.calendar import reporting
from backline.money.actions.booking import LOCK
from backline.money.actions.sale_rows import follow_sales
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
        wanted = SaleHold.objects.filter(sale_id__in=[row.subject_id for row in changes])
        known: dict[int, list[SaleHold]] = {}
        for hold in wanted.order_by("part"):
            known.setdefault(hold.sale_id, []).append(hold)
        booked = [row for row in changes if row.subject_id in known]
        for change in booked:
            _book_change(change, known[change.subject_id], now)
        touched = [*(sale.id for sale in sales), *known]
        if not touched:
            return 0
        follow_sales(SaleHold.objects.filter(sale_id__in=touched), now=now)
    return len(sales) + len(booked)


def release_sales(*, now: datetime) -> int:
    """Makes available what is left of sales whose holding days are over; answers how many."""
    with transaction.atomic():
        locks.hold(LOCK)
        over = SaleHold.objects.filter(state=SaleHold.State.HELD, available_at__lte=now)
        rows = list(over.order_by("available_at", "pk")[:PORTION])
        if not rows:
            return 0
        for row in rows:
            if left := row.amount_minor - row.refunded_minor:
                ends = accounts.sale_held(row.artist_id), accounts.available(row.artist_id)
                move = Move(*ends, left, row.currency)
                post_entry(_release_key(row), moves=[move], memo="Holding days over", now=now)
        SaleHold.objects.filter(pk__in=[row.pk for row in rows]).update(state=SaleHold.State.AVAILABLE)
        follow_sales(rows, now=now)
    return len(rows)


def _book_sale(sale: SaleFact, now: datetime) -> None:
    parts = _parts(sale)
    moves = [
        *(Move(accounts.STRIPE, accounts.sale_held(who), part, sale.currency) for who, part in parts.items()),
        *([Move(accounts.STRIPE, accounts.FEES, sale.fee_minor, sale.currency)] if sale.fee_minor else []),
    ]
    post_entry(_key(sale.id), moves=moves, memo=f"Sale of beat {sale.beat_id}", now=now)
    for number, (artist_id, amount) in enumerate(parts.items()):
        SaleHold.objects.create(
            sale_id=sale.id,
            part=number,
            artist_id=artist_id,
            currency=sale.currency,
            amount_minor=amount,
            sold_at=sale.sold_at,
            available_at=sale.sold_at + timedelta(days=settings.SALE_HOLD_DAYS),
        )
    _mark(Booked.Kind.SALE, sale.id, now)


def _parts(sale: SaleFact) -> dict[int, int]:
    """The list price by the shares that everybody had accepted when it was sold, else all of it the seller's."""
    shares = agreed_shares(sale.beat_id, day=reporting().today(sale.sold_at), until=sale.sold_at)
    if shares is None:
        return {sale.artist_id: sale.list_price_minor}
    divided = split(sale.list_price_minor, shares)
    # The seller first: part 0 is what an undivided sale has.
    order = sorted(divided, key=lambda artist: (artist != sale.artist_id, artist))
    return {artist: divided[artist] for artist in order if divided[artist]}


def _book_change(change: Change, rows: list[SaleHold], now: datetime) -> None:
    """Takes back from what is held, of every part by what is left of it; what was released is first brought back."""
    parts = split(change.amount_minor, {row.pk: row.amount_minor - row.refunded_minor for row in rows})
    moves = []
    for row in rows:
        if amount := parts[row.pk]:
            if row.state == SaleHold.State.AVAILABLE:
                _bring_back(change, row, amount, now)
            moves.append(Move(accounts.sale_held(row.artist_id), accounts.STRIPE, amount, row.currency))
            row.refunded_minor += amount
    if change.fee_minor:
        moves.append(Move(accounts.FEES, accounts.STRIPE, change.fee_minor, rows[0].currency))
    memo = "Sale disputed and lost" if change.kind == "dispute" else "Sale refunded"
    post_entry(f"sale-change:{change.id}", moves=moves, memo=memo, now=now, reverses=_key(rows[0].sale_id))
    SaleHold.objects.bulk_update(rows, ["refunded_minor"])
    _mark(Booked.Kind.SALE_CHANGE, change.id, now)


def _bring_back(change: Change, row: SaleHold, amount: int, now: datetime) -> None:
    artist, currency, key = row.artist_id, row.currency, f"sale-change:{change.id}"
    if heir := Heir.objects.filter(source=artist).first():
        ends = accounts.available(heir.into_id), accounts.available(artist)
        move = Move(*ends, amount, currency)
        post_entry(f"{key}:heir{_suffix(row)}", moves=[move], memo="Sale of a merged artist", now=now)
    move = Move(accounts.available(artist), accounts.sale_held(artist), amount, currency)
    original = _release_key(row)
    post_entry(f"{key}:back{_suffix(row)}", moves=[move], memo="Sale taken back", now=now, reverses=original)


def _mark(kind: Booked.Kind, source_id: int, now: datetime) -> None:
    Booked.objects.create(kind=kind, source_id=source_id, learned_on=reporting().today(now))


def _key(sale_id: int) -> str:
    return f"sale:{sale_id}"


def _release_key(row: SaleHold) -> str:
    return f"sale-release:{row.sale_id}{_suffix(row)}"


def _suffix(row: SaleHold) -> str:
    """What tells the entries of a divided sale's parts; part 0 has the keys of an undivided sale."""
    return f":{row.part}" if row.part else ""
