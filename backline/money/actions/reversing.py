"""Taking back from transfers what buyers were refunded. What has left that balance is taken from the next transfer."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F, QuerySet

from backline.core import locks
from backline.domain.earning_status import Place
from backline.domain.transfer_rules import KEY_LIVES, MOST_ATTEMPTS, pause
from backline.integrations.stripe import transfers as stripe
from backline.integrations.stripe.client import Credentials, credentials
from backline.integrations.stripe.errors import Refused, StripeProblem, UnknownOutcome
from backline.ledger import accounts
from backline.ledger.actions import Move, post_entry
from backline.money import steps
from backline.money.actions.booking import LOCK
from backline.money.actions.earnings import move_rows
from backline.money.models import Earning, Reversal, Transfer


def reverse_next(*, now: datetime) -> bool:
    """Makes the next reversal that is due; says whether there was one. Its key was stored with it: it is done once."""
    to = credentials()
    due = Reversal.objects.filter(state=Reversal.State.WANTED, next_at__lte=now)
    row = due.select_related("transfer", "debt").order_by("next_at", "pk").first() if to else None
    if to is None or row is None:
        return False
    if row.transfer.state == Transfer.State.SENDING:
        _wait(row, now)
    else:
        _call(row, to, now)
    return True


def settle_reversals(artist_id: int, to: Credentials, *, now: datetime) -> None:
    """Makes those of the artist's reversals again that may have been done: a payout is less by what was taken back.

    Raises:
        UnknownOutcome: one is still open.
    """
    for row in _begun(artist_id).select_related("transfer", "debt"):
        _call(row, to, now)
    demand_settled(artist_id)


def demand_settled(artist_id: int) -> None:
    """Raises UnknownOutcome when one of the artist's reversals was begun and has no answer."""
    if _begun(artist_id).exists():
        raise UnknownOutcome("A reversal has no answer yet.")


def _begun(artist_id: int) -> QuerySet[Reversal]:
    return Reversal.objects.filter(state=Reversal.State.WANTED, tries__gt=0, transfer__artist=artist_id)


def _begin(row: Reversal) -> bool:
    """Counts the call to come, from when on no payout is taken in; not when a payout has taken the money already."""
    with transaction.atomic():
        locks.hold(LOCK)
        if not row.tries and not _still_there(row):
            _refused(row, "It has left the Stripe balance; the next transfer is less.")
            return False
        Reversal.objects.filter(pk=row.pk).update(tries=F("tries") + 1)
    return True


def _call(row: Reversal, to: Credentials, now: datetime) -> None:
    if not _begin(row):
        return
    transfer = row.transfer.external_id or ""
    try:
        # Once the key may have been forgotten, Stripe is asked whether an earlier call did it.
        old = now - row.created_at >= KEY_LIVES
        name = stripe.reversal_with(to, transfer, reference=row.key) if old else ""
        name = name or stripe.reverse_transfer(
            to, transfer, amount_minor=row.amount_minor, reference=row.key, key=row.key
        )
    except Refused as no:
        _refused(row, str(no))
        return
    except StripeProblem:
        _wait(row, now)
        return
    steps.reached("called for reversal")
    _record(row, name, now)


def _still_there(row: Reversal) -> bool:
    """Whether the sale's money is in the artist's Stripe balance, and in no payout."""
    if row.transfer.external_id is None or row.debt.place != Place.AVAILABLE:
        return False
    sale = Earning.objects.filter(sale_hold=row.debt.sale_hold_id, is_debt=False, transfer=row.transfer_id)
    return sale.filter(place=Place.CONNECTED, amount_minor__gte=row.amount_minor).exists()


def _record(row: Reversal, name: str, now: datetime) -> None:
    with transaction.atomic():
        locks.hold(LOCK)
        wanted = Reversal.objects.filter(pk=row.pk, state=Reversal.State.WANTED)
        if wanted.update(state=Reversal.State.DONE, external_id=name):
            _move(row, now)
        steps.reached("record reversal")
    steps.reached("recorded reversal")


def _move(row: Reversal, now: datetime) -> None:
    ends = accounts.connected(row.transfer.artist_id), accounts.available(row.debt.artist_id)
    move = Move(*ends, row.amount_minor, row.debt.currency)
    post_entry(f"reversal:{row.pk}", moves=[move], memo="Taken back after a refund", now=now)
    Transfer.objects.filter(pk=row.transfer_id).update(reversed_minor=F("reversed_minor") + row.amount_minor)
    sale = Earning.objects.filter(sale_hold=row.debt.sale_hold_id, is_debt=False)
    sale.update(amount_minor=F("amount_minor") - row.amount_minor, changed_at=now)
    move_rows(sale.filter(amount_minor=0), Place.GONE, now=now)
    debt = Earning.objects.filter(pk=row.debt_id)
    debt.update(amount_minor=0)
    move_rows(debt, Place.GONE, now=now)


def _refused(row: Reversal, sentence: str) -> None:
    wanted = Reversal.objects.filter(pk=row.pk, state=Reversal.State.WANTED)
    wanted.update(state=Reversal.State.REFUSED, sentence=sentence[:300])


def _wait(row: Reversal, now: datetime) -> None:
    Reversal.objects.filter(pk=row.pk).update(next_at=now + pause(min(row.tries + 1, MOST_ATTEMPTS)))
