"""Recording what came of an attempt to send a transfer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from backline.core import locks
from backline.domain.earning_status import Place
from backline.domain.transfer_rules import MOST_ATTEMPTS, Meaning, pause, refusal
from backline.integrations.stripe.transfers import Sent
from backline.ledger import accounts
from backline.ledger.actions import Move, post_entry
from backline.money import steps
from backline.money.actions.booking import LOCK
from backline.money.actions.earnings import move_rows
from backline.money.actions.payout_news import tell_of_transfer
from backline.money.actions.queueing import give_back
from backline.money.models import Earning, PayoutAccount, Transfer, TransferAttempt

Outcome = TransferAttempt.Outcome


@dataclass(frozen=True)
class Answer:
    """What a call came to: `sent`, or an outcome with Stripe's code and sentence. `final`: no other attempt follows."""

    sent: Sent | None = None
    outcome: TransferAttempt.Outcome = Outcome.SENT
    code: str = ""
    sentence: str = ""
    wait_s: float = 0.0
    final: bool = False


def may_be_sent(last: TransferAttempt) -> bool:
    """Whether a call under the last attempt's key went without an answer, and nothing has settled it since.

    That Stripe was busy later says nothing of the earlier call.
    """
    if last.outcome in (Outcome.SENT, Outcome.REFUSED):
        return False
    same = TransferAttempt.objects.filter(transfer=last.transfer_id, key=last.key)
    return same.filter(outcome__in=(Outcome.UNKNOWN, Outcome.OPEN)).exists()


def record_answer(attempt: TransferAttempt, answer: Answer, *, now: datetime, quietly: bool = False) -> None:
    """Writes down the answer to an attempt, and what it does to the money. Repeating it changes nothing.

    `quietly`: nobody is told.
    """
    with transaction.atomic():
        locks.hold(LOCK)
        row = Transfer.objects.select_related("account", "artist").get(pk=attempt.transfer_id)
        if answer.sent is not None and row.state == Transfer.State.SENDING:
            _close(attempt, answer, now)
            _sent(row, answer.sent, now)
            if not quietly:
                tell_of_transfer(row, now=now)
        elif row.state == Transfer.State.SENDING and _close(attempt, answer, now):
            _not_sent(row, attempt, answer, now)
        steps.reached("record transfer")
    steps.reached("recorded transfer")


def _close(attempt: TransferAttempt, answer: Answer, now: datetime) -> bool:
    open_ = TransferAttempt.objects.filter(pk=attempt.pk).exclude(outcome__in=(Outcome.SENT, Outcome.REFUSED))
    return bool(
        open_.update(outcome=answer.outcome, code=answer.code, sentence=answer.sentence[:300], ended_at=now)
    )


def _sent(row: Transfer, sent: Sent, now: datetime) -> None:
    Transfer.objects.filter(pk=row.pk).update(
        state=Transfer.State.SENT,
        external_id=sent.id,
        payment=sent.payment,
        sent_at=sent.at,
        claimed_until=None,
        note="",
    )
    move = Move(
        accounts.sending(row.artist_id), accounts.connected(row.artist_id), row.amount_minor, row.currency
    )
    post_entry(f"transfer:{row.pk}:sent", moves=[move], memo=f"Transfer {sent.id}", now=now)
    move_rows(Earning.objects.filter(transfer=row), Place.CONNECTED, now=now)


def _not_sent(row: Transfer, attempt: TransferAttempt, answer: Answer, now: datetime) -> None:
    means = refusal(answer.code, answer.sentence)
    refused = answer.outcome == Outcome.REFUSED
    if refused and means.meaning is Meaning.ACCOUNT:
        PayoutAccount.objects.filter(pk=row.account_id).update(check_at=now)
    given_up = attempt.number >= MOST_ATTEMPTS and (refused or not may_be_sent(attempt))
    if answer.final or given_up or (refused and means.meaning is not Meaning.LATER):
        note = f"{means.why} {means.what_to_do}"[:200]
        give_back(row, state=Transfer.State.FAILED, note=note, failure=answer.code or "busy", now=now)
        return
    wait = max(pause(attempt.number), timedelta(seconds=answer.wait_s))
    Transfer.objects.filter(pk=row.pk).update(
        next_at=now + wait, claimed_until=None, note=(means.why if refused else answer.sentence)[:200]
    )
