"""Who can be paid, and what is kept for those who cannot."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from backline.core import locks
from backline.domain.earning_status import Place
from backline.ledger import accounts
from backline.ledger.actions import Move, post_entry
from backline.ledger.queries import balances
from backline.money.actions.booking import LOCK
from backline.money.actions.earnings import release_held, restate
from backline.money.models import Earning, Heir, Hold, PayoutProfile, SaleHold, Settlement
from backline.people.models import Account, Artist

MOVED = (Place.AVAILABLE, Place.HELD, Place.CARRIED)
"""Places whose money goes with an artist that is merged into another."""


class NotHeld(Exception):
    """The hold has ended, or a settlement is about to end it."""


class Unsettled(Exception):
    """Money of the artist is on its way in a settlement; wait until it is closed."""


def set_payout_state(artist: Artist, *, state: PayoutProfile.State, now: datetime) -> PayoutProfile:
    """Says whether the artist can be paid. What is held is released by the next settlement.

    What could not be sent before is tried again when the artist becomes ready.
    """
    with transaction.atomic():
        locks.hold(LOCK)
        before = PayoutProfile.objects.filter(artist=artist).values_list("state", flat=True).first()
        profile, _ = PayoutProfile.objects.update_or_create(
            artist=artist, defaults={"state": PayoutProfile.State(state), "changed_at": now}
        )
        became = profile.state == PayoutProfile.State.READY != before
        restate(artist.pk, now=now, forget_failures=became)
    return profile


def release_hold(hold_id: int, *, by: Account, now: datetime) -> Hold:
    """Staff let go of what is held although the artist is not set up. Repeating it changes nothing.

    Raises:
        NotHeld: it has ended otherwise, or a settlement is about to end it.
    """
    with transaction.atomic():
        locks.hold(LOCK)
        hold = Hold.objects.get(pk=hold_id)
        if hold.state == Hold.State.RELEASED and hold.ended_in_id is None:
            return hold
        if hold.state != Hold.State.HELD or hold.ended_in_id is not None:
            raise NotHeld("This hold has ended, or the settlement that is running ends it.")
        move = Move(
            accounts.held(hold.artist_id),
            accounts.available(hold.artist_id),
            hold.amount_minor,
            hold.currency,
        )
        post_entry(f"hold-release:{hold.pk}", moves=[move], memo="Hold released by staff", now=now)
        hold.state, hold.ended_at, hold.ended_by = Hold.State.RELEASED, now, by
        hold.save(update_fields=["state", "ended_at", "ended_by"])
        release_held(hold, now=now)
    return hold


def move_money(source: Artist, *, into: Artist, now: datetime) -> Heir:
    """Gives an artist's money to the one it was merged into: balances, holds, what is carried. Repeatable.

    Raises:
        Unsettled: a settlement is running, or sales are in their holding days.
    """
    with transaction.atomic():
        locks.hold(LOCK)
        if found := Heir.objects.filter(source=source).first():
            return found
        running = Settlement.objects.exclude(state=Settlement.State.CLOSED).exists()
        if running or SaleHold.objects.filter(artist=source, state=SaleHold.State.HELD).exists():
            raise Unsettled("Money of this artist is on its way; try again when it is settled.")
        _move_balances(source, into, now)
        Hold.objects.filter(artist=source, state=Hold.State.HELD).update(artist=into)
        Earning.objects.filter(artist=source, place__in=MOVED).update(artist=into)
        restate(into.pk, now=now)
        return Heir.objects.create(source=source, into=into, at=now)


def _move_balances(source: Artist, into: Artist, now: datetime) -> None:
    moves = []
    for condition in (accounts.available, accounts.held, accounts.carried):
        for row in balances(condition(source.pk)):
            ends = [condition(source.pk), condition(into.pk)]
            if row.amount_minor < 0:
                ends.reverse()
            if row.amount_minor:
                moves.append(Move(ends[0], ends[1], abs(row.amount_minor), row.currency))
    if moves:
        memo = f"Merged into @{into.handle}"
        post_entry(f"merge:{source.pk}:{into.pk}", moves=moves, memo=memo, now=now)
