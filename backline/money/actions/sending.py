"""Sending transfers: claim one and store its key, call Stripe, record the answer. Each step may be the last.

An attempt that was cut off is one without an answer: it is made again under the key that was stored before the call, so
that nothing is sent twice. Once the key is too old to be sure, Stripe is asked whether it was sent.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from backline.core import locks
from backline.domain.earning_status import Place
from backline.domain.transfer_rules import KEY_LIVES, MOST_ATTEMPTS
from backline.integrations.stripe import transfers as stripe
from backline.integrations.stripe.billing import charge_of
from backline.integrations.stripe.client import Credentials, credentials
from backline.integrations.stripe.errors import RateLimited, Refused, StripeProblem
from backline.money import steps
from backline.money.actions.booking import LOCK
from backline.money.actions.earnings import move_rows, payable_artists
from backline.money.actions.funds import covers, spent
from backline.money.actions.queueing import give_back
from backline.money.actions.recording import Answer, may_be_sent, record_answer
from backline.money.models import Earning, PayoutAccount, Transfer, TransferAttempt

CLAIM = timedelta(minutes=10)
WAITS = timedelta(minutes=15)
NOT_COVERED = "Waits until the platform's Stripe balance covers it."
CUT_OFF = "No answer came: the work was cut off."
Outcome = TransferAttempt.Outcome


@dataclass(frozen=True)
class Claimed:
    """An attempt to be made. `look`: ask whether an earlier one was done, instead of making it again."""

    transfer: Transfer
    attempt: TransferAttempt
    look: bool


def send_next(*, now: datetime) -> bool:
    """Makes the next attempt that is due; says whether there was anything to do."""
    to = credentials()
    row = _due(now).order_by("next_at", "pk").first() if to else None
    if to is None or row is None:
        return False
    if not covers(to, row, now=now):
        waits = Transfer.objects.filter(pk=row.pk, state=Transfer.State.QUEUED)
        waits.update(next_at=now + WAITS, note=NOT_COVERED)
        return True
    claimed = claim(row, now=now)
    if claimed is not None:
        answer = ask(to, claimed)
        steps.reached("called for transfer")
        record_answer(claimed.attempt, answer, now=now)
        if answer.sent:
            spent(claimed.transfer)
    return True


def claim(row: Transfer, *, now: datetime) -> Claimed | None:
    """Takes a due transfer for this process and stores its next attempt, with the key of the call to come.

    None: another process was first, or the artist cannot be paid any more and the money is available again.
    """
    with transaction.atomic():
        locks.hold(LOCK)
        if not _due(now).filter(pk=row.pk).exists():
            return None
        last = row.attempts.order_by("number").last()
        if last is not None and last.outcome == Outcome.OPEN:
            _close_cut_off(last, now)
        unsure = last is not None and may_be_sent(last)
        if not unsure and row.artist_id not in payable_artists([row.artist_id], now=now):
            give_back(row, state=Transfer.State.CANCELLED, note="The account cannot be paid now.", now=now)
            return None
        look = unsure and last is not None and _too_late(last, now)
        attempt = last if look and last is not None else _next_attempt(row, last, now)
        Transfer.objects.filter(pk=row.pk).update(
            state=Transfer.State.SENDING, claimed_until=now + CLAIM, note=""
        )
        move_rows(Earning.objects.filter(transfer=row), Place.SENDING, now=now, begun=True)
        steps.reached("claim transfer")
    steps.reached("claimed transfer")
    return Claimed(row, attempt, look)


def ask(to: Credentials, claimed: Claimed) -> Answer:
    """Makes the call; whatever comes of it is an answer."""
    row, attempt = claimed.transfer, claimed.attempt
    try:
        if claimed.look:
            found = stripe.transfer_in_group(to, row.group, reference=attempt.key)
            return (
                Answer(sent=found) if found else Answer(outcome=Outcome.REFUSED, code="not_sent", final=True)
            )
        return Answer(sent=_send(to, row, attempt.key))
    except RateLimited as busy:
        return Answer(outcome=Outcome.BUSY, sentence=str(busy), wait_s=busy.retry_after_s)
    except Refused as no:
        return Answer(outcome=Outcome.REFUSED, code=no.code, sentence=str(no))
    except StripeProblem as nothing:
        return Answer(outcome=Outcome.UNKNOWN, sentence=str(nothing))


def _send(to: Credentials, row: Transfer, key: str) -> stripe.Sent:
    charge = charge_of(to, row.charge) if row.charge else ""
    return stripe.send_transfer(
        to,
        amount_minor=row.amount_minor,
        currency=row.currency,
        account=row.account.external_id or "",
        group=row.group,
        charge=charge,
        key=key,
        reference=key,
    )


def _due(now: datetime) -> QuerySet[Transfer]:
    free = Q(claimed_until=None) | Q(claimed_until__lte=now)
    states = (Transfer.State.QUEUED, Transfer.State.SENDING)
    due = Transfer.objects.filter(free, state__in=states, next_at__lte=now)
    return due.filter(account__provider=PayoutAccount.Provider.STRIPE).select_related("account")


def _close_cut_off(attempt: TransferAttempt, now: datetime) -> None:
    attempt.outcome, attempt.sentence, attempt.ended_at = Outcome.UNKNOWN, CUT_OFF, now
    attempt.save(update_fields=["outcome", "sentence", "ended_at"])


def _too_late(last: TransferAttempt, now: datetime) -> bool:
    return last.number >= MOST_ATTEMPTS or now - last.key_made_at >= KEY_LIVES


def _next_attempt(row: Transfer, last: TransferAttempt | None, now: datetime) -> TransferAttempt:
    """A new key, unless the last call may have been done: its key must stay the same."""
    same = last is not None and last.outcome in (Outcome.UNKNOWN, Outcome.BUSY)
    return TransferAttempt.objects.create(
        transfer=row,
        number=last.number + 1 if last else 1,
        key=last.key if last and same else f"transfer {row.pk} {secrets.token_hex(8)}",
        key_made_at=last.key_made_at if last and same else now,
        started_at=now,
    )
