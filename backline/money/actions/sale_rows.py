"""The rows of direct sales: the artist's part while it waits, when it is available, and what refunds take of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import F

from backline.core import locks
from backline.domain.earning_status import Place, Status, status_of
from backline.domain.references import sale_reference
from backline.listening.calendar import reporting
from backline.money.actions.booking import LOCK
from backline.money.actions.earnings import move_rows, payable_artists
from backline.money.actions.queueing import give_back
from backline.money.models import Earning, Heir, Reversal, SaleHold, Transfer
from backline.shop.models import Sale

AT_ONCE = 500
OURS = (Place.SALE_HELD, Place.AVAILABLE)
"""Money that has not begun to leave."""
SENT = (Place.SENDING, Place.CONNECTED)
"""Money that may still be in the artist's own Stripe balance."""


def follow_sales(holds: Iterable[SaleHold], *, now: datetime) -> None:
    """Brings the rows of these sales up to what was booked. Call it in the transaction that booked it."""
    fresh = SaleHold.objects.filter(pk__in=[hold.pk for hold in holds]).order_by("pk")
    found = {row.sale_hold_id: row for row in Earning.objects.filter(sale_hold__in=fresh, is_debt=False)}
    rows = [(hold, found.get(hold.pk) or _make(hold, now)) for hold in fresh]
    ready = payable_artists({row.artist_id for _, row in rows}, now=now)
    for hold, row in rows:
        if hold.state == SaleHold.State.AVAILABLE and row.place == Place.SALE_HELD and row.amount_minor:
            _release(row, hold, now, row.artist_id in ready)
        if gone := hold.refunded_minor - row.refunded_minor:
            _refund(row, gone, hold.refunded_minor, now)


def list_sales(*, now: datetime) -> bool:
    """Makes rows of sales that were booked before there were rows, some at a time; says whether there were any."""
    unlisted = SaleHold.objects.filter(earnings=None)
    if not unlisted.exists():
        return False
    with transaction.atomic():
        locks.hold(LOCK)
        holds = list(unlisted.order_by("pk")[:AT_ONCE])
        follow_sales(holds, now=now)
    return bool(holds)


def _make(hold: SaleHold, now: datetime) -> Earning:
    """The row as it began. What was available when its artist was merged is the heir's, as in the ledger."""
    sale = Sale.objects.get(pk=hold.sale_id)
    available = hold.state == SaleHold.State.AVAILABLE
    return Earning.objects.create(
        artist_id=_owner(hold.artist_id) if available else hold.artist_id,
        currency=hold.currency,
        kind=sale.kind,
        key=f"sale-{hold.pk}",
        reference=sale_reference(sale.kind, sale.pk),
        sale_hold=hold,
        sale_id=sale.pk,
        beat_id=sale.beat_id,
        amount_minor=hold.amount_minor,
        original_minor=hold.amount_minor,
        at=hold.sold_at,
        place=Place.SALE_HELD,
        status=status_of(Place.SALE_HELD),
        changed_at=now,
    )


def _release(row: Earning, hold: SaleHold, now: datetime, ready: bool) -> None:
    rows = Earning.objects.filter(pk=row.pk)
    rows.update(available_on=reporting().today(hold.available_at))
    move_rows(rows, Place.AVAILABLE, now=now, ready=ready)
    row.refresh_from_db()


def _refund(row: Earning, gone: int, all_gone: int, now: datetime) -> None:
    """Takes it from what is still here; of what was sent it becomes a debt, which is first sought in the transfer."""
    if row.place == Place.SENDING:
        _take_off(row, now)
    if row.place in OURS:
        _lessen(row, gone, now)
    else:
        debt = _owe(row, gone, all_gone, now)
        if row.transfer is not None and debt.artist_id == row.artist_id and row.place in SENT:
            Reversal.objects.create(
                transfer=row.transfer, debt=debt, amount_minor=gone, key=f"reversal {debt.key}",
                next_at=now, created_at=now,
            )  # fmt: skip
    Earning.objects.filter(pk=row.pk).update(refunded_minor=F("refunded_minor") + gone)


def _take_off(row: Earning, now: datetime) -> None:
    """Stops a transfer that nobody has tried to send; the rest of it is queued anew."""
    row.refresh_from_db()  # another refund may have stopped it just now
    if row.transfer is not None and row.transfer.state == Transfer.State.QUEUED:
        note = "A sale in it was refunded."
        give_back(row.transfer, state=Transfer.State.CANCELLED, note=note, now=now)
        row.refresh_from_db()


def _lessen(row: Earning, gone: int, now: datetime) -> None:
    rows = Earning.objects.filter(pk=row.pk)
    rows.update(amount_minor=F("amount_minor") - gone, changed_at=now)
    if row.amount_minor == gone:
        move_rows(rows, Place.GONE, now=now)


def _owe(row: Earning, gone: int, all_gone: int, now: datetime) -> Earning:
    return Earning.objects.create(
        artist_id=_owner(row.artist_id),
        currency=row.currency,
        kind=row.kind,
        key=f"refund-{row.sale_hold_id}-{all_gone}",
        reference=row.reference,
        sale_hold_id=row.sale_hold_id,
        sale_id=row.sale_id,
        beat_id=row.beat_id,
        is_debt=True,
        amount_minor=-gone,
        original_minor=-gone,
        at=now,
        available_on=reporting().today(now),
        place=Place.AVAILABLE,
        status=Status.REVERSED,
        changed_at=now,
    )


def _owner(artist_id: int) -> int:
    """Whose the artist's money is: its own, or that of the one it was merged into."""
    heir = Heir.objects.filter(source=artist_id).values_list("into_id", flat=True).first()
    return heir or artist_id
