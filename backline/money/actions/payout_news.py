"""What owners are told of a payout."""

from __future__ import annotations

from datetime import datetime

from backline.domain.currencies import format_amount
from backline.domain.payout_failures import failure_words
from backline.money.models import Payout
from backline.outbox.actions import notify
from backline.people.queries import owner_ids


def tell_of_payout(row: Payout, state: str, failure: str, *, now: datetime) -> None:
    """One sentence to every owner: it arrived, or the bank returned it and what to do."""
    if state == Payout.State.PENDING:
        return
    amount = f"{format_amount(row.amount_minor, row.currency)} {row.currency}"
    paid = state == Payout.State.PAID
    name = row.artist.name
    notify(
        "payout_paid" if paid else "payout_failed",
        account_ids=owner_ids(row.artist_id),
        now=now,
        text=f"{amount} for {name} arrived at your bank"
        if paid
        else f"Your bank returned {amount} for {name}: {failure_words(failure)}",
        url=f"/dashboard/finances/?artist={row.artist.handle}",
        key=f"payout:{row.pk}:{state}",
        artist_id=row.artist_id,
    )
