"""Queueing transfers: what is available and can be sent leaves the artist's account for `sending`."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet, Sum

from backline.core import locks
from backline.domain.earning_status import Place
from backline.ledger import accounts
from backline.ledger.actions import Move, post_entry
from backline.money import steps
from backline.money.actions.booking import LOCK
from backline.money.actions.earnings import move_rows, payable_accounts, payable_artists, restate
from backline.money.models import Earning, PayoutAccount, Reversal, Transfer
from backline.shop.models import Sale

PORTION = 50


def queue_transfers(*, now: datetime) -> int:
    """Queues transfers of some artists who can be paid now; answers how many transfers.

    Each statement and each sale is a transfer of its own. Where a refund is owed, all that is available is one
    transfer, less the debt; it waits while the debt is larger.
    """
    made = 0
    for artist, currency in _due(now):
        with transaction.atomic():
            locks.hold(LOCK)
            made += _queue(artist, currency, now)
            steps.reached("queue transfer")
        steps.reached("queued transfer")
    return made


def cancel_queued(artist_id: int, *, note: str, now: datetime) -> int:
    """Takes back the artist's transfers that nobody has tried to send; answers how many. Call it in a transaction."""
    locks.hold(LOCK)
    waits = Transfer.objects.filter(artist=artist_id, state=Transfer.State.QUEUED)
    found = list(waits)
    for row in found:
        give_back(row, state=Transfer.State.CANCELLED, note=note, now=now)
    restate(artist_id, now=now)
    return len(found)


def give_back(row: Transfer, *, state: Transfer.State, note: str, now: datetime, failure: str = "") -> None:
    """Ends a transfer that was not sent: its money is available again. Call it in a transaction."""
    changed = Transfer.objects.filter(pk=row.pk, state__in=(Transfer.State.QUEUED, Transfer.State.SENDING))
    if not changed.update(state=state, note=note, failure=failure, claimed_until=None):
        return
    ends = accounts.sending(row.artist_id), accounts.available(row.artist_id)
    move = Move(*ends, row.amount_minor, row.currency)
    queued = f"transfer:{row.pk}:queued"
    post_entry(f"transfer:{row.pk}:back", moves=[move], memo="Not sent", now=now, reverses=queued)
    rows = Earning.objects.filter(transfer=row)
    ready = row.artist_id in payable_artists([row.artist_id], now=now)
    move_rows(rows, Place.AVAILABLE, now=now, failure=failure, ready=ready)
    if not failure:
        rows.update(transfer=None)


def retry_failed(artist_id: int, *, now: datetime) -> None:
    """Lets what failed be queued again, once more from the first attempt."""
    with transaction.atomic():
        restate(artist_id, now=now, forget_failures=True)


def _due(now: datetime) -> list[tuple[int, str]]:
    """Whose money, less what is owed, is above 0: those who owe more wait, and keep nobody else from their turn."""
    able = payable_accounts(now=now).filter(artist=OuterRef("artist"))
    sums = _free().filter(Exists(able)).order_by("artist", "currency").values_list("artist", "currency")
    due = sums.annotate(sum=Sum("amount_minor")).filter(sum__gt=0)
    return [(artist, currency) for artist, currency, _ in due[:PORTION]]


def _free() -> QuerySet[Earning]:
    """What a transfer may take. What is being taken back from a transfer is not taken from the next one as well."""
    found = Earning.objects.filter(place=Place.AVAILABLE, failure="")
    return found.exclude(reversal__state=Reversal.State.WANTED)


def _queue(artist_id: int, currency: str, now: datetime) -> int:
    account = payable_accounts(now=now).filter(artist=artist_id).first()
    if account is None:
        return 0
    rows = list(_free().filter(artist=artist_id, currency=currency).order_by("at", "pk"))
    made = 0
    for group in _groups(rows):
        if sum(row.amount_minor for row in group) > 0:
            _make(account, group, now)
            made += 1
    return made


def _groups(rows: list[Earning]) -> list[list[Earning]]:
    groups: dict[tuple[int | None, int | None], list[Earning]] = {}
    for row in rows:
        groups.setdefault((row.travels_with_id, row.sale_hold_id), []).append(row)
    apart = list(groups.values())
    if any(row.is_debt for row in rows) or any(sum(row.amount_minor for row in some) <= 0 for some in apart):
        return [rows]
    return apart


def _make(account: PayoutAccount, rows: list[Earning], now: datetime) -> None:
    first, amount = rows[0], sum(row.amount_minor for row in rows)
    statements, sales = {row.travels_with_id for row in rows}, {row.sale_id for row in rows}
    statement = statements.pop() if len(statements) == 1 else None
    # Only what is all of one sale is drawn on its payment.
    one_sale = sales.pop() if len(sales) == 1 else None
    sale = Sale.objects.filter(pk=one_sale).first() if one_sale else None
    transfer = Transfer.objects.create(
        artist_id=first.artist_id,
        account=account,
        currency=first.currency,
        amount_minor=amount,
        group=_group(first, statement),
        charge=sale.payment if sale else "",
        statement_id=statement,
        next_at=now,
        queued_at=now,
    )
    ends = accounts.available(first.artist_id), accounts.sending(first.artist_id)
    move = Move(*ends, amount, first.currency)
    post_entry(f"transfer:{transfer.pk}:queued", moves=[move], memo="Transfer queued", now=now)
    moved = Earning.objects.filter(pk__in=[row.pk for row in rows])
    moved.update(transfer=transfer)
    move_rows(moved, Place.SENDING, now=now)


def _group(row: Earning, statement: int | None) -> str:
    """What Stripe shows transfers together by: the settlement, or the sale."""
    if statement and row.travels_with is not None:
        return f"settlement-{row.travels_with.settlement.month:%Y-%m}"
    return row.reference
