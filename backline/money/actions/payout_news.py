"""What owners are told of their money's way to the bank."""

from __future__ import annotations

from datetime import datetime

from backline.domain.currencies import format_amount
from backline.domain.payout_failures import failure_words
from backline.money.models import Payout, Transfer
from backline.outbox.actions import notify
from backline.people.models import Artist
from backline.people.queries import owner_ids


def tell_owners(kind: str, artist: Artist, *, text: str, key: str, now: datetime) -> None:
    """One sentence to every owner of the artist; it leads to Finances."""
    notify(
        kind,
        account_ids=owner_ids(artist.pk),
        now=now,
        text=text,
        url=f"/dashboard/finances/?artist={artist.handle}",
        key=key,
        artist_id=artist.pk,
    )


def tell_of_transfer(row: Transfer, *, now: datetime) -> None:
    """It was sent to the Stripe account."""
    text = f"{_whose(row)} was sent to your Stripe account"
    tell_owners("transfer_sent", row.artist, text=text, key=f"transfer:{row.pk}", now=now)


def tell_of_bank_transfer(row: Transfer, *, now: datetime) -> None:
    """Staff paid it by bank file."""
    text = f"{_whose(row)} was paid to your bank account"
    tell_owners("payout_paid", row.artist, text=text, key=f"transfer-paid:{row.pk}", now=now)


def tell_of_payout(row: Payout, *, now: datetime) -> None:
    """It arrived, or the bank returned it and what to do; nothing while it is on its way."""
    if row.state == Payout.State.PENDING:
        return
    paid, whose = row.state == Payout.State.PAID, _whose(row)
    text = (
        f"{whose} arrived at your bank"
        if paid
        else f"Your bank returned {whose}: {failure_words(row.failure)}"
    )
    kind = "payout_paid" if paid else "payout_failed"
    tell_owners(kind, row.artist, text=text, key=f"payout:{row.pk}:{row.state}", now=now)


def _whose(row: Payout | Transfer) -> str:
    return f"{format_amount(row.amount_minor, row.currency)} {row.currency} for {row.artist.name}"
