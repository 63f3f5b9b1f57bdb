"""The manual bank file: staff take queued transfers out as CSV, pay them at their bank, and mark them as paid."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from backline.core import locks
from backline.domain.currencies import format_amount
from backline.domain.earning_status import Place
from backline.ledger import accounts
from backline.ledger.actions import Move, post_entry
from backline.money.actions.bank_details import bank_details
from backline.money.actions.booking import LOCK
from backline.money.actions.earnings import move_rows, payable_artists
from backline.money.actions.payout_news import tell_of_bank_transfer
from backline.money.actions.queueing import give_back
from backline.money.models import BankFile, Earning, PayoutAccount, Transfer
from backline.people.models import Account

COLUMNS = ("reference", "holder", "country", "iban", "account_number", "bank_code", "amount", "currency")


def make_bank_file(*, by: Account, now: datetime) -> BankFile | None:
    """Takes out every queued transfer of the manual bank file; None when there is none."""
    with transaction.atomic():
        locks.hold(LOCK)
        queued = Transfer.objects.filter(
            state=Transfer.State.QUEUED, account__provider=PayoutAccount.Provider.BANK_FILE
        )
        rows = list(queued.order_by("pk"))
        able = payable_artists({row.artist_id for row in rows}, now=now)
        rows = [row for row in rows if row.artist_id in able]
        if not rows:
            return None
        found = BankFile.objects.create(made_at=now, made_by=by)
        found.transfers.set(rows)
        taken = Transfer.objects.filter(pk__in=[row.pk for row in rows])
        taken.update(state=Transfer.State.SENDING, note="Staff are paying it at the bank.")
        move_rows(Earning.objects.filter(transfer__in=taken), Place.SENDING, now=now, begun=True)
    return found


def bank_file_rows(found: BankFile) -> list[dict[str, str]]:
    """The file's rows by column, in the order of the transfers. Raises Unreadable when the key has changed.

    One that failed is not among them any more: its money goes out again with another file.
    """
    rows = []
    standing = found.transfers.exclude(state=Transfer.State.FAILED)
    for transfer in standing.select_related("account").order_by("pk"):
        details = bank_details(transfer.account)
        values = (
            f"T{transfer.pk}", details.holder, details.country, details.iban, details.account_number,
            details.bank_code, format_amount(transfer.amount_minor, transfer.currency), transfer.currency,
        )  # fmt: skip
        rows.append(dict(zip(COLUMNS, values, strict=True)))
    return rows


def mark_paid(found: BankFile, *, by: Account, now: datetime) -> int:
    """Says that all of the file that did not fail was paid; answers how many. Repeating it changes nothing."""
    with transaction.atomic():
        locks.hold(LOCK)
        if not BankFile.objects.filter(pk=found.pk, paid_at=None).update(paid_at=now, paid_by=by):
            return 0
        rows = list(found.transfers.filter(state=Transfer.State.SENDING).select_related("artist"))
        for row in rows:
            _paid(row, now)
    return len(rows)


def mark_failed(transfer_id: int, *, reason: str, now: datetime) -> None:
    """The bank refused one: its money is available again, and the owner reads why."""
    with transaction.atomic():
        locks.hold(LOCK)
        row = Transfer.objects.get(pk=transfer_id, account__provider=PayoutAccount.Provider.BANK_FILE)
        give_back(row, state=Transfer.State.FAILED, note=reason[:200], failure="bank_refused", now=now)


def _paid(row: Transfer, now: datetime) -> None:
    move = Move(accounts.sending(row.artist_id), accounts.BANK, row.amount_minor, row.currency)
    post_entry(f"transfer:{row.pk}:paid", moves=[move], memo="Paid by bank file", now=now)
    Transfer.objects.filter(pk=row.pk).update(state=Transfer.State.SENT, sent_at=now, note="")
    move_rows(Earning.objects.filter(transfer=row), Place.BANK, now=now)
    tell_of_bank_transfer(row, now=now)
