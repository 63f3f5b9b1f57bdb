"""One transaction in full, and where a statement's money went: attempts, Stripe's names, the bank."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from backline.money.models import Earning, Payout, Transfer, TransferAttempt
from backline.money.queries.movements import Movement, movements
from backline.money.queries.pool import artist_shares_of_month
from backline.money.queries.transactions import TransactionRow, shown
from backline.shop.models import Sale

_READ_WITH = ("transfer__payout", "statement__settlement")
OUTCOMES = {
    "": "No answer yet",
    "sent": "Sent",
    "refused": "Refused",
    "busy": "Stripe was busy",
    "unknown": "No answer, asked again under the same key",
}


@dataclass(frozen=True)
class AttemptRow:
    """One call to send a transfer."""

    number: int
    at: datetime
    outcome: str
    amount_minor: int


@dataclass(frozen=True)
class Way:
    """How money travelled. What has not happened is None or empty.

    `amount_minor` is what the transfer carries in all: other rows may travel with this one.
    """

    status: str
    sentence: str
    reference: str
    transfer_id: str
    sent_on: datetime | None
    payout_id: str
    arrived_on: datetime | None
    bank_tail: str
    attempts: list[AttemptRow]
    amount_minor: int


@dataclass(frozen=True)
class TransactionDetail:
    """A row with what made its amount. Points are micro-points of the month's days."""

    row: TransactionRow
    way: Way
    own_points: int | None
    all_points: int | None
    beats: int | None
    list_price_minor: int | None
    platform_fee_minor: int | None
    split_bp: int | None
    payment_id: str
    refunded_minor: int
    travels_with_id: int | None

    @property
    def buyer_paid_minor(self) -> int | None:
        """Price and platform fee."""
        if self.list_price_minor is None or self.platform_fee_minor is None:
            return None
        return self.list_price_minor + self.platform_fee_minor


def transaction(artist_id: int, key: str, *, now: datetime) -> TransactionDetail | None:
    """The artist's row with this key, or None."""
    row = Earning.objects.filter(artist=artist_id, key=key).select_related(*_READ_WITH).first()
    if row is None:
        return None
    movement = next(movements([row.pk]))
    own, every, beats = _points(row)
    sale = Sale.objects.filter(pk=row.sale_id).first() if row.sale_id else None
    part = row.original_minor if row.amount_minor >= 0 else 0
    return TransactionDetail(
        row=shown(movement, now=now),
        way=_way(row, movement, now),
        own_points=own,
        all_points=every,
        beats=beats,
        list_price_minor=sale.list_price_minor if sale else None,
        platform_fee_minor=sale.fee_minor if sale else None,
        split_bp=round(part * 10_000 / sale.list_price_minor) if sale and part else None,
        payment_id=sale.payment if sale else "",
        refunded_minor=row.refunded_minor,
        travels_with_id=row.travels_with_id,
    )


def statement_way(statement_id: int, *, now: datetime) -> Way | None:
    """Where a statement's money went; None while it has no row: it brought nothing, or is being listed."""
    row = Earning.objects.filter(statement=statement_id).select_related(*_READ_WITH).first()
    return _way(row, next(movements([row.pk])), now) if row else None


def statement_statuses(statement_ids: Collection[int]) -> dict[int, str]:
    """How the rows of these statements stand in Transactions; one that brought nothing is left out."""
    return dict(Earning.objects.filter(statement__in=statement_ids).values_list("statement_id", "status"))


def _points(row: Earning) -> tuple[int | None, int | None, int | None]:
    if row.statement is None:
        return None, None, None
    shares = artist_shares_of_month(row.statement.settlement.month)
    if not shares:
        return None, None, None
    own, beats = shares.get(row.statement.artist_id, (0, 0))
    return own, sum(points for points, _ in shares.values()), beats


def _way(row: Earning, movement: Movement, now: datetime) -> Way:
    seen = shown(movement, now=now)
    transfer: Transfer | None = row.transfer
    payout: Payout | None = transfer.payout if transfer else None
    return Way(
        status=seen.status,
        sentence=seen.sentence,
        reference=seen.reference,
        transfer_id=(transfer.external_id or "") if transfer else "",
        sent_on=transfer.sent_at if transfer else None,
        payout_id=payout.external_id if payout else "",
        arrived_on=movement.arrived_at,
        bank_tail=payout.bank_tail if payout else "",
        attempts=_attempts(transfer) if transfer else [],
        amount_minor=transfer.amount_minor if transfer else 0,
    )


def _attempts(transfer: Transfer) -> list[AttemptRow]:
    found = TransferAttempt.objects.filter(transfer=transfer).order_by("number")
    return [
        AttemptRow(
            row.number,
            row.started_at,
            f"{OUTCOMES[row.outcome]}: {row.sentence}" if row.sentence else OUTCOMES[row.outcome],
            transfer.amount_minor,
        )
        for row in found
    ]
