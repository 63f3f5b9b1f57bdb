"""What an artist's newest statement says and how its payout account stands, for pages that show one figure of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from backline.core import sql

_NEWEST = """
SELECT settlement.month, statement.currency, statement.earned_minor + statement.bonus_minor
FROM money_statement statement JOIN money_settlement settlement ON settlement.id = statement.settlement_id
WHERE statement.artist_id = %s AND settlement.state = 'closed'
ORDER BY settlement.month DESC,
  (SELECT COUNT(*) FROM money_earning earning
   WHERE earning.artist_id = statement.artist_id AND earning.currency = statement.currency) DESC,
  statement.currency
LIMIT 1
"""


_STATE = "SELECT state FROM money_payoutaccount WHERE artist_id = %s AND ended_at IS NULL"


@dataclass(frozen=True)
class Newest:
    """A month and what it brought in the minor unit of its currency, bonus included."""

    month: date
    currency: str
    gained_minor: int


def newest_statement(artist_id: int) -> Newest | None:
    """The artist's newest statement of a closed settlement, or None; of two currencies the one Finances opens with.

    One query.
    """
    found = sql.rows(_NEWEST, artist_id)
    return Newest(*found[0]) if found else None


def payout_state(artist_id: int) -> str | None:
    """The state of the artist's payout account; None before set-up has begun. One query."""
    found = sql.rows(_STATE, artist_id)
    return str(found[0][0]) if found else None
