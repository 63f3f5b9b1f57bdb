"""Settling a month: start, write the statements, post them chunk by chunk, close. Each step is one transaction.

What was cut off is taken up where it stopped: statements are unique, chunks have keys in the ledger, and the number of
posted chunks moves by a conditional UPDATE.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from backline.core import locks, sql
from backline.ledger import accounts
from backline.ledger.actions import Move, post_entry
from backline.money import steps
from backline.money.actions.booking import LOCK, accrued_through
from backline.money.actions.writing import CHUNK, statements_of_chunk
from backline.money.computing import Computed, compute
from backline.money.models import Hold, Settlement, Statement
from backline.money.rules import month_of, next_month
from backline.people.models import Account


class NotDue(Exception):
    """The month has not accrued whole, is settled already, or an earlier one comes first."""


class PreviewChanged(Exception):
    """What would be settled is no longer what was confirmed; look at the preview again."""


def last_settled_month() -> date | None:
    """The newest month whose settlement has begun."""
    found = sql.rows("SELECT month FROM money_settlement ORDER BY month DESC LIMIT 1")
    return found[0][0] if found else None


def next_month_to_settle() -> date | None:
    """The oldest month that has accrued whole and is not settled."""
    last, through = last_settled_month(), accrued_through()
    first = sql.rows("SELECT day FROM money_dayweights ORDER BY day LIMIT 1")
    if not first or through is None:
        return None
    month = next_month(last) if last else month_of(first[0][0])
    return month if (next_month(month) - through).days <= 1 else None


def start_settlement(month: date, *, digest: str, now: datetime, by: Account | None = None) -> Settlement:
    """Begins the settlement that a preview with this digest showed; the worker writes and posts it.

    Raises:
        NotDue: it is not this month's turn.
        PreviewChanged: something has changed since the preview.
    """
    computed = compute(month)
    if computed.digest != digest:
        raise PreviewChanged(f"the settlement of {month:%Y-%m} has changed")
    return _start(computed, now, by)


def run_settlement(month: date, *, now: datetime) -> Settlement:
    """Settles a month from start to end, or finishes one that was begun.

    Raises:
        NotDue: it is not this month's turn.
    """
    if begun := Settlement.objects.filter(month=month).first():
        return finish_settlement(begun, now=now)
    computed = compute(month)
    return finish_settlement(_start(computed, now, None), now=now, computed=computed)


def finish_settlement(row: Settlement, *, now: datetime, computed: Computed | None = None) -> Settlement:
    """Brings a begun settlement to its end.

    Raises:
        PreviewChanged: it was cut off before all statements were written, and would be another now. It is taken back;
            nothing had been posted.
    """
    row.refresh_from_db()
    if row.state == Settlement.State.COMPUTING:
        _write_statements(row, computed or compute(row.month), now)
    for chunk in range(row.posted, row.chunks):
        _post_chunk(row, chunk, now)
    _close(row, now)
    row.refresh_from_db()
    return row


def _start(computed: Computed, now: datetime, by: Account | None) -> Settlement:
    with transaction.atomic():
        locks.hold(LOCK)
        if computed.month != next_month_to_settle() or _unfinished():
            raise NotDue(f"it is not the turn of {computed.month:%Y-%m}")
        row = Settlement.objects.create(
            month=computed.month,
            rule=computed.rule,
            digest=computed.digest,
            chunks=-(-len(computed.parts) // CHUNK),
            started_by=by,
            started_at=now,
        )
        # From here on nobody else ends these holds.
        Hold.objects.filter(pk__in=[*computed.released, *computed.expired]).update(ended_in=row)
        steps.reached("start settlement")
    steps.reached("started settlement")
    return row


def _unfinished() -> bool:
    return Settlement.objects.exclude(state=Settlement.State.CLOSED).exists()


def _write_statements(row: Settlement, computed: Computed, now: datetime) -> None:
    if computed.digest != row.digest:
        _take_back(row)
        raise PreviewChanged(f"the settlement of {row.month:%Y-%m} has changed while it was begun")
    for chunk in range(row.chunks):
        with transaction.atomic():
            locks.hold(LOCK)
            if not Statement.objects.filter(settlement=row, chunk=chunk).exists():
                Statement.objects.bulk_create(statements_of_chunk(row, computed, chunk, now), batch_size=500)
            steps.reached("write statements")
        steps.reached("wrote statements")
    computing = Settlement.objects.filter(pk=row.pk, state=Settlement.State.COMPUTING)
    computing.update(state=Settlement.State.POSTING)


def _take_back(row: Settlement) -> None:
    with transaction.atomic():
        locks.hold(LOCK)
        if Settlement.objects.filter(pk=row.pk, state=Settlement.State.COMPUTING).exists():
            Hold.objects.filter(ended_in=row).update(ended_in=None)
            Statement.objects.filter(settlement=row).delete()
            row.delete()


def _post_chunk(row: Settlement, chunk: int, now: datetime) -> None:
    with transaction.atomic():
        locks.hold(LOCK)
        if not Settlement.objects.filter(pk=row.pk, posted=chunk).update(posted=F("posted") + 1):
            return
        statements = list(Statement.objects.filter(settlement=row, chunk=chunk).defer("packed"))
        moves = [move for statement in statements for move in moves_of(statement)]
        if moves:
            memo = f"Settlement of {row.month:%Y-%m}, part {chunk + 1}"
            post_entry(f"settlement:{row.month:%Y-%m}:{chunk}", moves=moves, memo=memo, now=now)
        Hold.objects.bulk_create(
            Hold(
                statement=statement,
                artist_id=statement.artist_id,
                currency=statement.currency,
                amount_minor=statement.held_minor,
                since=now,
            )
            for statement in statements
            if statement.held_minor
        )
        steps.reached("post chunk")
    steps.reached("posted chunk")


def moves_of(statement: Statement) -> list[Move]:
    """What a statement moves: between the pool, the artist's accounts and the platform's losses, each way once."""
    artist = statement.artist_id
    change = Counter(
        {
            accounts.POOL: statement.excluded_minor - statement.earned_minor - statement.bonus_minor,
            accounts.LOSSES: -statement.written_off_minor,
            accounts.carried(artist): statement.carried_out_minor - statement.carried_in_minor,
            accounts.held(artist): statement.held_minor - statement.released_minor,
            accounts.available(artist): statement.payable_minor,
        }
    )
    moves = []
    for taker in [address for address, amount in change.items() if amount > 0]:
        for giver in [address for address, amount in change.items() if amount < 0]:
            if amount := min(change[taker], -change[giver]):
                moves.append(Move(giver, taker, amount, statement.currency))
                change[giver] += amount
                change[taker] -= amount
    return moves


def _close(row: Settlement, now: datetime) -> None:
    with transaction.atomic():
        locks.hold(LOCK)
        posted = Settlement.objects.filter(pk=row.pk, state=Settlement.State.POSTING, posted=F("chunks"))
        if not posted.update(state=Settlement.State.CLOSED, closed_at=now):
            return
        released = Statement.objects.filter(settlement=row).exclude(released_minor=0)
        whose = set(released.values_list("artist_id", "currency"))
        for hold in Hold.objects.filter(ended_in=row, state=Hold.State.HELD):
            hold.state = Hold.State.EXPIRED
            if (hold.artist_id, hold.currency) in whose:
                hold.state = Hold.State.RELEASED
            else:
                move = Move(accounts.held(hold.artist_id), accounts.POOL, hold.amount_minor, hold.currency)
                post_entry(f"hold-expired:{hold.pk}", moves=[move], memo="Hold expired", now=now)
            hold.ended_at = now
            hold.save(update_fields=["state", "ended_at"])
        steps.reached("close settlement")
    steps.reached("closed settlement")
