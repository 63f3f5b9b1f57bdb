"""Pays the demo world's artists as Stripe would have: transfers on the day they were due, at the bank two days later.

What happened is written down by the product's own actions; the sandbox is told the same facts (`facts`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from backline.domain.payout_states import State
from backline.integrations.stripe.transfers import BankPayout, Sent
from backline.money import actions as money
from backline.money.actions.bank_payouts import take_payout
from backline.money.actions.recording import Answer, record_answer
from backline.money.actions.sending import claim
from backline.money.models import Payout, PayoutAccount, PayoutProfile, Transfer, TransferAttempt
from backline.people.models import Artist, Member

TRAVELS = timedelta(days=2)
COUNTRIES = ("NL", "DE", "FR", "ES", "IE")


def connect(artist: Artist, *, now: datetime) -> None:
    """The artist's payout account, whole since some days."""
    owner = Member.objects.filter(artist=artist, role=Member.Role.OWNER).first()
    PayoutAccount.objects.get_or_create(
        artist=artist,
        ended_at=None,
        defaults={
            "provider": PayoutAccount.Provider.STRIPE,
            "external_id": f"acct_demo{artist.pk}",
            "key": f"demo account {artist.pk}",
            "country": COUNTRIES[artist.pk % len(COUNTRIES)],
            "state": State.ACTIVE,
            "submitted": True,
            "can_receive": True,
            "can_pay_out": True,
            "was_active": True,
            "created_at": now - timedelta(days=4),
            "created_by_id": owner.account_id if owner else None,
            "checked_at": now,
            "check_at": now,
        },
    )
    money.set_payout_state(artist, state=PayoutProfile.State.READY, now=now)


def pay_out(*, now: datetime, until: datetime) -> None:
    """Sends what is due on a day. What has not arrived until the end of the past is left to the sandbox."""
    while money.list_statements(now=now):
        pass
    while money.queue_transfers(now=now):
        pass
    sent: dict[tuple[int, str], list[Transfer]] = defaultdict(list)
    for row in Transfer.objects.filter(state=Transfer.State.QUEUED).select_related("account"):
        if claimed := claim(row, now=now):
            record_answer(claimed.attempt, Answer(sent=_sent(row, now)), now=now, quietly=True)
            sent[row.account_id, row.currency].append(row)
    if now + TRAVELS <= until:
        for rows in sent.values():
            _arrive(rows, now)


def facts() -> Iterator[dict[str, Any]]:
    """Accounts, transfers and payouts as lines of the sandbox's past; in no order."""
    for account in PayoutAccount.objects.filter(key__startswith="demo account").select_related("artist"):
        yield {
            "do": "recipient", "at": _s(account.created_at), "id": account.external_id, "name": account.artist.name,
            "email": f"{account.artist.handle}@example.com", "country": account.country.lower(),
            "metadata": {"backline_artist": str(account.artist_id)},
        }  # fmt: skip
    sent = TransferAttempt.objects.filter(transfer__external_id__startswith="tr_demo")
    for attempt in sent.select_related("transfer__account"):
        row = attempt.transfer
        yield {
            "do": "transfer", "at": _s(row.queued_at), "id": row.external_id, "amount": row.amount_minor,
            "currency": row.currency.lower(), "destination": row.account.external_id,
            "destination_payment": row.payment, "transfer_group": row.group,
            "metadata": {"backline_transfer": attempt.key},
        }  # fmt: skip
    for payout in Payout.objects.filter(external_id__startswith="po_demo").select_related("account"):
        yield {
            "do": "payout", "at": _s(payout.created_at), "id": payout.external_id,
            "account": payout.account.external_id, "amount": payout.amount_minor, "currency": payout.currency.lower(),
        }  # fmt: skip


def _sent(row: Transfer, now: datetime) -> Sent:
    names = f"tr_demo{row.pk}", f"py_demo{row.pk}"
    return Sent(names[0], row.amount_minor, row.currency, row.account.external_id or "", names[1], 0, now)


def _arrive(rows: list[Transfer], now: datetime) -> None:
    first = rows[0]
    payout = BankPayout(
        id=f"po_demo{first.pk}",
        amount_minor=sum(row.amount_minor for row in rows),
        currency=first.currency,
        state="paid",
        failure="",
        arrives_at=now + TRAVELS,
        at=now + timedelta(seconds=1),
        automatic=True,
    )
    take_payout(
        first.account, payout, names={f"py_demo{row.pk}" for row in rows}, now=now + TRAVELS, quietly=True
    )


def _s(at: datetime) -> int:
    return int(at.timestamp())
