"""The inbox of Stripe's events: stored once, handled by the worker, asked for when a webhook was missed.

An event is never believed: it only says what to look at. So the same one again, or an older one later, changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import OperationalError, connection, transaction
from django.db.models import F

from backline.core import sql
from backline.core.group import Group, Troubles
from backline.integrations.stripe.client import Credentials, credentials
from backline.integrations.stripe.errors import StripeProblem
from backline.integrations.stripe.events import Event, account_events_since, events_since
from backline.money.actions.bank_payouts import look_at_payout
from backline.money.actions.payout_accounts import PayoutsRefused, PayoutsUnreachable, refresh_payout_account
from backline.money.models import PayoutAccount, ProviderEvent, ProviderPoll
from backline.shop.actions import billing

MOST_TRIES = 12
LONGEST = timedelta(hours=6)
OVERLAP = timedelta(minutes=10)
"""Polls look back this far: events may become visible a little late."""
FIRST_LOOK = timedelta(days=2)
_STORE = """
INSERT INTO money_providerevent
    (external_id, kind, subject, account, raw, happened_at, received_at, next_at, tries, error)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, 0, '') ON CONFLICT (external_id) DO NOTHING
"""
MOST_TOGETHER, MOST_WAITING = 200, 1_000


class InboxFull(Exception):
    """Too many events wait to be written already; nothing was written."""


def store_event(event: Event, *, raw: str, now: datetime) -> bool:
    """Keeps an event; says whether it is new. Events that come at the same time are one commit.

    Raises:
        InboxFull: it was not kept.
    """
    row = (event.id, event.kind, event.subject, event.account, raw, event.at, now, now)
    # A transaction of the caller's own holds the lock that others would wait for.
    return (_write if connection.in_atomic_block else _inbox.append)([row])[0]


def _write(rows: list[tuple[object, ...]]) -> list[bool]:
    with transaction.atomic():
        return [sql.change(_STORE, *row) == 1 for row in rows]


_inbox: Group[tuple[object, ...], bool] = Group(
    _write,
    together=MOST_TOGETHER,
    waiting=MOST_WAITING,
    troubles=Troubles(
        full=InboxFull,
        ended=InboxFull,
        one_batchs_fault=lambda error: not isinstance(error, OperationalError),
    ),
)


def handle_next(*, now: datetime) -> bool:
    """Handles the oldest event that waits; says whether there was one. A failure is tried again, ever later."""
    to = credentials()
    row = ProviderEvent.objects.filter(next_at__lte=now).order_by("next_at", "pk").first()
    if row is None or to is None:
        return False
    waits = ProviderEvent.objects.filter(pk=row.pk, next_at=row.next_at)
    if not waits.update(next_at=now + _pause(row.tries + 1), tries=F("tries") + 1):
        return True
    try:
        handle(to, row, now=now)
    except (StripeProblem, PayoutsUnreachable, PayoutsRefused, billing.CannotTake) as problem:
        _failed(row, problem)
        return True
    ProviderEvent.objects.filter(pk=row.pk).update(next_at=None, handled_at=now, error="")
    return True


def replay_event(event_id: int, *, now: datetime) -> None:
    """Has an event handled once more."""
    ProviderEvent.objects.filter(pk=event_id).update(next_at=now, tries=0, error="")


def poll_events(*, now: datetime) -> bool:
    """Asks for events whose webhook did not come; says whether there were any."""
    to = credentials()
    if to is None:
        return False
    new = _poll("events", events_since, to, now)
    return _poll("account events", account_events_since, to, now) or new


def handle(to: Credentials, row: ProviderEvent, *, now: datetime) -> None:
    """Looks at what the event is about, as it is now. Kinds that mean nothing here are done at once."""
    kind, subject = row.kind, row.subject
    if kind.startswith(("v2.core.account", "account.")):
        _look_at_account(subject if kind.startswith("v2.core.account") else row.account or subject, now)
    elif kind.startswith("payout.") and row.account:
        _look_at_payout(row.account, subject, now)
    elif kind.startswith("checkout.session."):
        billing.look_at_checkout(to, subject, now=now)
    elif kind.startswith("customer.subscription."):
        billing.look_at_subscription(to, subject, now=now)
    elif kind in ("invoice.paid", "invoice.payment_succeeded", "invoice.payment_failed"):
        billing.look_at_bill(to, subject, now=now)
    elif kind.startswith("refund."):
        billing.look_at_refund(to, subject, now=now)
    elif kind.startswith("charge.dispute."):
        billing.look_at_dispute(to, subject, now=now)


def _look_at_account(external_id: str, now: datetime) -> None:
    row = _account(external_id)
    if row is not None:
        refresh_payout_account(row.artist, now=now)


def _look_at_payout(external_id: str, payout: str, now: datetime) -> None:
    row = _account(external_id, ended=True)
    if row is not None:
        look_at_payout(row, payout, now=now)


def _account(external_id: str, *, ended: bool = False) -> PayoutAccount | None:
    found = PayoutAccount.objects.filter(external_id=external_id).select_related("artist")
    return (found if ended else found.filter(ended_at=None)).first()


def _poll(
    what: str, read: Callable[[Credentials, datetime], list[Event]], to: Credentials, now: datetime
) -> bool:
    mark, _ = ProviderPoll.objects.get_or_create(what=what, defaults={"through": now - FIRST_LOOK})
    try:
        found = read(to, mark.through - OVERLAP)
    except StripeProblem:
        return False
    new = [event for event in found if store_event(event, raw="", now=now)]
    through = max([mark.through, *(event.at for event in found)])
    ProviderPoll.objects.filter(pk=mark.pk).update(through=through)
    return bool(new)


def _pause(tries: int) -> timedelta:
    return min(LONGEST, timedelta(seconds=15 * 2**tries))


def _failed(row: ProviderEvent, problem: Exception) -> None:
    kept = ProviderEvent.objects.filter(pk=row.pk)
    kept.update(error=(str(problem) or type(problem).__name__)[:300])
    if row.tries + 1 >= MOST_TRIES:
        kept.update(next_at=None)
