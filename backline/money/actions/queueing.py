"""Queueing transfers: what is available and can be sent leaves the artist's account for `sending`."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from backline.core import locks
from backline.domain.earning_status import Place
from backline.ledger import accounts
from backline.ledger.actions import Move, post_entry
from backline.money import steps
from backline.money.actions.booking import LOCK
from backline.money.actions.earnings import move_rows, payable_artists, restate
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
    standing = PayoutAccount.objects.filter(artist=OuterRef("artist"), ended_at=None, state="active").exclude(
        holds_until__gt=now
    )
    rows = Earning.objects.filter(
        Exists(standing), place=Place.AVAILABLE, failure="", is_debt=False, artist__revoked_at=None,
        artist__payout_profile__state="ready",
    )  # fmt: skip
    return list(rows.order_by("artist", "currency").values_list("artist", "currency").distinct()[:PORTION])


def _queue(artist_id: int, currency: str, now: datetime) -> int:
    account = PayoutAccount.objects.filter(artist=artist_id, ended_at=None).first()
    if account is None or artist_id not in payable_artists([artist_id], now=now):
        return 0
    found = Earning.objects.filter(artist=artist_id, currency=currency, place=Place.AVAILABLE, failure="")
    # What is being taken back from a transfer is not taken from the next one as well.
    rows = list(found.exclude(reversal__state=Reversal.State.WANTED).order_by("at", "pk"))
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
    statements = {row.travels_with_id for row in rows}
    sales = {row.sale_id for row in rows if row.sale_id}
    statement = statements.pop() if len(statements) == 1 else None
    sale = Sale.objects.filter(pk__in=sales).first() if len(sales) == 1 and not statement else None
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
