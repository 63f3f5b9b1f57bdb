"""Sales of the last days and licences that were taken back, for pages that tell the news."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from backline.core import sql
from backline.shop.models import Sale


@dataclass(frozen=True)
class RecentSale:
    """A sale that stands: the seller's list price in minor units, and when."""

    beat_id: int
    kind: Sale.Kind
    currency: str
    list_price_minor: int
    sold_at: datetime


_RECENT = """
SELECT beat_id, kind, currency, list_price_minor, sold_at FROM shop_sale
WHERE artist_id = %s AND sold_at >= %s AND reversed_at IS NULL ORDER BY sold_at DESC, id DESC
"""


def sales_since(artist_id: int, *, since: datetime) -> list[RecentSale]:
    """What the artist sold, the last first. One query."""
    return [
        RecentSale(beat_id, Sale.Kind(kind), currency, price, sql.instant(at))
        for beat_id, kind, currency, price, at in sql.rows(_RECENT, artist_id, since)
    ]


_REVOKED = """
SELECT licence.account_id, licence.beat_id, licence.kind FROM shop_licence licence
WHERE licence.account_id IN ({accounts}) AND licence.beat_id IN ({beats}) AND licence.revoked_at IS NOT NULL
  AND NOT EXISTS (
    SELECT 1 FROM shop_licence standing WHERE standing.account_id = licence.account_id
    AND standing.beat_id = licence.beat_id AND standing.kind = licence.kind AND standing.revoked_at IS NULL)
"""


def revoked_licences(account_ids: Collection[int], beat_ids: Collection[int]) -> set[tuple[int, int, str]]:
    """Account, beat and kind of the licences that were taken back and not given again. One query."""
    accounts, beats = list(account_ids), list(beat_ids)
    if not accounts or not beats:
        return set()
    statement = _REVOKED.format(accounts=sql.marks(accounts), beats=sql.marks(beats))
    return {(account, beat, kind) for account, beat, kind in sql.rows(statement, *accounts, *beats)}
