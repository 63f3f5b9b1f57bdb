"""Setting up where an artist is paid: Stripe's hosted form, and what Stripe says of the account afterwards.

Coming back from the form proves nothing; the account is asked for again. Calls are made outside of transactions.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from backline.core import locks
from backline.domain.payout_states import Facts, State, state_of
from backline.domain.transfer_rules import HOLD
from backline.integrations.stripe import accounts as stripe
from backline.integrations.stripe.client import Credentials, credentials
from backline.integrations.stripe.errors import Refused, StripeProblem
from backline.money.actions.booking import LOCK
from backline.money.actions.payout_news import tell_owners
from backline.money.actions.payouts import set_payout_state
from backline.money.actions.queueing import cancel_queued, retry_failed
from backline.money.countries import stripe_serves
from backline.money.models import PayoutAccount, PayoutProfile
from backline.people.models import Account, Artist

SOON, LATER = timedelta(minutes=1), timedelta(hours=12)
FREQUENT = timedelta(hours=1)
"""How soon an account is looked at again: while something is going on, else twice a day."""


class PayoutsUnreachable(Exception):
    """Stripe does not answer now, or none is set up; the message is for the screen."""


class PayoutsRefused(Exception):
    """Stripe refused; the message is for the screen."""


class CountryNotServed(Exception):
    """Stripe does not pay into this country for this platform."""


def start_onboarding(
    artist: Artist, *, country: str, by: Account, return_url: str, refresh_url: str, now: datetime
) -> str:
    """The address of Stripe's form. A form that was begun goes on; only the first call's country counts.

    Raises:
        CountryNotServed, PayoutsUnreachable, PayoutsRefused: with a sentence for the screen.
    """
    to = _credentials()
    row = current_account(artist) or _begin(artist, country, by, now)
    if row.provider != PayoutAccount.Provider.STRIPE:
        raise PayoutsRefused("Payouts go by bank file. Disconnect it before you connect Stripe.")
    with _calling():
        if not row.external_id:
            row = _made(to, row, artist, by, now)
        return stripe.hosted_link(
            to, row.external_id or "", update=False, return_url=return_url, refresh_url=refresh_url
        )


def update_link(artist: Artist, *, return_url: str, refresh_url: str, now: datetime) -> str:
    """The address of Stripe's form to change the bank account. Transfers are held as after any change.

    Raises:
        PayoutsUnreachable, PayoutsRefused: with a sentence for the screen.
    """
    to, row = _credentials(), _standing(artist)
    with _calling():
        link = stripe.hosted_link(
            to, row.external_id or "", update=True, return_url=return_url, refresh_url=refresh_url
        )
    with transaction.atomic():
        changed(row, artist, what="is being changed", now=now)
    return link


def dashboard_link(artist: Artist) -> str:
    """The address of the artist's own Stripe screens. Raises PayoutsUnreachable, PayoutsRefused."""
    to, row = _credentials(), _standing(artist)
    with _calling():
        return stripe.dashboard_link(to, row.external_id or "")


def refresh_payout_account(artist: Artist, *, now: datetime) -> bool:
    """Asks Stripe how the account stands; says whether anything changed.

    Raises:
        PayoutsUnreachable, PayoutsRefused: what was known stays, marked as old.
    """
    to, row = _credentials(), _standing(artist)
    if row.external_id is None:
        return False
    try:
        with _calling():
            found = stripe.retrieve_recipient(to, row.external_id)
    except (PayoutsUnreachable, PayoutsRefused):
        PayoutAccount.objects.filter(pk=row.pk).update(check_failed=True, check_at=now + FREQUENT)
        raise
    with transaction.atomic():
        locks.hold(LOCK)
        return _take(PayoutAccount.objects.select_for_update().get(pk=row.pk), artist, found, now)


def disconnect(artist: Artist, *, now: datetime) -> None:
    """Ends the account. Money that was not sent stays with the platform; what is in Stripe is still paid out.

    Raises:
        PayoutsRefused: there is none.
    """
    row = _standing(artist)
    with transaction.atomic():
        locks.hold(LOCK)
        PayoutAccount.objects.filter(pk=row.pk).update(ended_at=now, state=State.CLOSED, check_at=None)
        set_payout_state(artist, state=PayoutProfile.State.NONE, now=now)
        cancel_queued(artist.pk, note="The payout account was disconnected.", now=now)
        _tell(artist, "was disconnected", f"ended:{row.pk}", now)


def changed(row: PayoutAccount, artist: Artist, *, what: str, now: datetime) -> None:
    """Holds transfers for 72 hours and tells every owner; what failed is sent after that. Call it in a transaction."""
    locks.hold(LOCK)
    PayoutAccount.objects.filter(pk=row.pk).update(holds_until=now + HOLD, check_at=now + SOON)
    cancel_queued(artist.pk, note="The payout account changed.", now=now)
    retry_failed(artist.pk, now=now)
    _tell(artist, what, f"{what}:{row.pk}:{now:%Y-%m-%dT%H:%M}", now)


def current_account(artist: Artist) -> PayoutAccount | None:
    """The account that has not ended, or None."""
    return PayoutAccount.objects.filter(artist=artist, ended_at=None).first()


def _begin(artist: Artist, country: str, by: Account, now: datetime) -> PayoutAccount:
    if not stripe_serves(country):
        raise CountryNotServed("Stripe does not pay into this country here; the manual bank file does.")
    row, _ = PayoutAccount.objects.get_or_create(
        artist=artist,
        ended_at=None,
        defaults={
            "provider": PayoutAccount.Provider.STRIPE,
            "key": f"account {artist.pk} {secrets.token_hex(8)}",
            "country": country.upper(),
            "state": State.ONBOARDING,
            "created_at": now,
            "created_by": by,
        },
    )
    return row


def _made(to: Credentials, row: PayoutAccount, artist: Artist, by: Account, now: datetime) -> PayoutAccount:
    """Has the account made at Stripe. The key was stored before: a call that is repeated makes no second one."""
    found = stripe.create_recipient(
        to, country=row.country, email=by.email, name=artist.name, reference=str(artist.pk), key=row.key
    )
    with transaction.atomic():
        locks.hold(LOCK)
        PayoutAccount.objects.filter(pk=row.pk).update(external_id=found.id)
        changed(row, artist, what="is being connected", now=now)
    row.refresh_from_db()
    return row


def _take(row: PayoutAccount, artist: Artist, found: stripe.Recipient, now: datetime) -> bool:
    before = (row.state, row.submitted, row.can_receive, row.can_pay_out, row.asks, row.bank_tail)
    facts = _facts(found)
    row.submitted = row.submitted or found.submitted
    row.state = state_of(facts, submitted=row.submitted, was_active=row.was_active)
    row.can_receive, row.can_pay_out = found.transfers == "active", found.payouts == "active"
    row.was_active = row.was_active or row.state == State.ACTIVE
    row.asks = [_ask(ask) for ask in found.asks if ask.from_user]
    row.reasons = list(found.reasons)
    new_bank = bool(row.bank_tail) and found.banks and _tails(found) != row.bank_tail
    row.bank_tail = _tails(found) or row.bank_tail
    row.checked_at, row.check_failed = now, False
    row.check_at = None if facts.closed else now + (LATER if row.state == State.ACTIVE else FREQUENT)
    row.save()
    if row.ended_at is None:
        set_payout_state(artist, state=_profile(row), now=now)
        if row.state != State.ACTIVE and before[0] == State.ACTIVE:
            cancel_queued(artist.pk, note="The account cannot be paid now.", now=now)
            _tell(
                artist,
                "needs attention: Stripe cannot pay it now",
                f"{row.state}:{row.pk}:{now:%Y-%m-%d}",
                now,
            )
        if new_bank:
            changed(row, artist, what="has another bank account", now=now)
    return before != (row.state, row.submitted, row.can_receive, row.can_pay_out, row.asks, row.bank_tail)


def _ask(ask: stripe.Ask) -> dict[str, Any]:
    due = ask.due.isoformat() if ask.due else None
    return {"code": ask.code, "past_due": ask.past_due, "due": due, "error": ask.error}


def _facts(found: stripe.Recipient) -> Facts:
    mine = [ask for ask in found.asks if ask.from_user]
    return Facts(
        closed=found.closed,
        transfers=found.transfers,
        payouts=found.payouts,
        asked=len(mine),
        reviewing=len(found.asks) - len(mine),
        past_due=any(ask.past_due for ask in mine),
        rejected=any(reason.startswith("rejected") for reason in found.reasons),
    )


def _tails(found: stripe.Recipient) -> str:
    return ", ".join(found.banks)[:40]


def _profile(row: PayoutAccount) -> PayoutProfile.State:
    if row.state == State.ACTIVE:
        return PayoutProfile.State.READY
    if row.state in (State.ONBOARDING, State.CLOSED):
        return PayoutProfile.State.NONE
    return PayoutProfile.State.PENDING


def _tell(artist: Artist, what: str, key: str, now: datetime) -> None:
    text = f"The payout account of {artist.name} {what}"
    tell_owners("payout_account_changed", artist, text=text, key=key, now=now)


def _credentials() -> Credentials:
    found = credentials()
    if found is None:
        raise PayoutsUnreachable("This installation is not connected to Stripe.")
    return found


def _standing(artist: Artist) -> PayoutAccount:
    row = current_account(artist)
    if row is None:
        raise PayoutsRefused("No payout account is connected.")
    return row


@contextmanager
def _calling() -> Iterator[None]:
    """Turns Stripe's problems into sentences for the screen."""
    try:
        yield
    except Refused as no:
        raise PayoutsRefused(f"Stripe says: {no}") from no
    except StripeProblem as problem:
        raise PayoutsUnreachable("Stripe does not answer now. Try again in a minute.") from problem
