"""What an artist's money is: where it is now, what the open month has brought, the statements."""

from __future__ import annotations

from dataclasses import dataclass

from backline.ledger import accounts
from backline.ledger import queries as ledger
from backline.money import queries as money
from backline.shop import queries as shop


@dataclass(frozen=True)
class Finances:
    """An artist's money in one of `currencies`, in minor units; `estimate` is None before any day accrued."""

    currency: str
    currencies: list[str]
    available_minor: int
    held_minor: int
    carried_minor: int
    sale_held_minor: int
    earned_minor: int
    estimate: money.Estimate | None
    statements: list[money.StatementRow]


def finances(artist_id: int, *, currency: str) -> Finances | None:
    """The money in the wanted currency, else in that of the newest statement; None when nobody ever paid anything."""
    statements = money.statements(artist_id)
    held = {(row.address, row.currency): row.amount_minor for row in ledger.balances(f"artist:{artist_id}:")}
    mine = sorted({code for _, code in held} | {row.currency for row in statements}) or shop.currencies()
    if not mine:
        return None
    newest = statements[0].currency if statements else mine[0]
    code = currency if currency in mine else newest
    own = [row for row in statements if row.currency == code]
    return Finances(
        currency=code,
        currencies=mine,
        available_minor=held.get((accounts.available(artist_id), code), 0),
        held_minor=held.get((accounts.held(artist_id), code), 0),
        carried_minor=held.get((accounts.carried(artist_id), code), 0),
        sale_held_minor=held.get((accounts.sale_held(artist_id), code), 0),
        earned_minor=sum(row.earned_minor + row.bonus_minor for row in own),
        estimate=money.open_month_estimate(artist_id, code),
        statements=own,
    )
