"""Payout details for the manual bank file: given by an owner, confirmed by staff, kept sealed."""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from backline.core import locks
from backline.core.sealing import seal, unseal
from backline.domain.currencies import UnknownCurrency, minor_digits
from backline.domain.iban import LENGTHS, NoAccount, clean_iban, clean_local, tail
from backline.domain.payout_states import State
from backline.money.actions.booking import LOCK
from backline.money.actions.payout_accounts import changed, current_account
from backline.money.actions.payouts import set_payout_state
from backline.money.countries import stripe_serves
from backline.money.models import PayoutAccount, PayoutProfile
from backline.people.models import Account, Artist

PURPOSE = "bank details"


class BadBankDetails(Exception):
    """A detail is wrong: `field` says which, the message why."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True)
class BankDetails:
    """Where to pay. `iban`, or `account_number` with `bank_code` where there are no IBANs."""

    holder: str
    country: str
    currency: str
    iban: str = ""
    account_number: str = ""
    bank_code: str = ""

    @property
    def number(self) -> str:
        """The number of the account, of either kind."""
        return self.iban or self.account_number


def save_bank_details(
    artist: Artist,
    *,
    country: str,
    currency: str,
    holder: str,
    iban: str = "",
    account_number: str = "",
    bank_code: str = "",
    by: Account,
    now: datetime,
) -> PayoutAccount:
    """Keeps payout details; they replace earlier ones. Staff confirm them before anything is paid.

    Raises:
        BadBankDetails: with the field and a sentence.
    """
    details = checked(country, currency, holder, iban, account_number, bank_code)
    with transaction.atomic():
        locks.hold(LOCK)
        before = current_account(artist)
        if before is not None and before.provider == PayoutAccount.Provider.STRIPE:
            raise BadBankDetails(
                "country", "Stripe is connected. Disconnect it before you enter bank details."
            )
        if before is not None:
            PayoutAccount.objects.filter(pk=before.pk).update(ended_at=now, state=State.CLOSED)
        row = _create(artist, details, by, now)
        set_payout_state(artist, state=PayoutProfile.State.PENDING, now=now)
        changed(row, artist, what="has new bank details", now=now)
        PayoutAccount.objects.filter(pk=row.pk).update(check_at=None)
    row.refresh_from_db()
    return row


def confirm_bank_details(account_id: int, *, by: Account, now: datetime) -> PayoutAccount:
    """Staff say that the details are right: the artist can be paid once the 72 hours are over. Repeatable."""
    with transaction.atomic():
        locks.hold(LOCK)
        row = PayoutAccount.objects.select_related("artist").select_for_update().get(pk=account_id)
        if row.ended_at is None and row.provider == PayoutAccount.Provider.BANK_FILE and not row.confirmed_at:
            row.state, row.can_receive, row.can_pay_out, row.was_active = State.ACTIVE, True, True, True
            row.confirmed_at, row.confirmed_by, row.checked_at = now, by, now
            row.save()
            set_payout_state(row.artist, state=PayoutProfile.State.READY, now=now)
    return row


def bank_details(row: PayoutAccount) -> BankDetails:
    """The details in plain, for the bank file. Raises Unreadable when the installation's key has changed."""
    return BankDetails(**json.loads(unseal(row.sealed, purpose=PURPOSE)))


def checked(
    country: str, currency: str, holder: str, iban: str, account_number: str, bank_code: str
) -> BankDetails:
    """Details that make sense. Raises BadBankDetails."""
    country, currency, holder = country.upper(), currency.upper(), " ".join(holder.split())
    if stripe_serves(country):
        raise BadBankDetails("country", "Stripe pays into this country: connect Stripe instead.")
    try:
        minor_digits(currency)
    except UnknownCurrency:
        raise BadBankDetails("currency", "This is not a currency people are paid in.") from None
    if not 2 <= len(holder) <= 70:
        raise BadBankDetails("holder", "The name of the account's holder has 2 to 70 characters.")
    if country in LENGTHS or iban:
        return BankDetails(holder, country, currency, iban=_iban(iban, country))
    number = _field("account_number", account_number)
    return BankDetails(
        holder, country, currency, account_number=number, bank_code=_field("bank_code", bank_code)
    )


def _iban(text: str, country: str) -> str:
    try:
        found = clean_iban(text)
    except NoAccount as problem:
        raise BadBankDetails("iban", str(problem)) from None
    if found[:2] != country:
        raise BadBankDetails("iban", f"This IBAN is of {found[:2]}, not of {country}.")
    return found


def _field(name: str, text: str) -> str:
    try:
        return clean_local(text)
    except NoAccount as problem:
        raise BadBankDetails(name, str(problem)) from None


def _create(artist: Artist, details: BankDetails, by: Account, now: datetime) -> PayoutAccount:
    return PayoutAccount.objects.create(
        artist=artist,
        provider=PayoutAccount.Provider.BANK_FILE,
        key=f"bank {artist.pk} {secrets.token_hex(8)}",
        country=details.country,
        currency=details.currency,
        state=State.PENDING_REVIEW,
        submitted=True,
        bank_tail=f"{details.currency} {tail(details.number)}",
        sealed=seal(json.dumps(asdict(details)), purpose=PURPOSE),
        created_at=now,
        created_by=by,
    )
