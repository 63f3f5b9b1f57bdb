"""Payouts from artists' Stripe balances to their banks: taken in as Stripe says they are now, whatever came first.

A payout is asked which transfers it pays, again and again until all of it is known here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from backline.core import locks
from backline.domain.earning_status import Place
from backline.integrations.stripe import transfers as stripe
from backline.integrations.stripe.client import Credentials, credentials
from backline.integrations.stripe.transfers import BankPayout
from backline.ledger import accounts
from backline.ledger.actions import Move, post_entry
from backline.money import steps
from backline.money.actions.booking import LOCK
from backline.money.actions.earnings import move_rows
from backline.money.actions.payout_news import tell_of_payout
from backline.money.actions.reversing import demand_settled, settle_reversals
from backline.money.models import Earning, Payout, PayoutAccount, Transfer

FAILED = ("failed", "canceled")
OVERLAP = timedelta(days=14)
"""How far back payouts are asked for again: a bank may return one days after it was paid."""
_FROM = {Place.CONNECTED: accounts.connected, Place.RETURNED: accounts.returned}
_ENDS: dict[Place, Callable[[int], str]] = {
    Place.PAYING: accounts.paying,
    Place.RETURNED: accounts.returned,
    Place.BANK: lambda _artist: accounts.BANK,
}


def look_at_payouts(account: PayoutAccount, *, now: datetime) -> int:
    """Takes in the account's recent payouts; answers how many changed. Raises StripeProblem."""
    to = credentials()
    if to is None or not account.external_id:
        return 0
    settle_reversals(account.artist_id, to, now=now)
    found = stripe.payouts(to, account.external_id, since=now - OVERLAP)
    return sum(take_payout(account, payout, names=_names(to, account, payout), now=now) for payout in found)


def look_at_payout(account: PayoutAccount, external_id: str, *, now: datetime) -> bool:
    """Takes in one payout as it is now; says whether anything changed. Raises StripeProblem."""
    to = credentials()
    if to is None or not account.external_id:
        return False
    settle_reversals(account.artist_id, to, now=now)
    payout = stripe.retrieve_payout(to, account.external_id, external_id)
    return take_payout(account, payout, names=_names(to, account, payout), now=now)


def take_payout(
    account: PayoutAccount, payout: BankPayout, *, names: set[str], now: datetime, quietly: bool = False
) -> bool:
    """Records a payout and what became of it; `names` are the payments and failed payouts it pays. Repeatable.

    `quietly`: nobody is told.

    Raises:
        UnknownOutcome: a reversal of the artist was begun meanwhile; take it in once that is settled.
    """
    with transaction.atomic():
        locks.hold(LOCK)
        demand_settled(account.artist_id)
        row = Payout.objects.filter(external_id=payout.id).first()
        new = row is None
        row = row or _create(account, payout, now)
        before = row.state
        _fill(row, names, now)
        if payout.state == "paid" and before != Payout.State.FAILED:
            _paid(row, now)
        elif payout.state in FAILED:
            _failed(row, payout.failure or payout.state, now)
        row.refresh_from_db()
        if row.state != before and not quietly:
            tell_of_payout(row, now=now)
        steps.reached("take payout")
    steps.reached("took payout")
    return new or row.state != before


def _names(to: Credentials, account: PayoutAccount, payout: BankPayout) -> set[str]:
    """What the payout pays; asked until all of it is known here: a transfer may be recorded later than its payout."""
    known = Earning.objects.filter(transfer__payout__external_id=payout.id)
    if _sum(known) == payout.amount_minor:
        return set()
    rows = stripe.balance_rows(to, account=account.external_id or "", payout=payout.id)
    return {row.source for row in rows if row.source != payout.id}


def _create(account: PayoutAccount, payout: BankPayout, now: datetime) -> Payout:
    return Payout.objects.create(
        account=account,
        artist_id=account.artist_id,
        external_id=payout.id,
        currency=payout.currency,
        amount_minor=payout.amount_minor,
        bank_tail=account.bank_tail,
        arrives_at=payout.arrives_at,
        created_at=payout.at,
        changed_at=now,
    )


def _fill(row: Payout, names: set[str], now: datetime) -> None:
    """What the payout pays and is in the artist's balance, as far as we know by now, is on its way."""
    mine = Earning.objects.filter(artist=row.artist_id, currency=row.currency, transfer__state="sent")
    fresh = Q(place=Place.CONNECTED, transfer__payout=None, transfer__payment__in=names)
    again = Q(place=Place.RETURNED, transfer__payout__external_id__in=names)
    rows = list(mine.filter(fresh | again).order_by("pk"))
    sums: Counter[str] = Counter()
    for each in rows:
        sums[each.place] += each.amount_minor
    moves = [
        Move(_FROM[Place(place)](row.artist_id), accounts.paying(row.artist_id), amount, row.currency)
        for place, amount in sorted(sums.items())
        if amount > 0
    ]
    if moves:
        post_entry(f"payout:{row.pk}:{rows[0].pk}", moves=moves, memo=f"Payout {row.external_id}", now=now)
    Transfer.objects.filter(earnings__in=[each.pk for each in rows]).update(payout=row)
    move_rows(Earning.objects.filter(pk__in=[each.pk for each in rows]), Place.PAYING, now=now)


def _paid(row: Payout, now: datetime) -> None:
    _move(row, Place.PAYING, Place.BANK, "Arrived at the bank", now)
    Payout.objects.filter(pk=row.pk, state=Payout.State.PENDING).update(
        state=Payout.State.PAID, changed_at=now
    )


def _failed(row: Payout, code: str, now: datetime) -> None:
    """The money is in the artist's Stripe balance again, from on its way or from the bank."""
    for place in (Place.PAYING, Place.BANK):
        _move(row, place, Place.RETURNED, "The bank returned it", now, failure=code)
    failed = Payout.objects.filter(pk=row.pk).exclude(state=Payout.State.FAILED)
    if failed.update(state=Payout.State.FAILED, failure=code, changed_at=now):
        PayoutAccount.objects.filter(pk=row.account_id).update(check_at=now)


def _move(row: Payout, source: Place, to: Place, memo: str, now: datetime, *, failure: str = "") -> None:
    """Moves what of the payout is in one place to another, in ledger and rows."""
    rows = Earning.objects.filter(transfer__payout=row, place=source)
    first = rows.order_by("pk").first()
    if first is None:
        return
    if amount := _sum(rows):
        ends = _ENDS[source](row.artist_id), _ENDS[to](row.artist_id)
        key = f"payout:{row.pk}:{first.pk}:{to}"
        post_entry(key, moves=[Move(*ends, amount, row.currency)], memo=memo, now=now)
    move_rows(rows, to, now=now, failure=failure)


def _sum(rows: QuerySet[Earning]) -> int:
    return sum(rows.values_list("amount_minor", flat=True))
