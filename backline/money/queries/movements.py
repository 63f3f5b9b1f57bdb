"""Rows of Transactions with everything that is said beside them, read by one statement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from backline.core import sql

PORTION = 500
# Its columns are the fields of `Movement`, in their order.
_READ = """
SELECT earning.id, earning.key, earning.kind, earning.currency, earning.reference,
       earning.statement_id, settlement.month, earning.sale_id, earning.beat_id, beat.name, buyer.name,
       earning.amount_minor, earning.original_minor, earning.bonus_minor,
       earning.at, earning.available_on, earning.changed_at,
       earning.place, earning.status, earning.failure, earning.is_debt,
       later.carried_out_minor, hold.sold_at, hold.available_at,
       transfer.note, transfer.sent_at, payout.arrives_at,
       (SELECT COUNT(*) FROM money_transferattempt attempt WHERE attempt.transfer_id = earning.transfer_id),
       account.state, account.holds_until
FROM money_earning earning
LEFT JOIN money_statement statement ON statement.id = earning.statement_id
LEFT JOIN money_settlement settlement ON settlement.id = statement.settlement_id
LEFT JOIN money_statement later ON later.id = earning.travels_with_id
LEFT JOIN money_salehold hold ON hold.id = earning.sale_hold_id
LEFT JOIN money_transfer transfer ON transfer.id = earning.transfer_id
LEFT JOIN money_payout payout ON payout.id = transfer.payout_id
LEFT JOIN catalog_beat beat ON beat.id = earning.beat_id
LEFT JOIN shop_sale sale ON sale.id = earning.sale_id
LEFT JOIN people_account buyer ON buyer.id = sale.buyer_id
LEFT JOIN money_payoutaccount account ON account.artist_id = earning.artist_id AND account.ended_at IS NULL
WHERE earning.id IN ({ids})
"""


@dataclass(frozen=True)
class Movement:
    """A part of an artist's money, and what is known of its statement, sale, transfer and payout; None: it has none.

    `carried_minor` is what the statement it travels with carries in all; `account_state` is the payout account's.
    """

    id: int
    key: str
    kind: str
    currency: str
    reference: str
    statement_id: int | None
    month: date | None
    sale_id: int | None
    beat_id: int | None
    beat_name: str | None
    buyer: str | None
    amount_minor: int
    original_minor: int
    bonus_minor: int
    at: datetime
    available_on: date | None
    changed_at: datetime
    place: str
    status: str
    failure: str
    is_debt: bool
    carried_minor: int | None
    sold_at: datetime | None
    free_at: datetime | None
    transfer_note: str | None
    sent_at: datetime | None
    arrives_at: datetime | None
    attempts: int
    account_state: str | None
    holds_until: datetime | None

    @property
    def has_transfer(self) -> bool:
        """Whether it was ever given to a transfer."""
        return self.transfer_note is not None

    @property
    def arrived_at(self) -> datetime | None:
        """When its money came to the bank."""
        return (self.arrives_at or self.sent_at) if self.place == "bank" else None


def movements(ids: Sequence[int]) -> Iterator[Movement]:
    """The rows with these numbers, in their order, read in portions."""
    for start in range(0, len(ids), PORTION):
        some = ids[start : start + PORTION]
        found = {row[0]: row for row in sql.rows(_READ.format(ids=sql.marks(some)), *some)}
        yield from (Movement(*sql.instants(found[number])) for number in some if number in found)
