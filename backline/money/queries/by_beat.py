"""What each beat of an artist brought: its lines in statements and its direct sales."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from backline.core import sql
from backline.domain.earning_status import Place
from backline.listening.calendar import reporting
from backline.money.actions.writing import unpack_lines

_CLOSED = """
SELECT statement.packed FROM money_statement statement
JOIN money_settlement settlement ON settlement.id = statement.settlement_id
WHERE statement.artist_id = %s AND statement.currency = %s
  AND settlement.state = 'closed' AND settlement.month >= %s
"""
_SOLD = """
SELECT beat_id, SUM(amount_minor) FROM money_earning
WHERE artist_id = %s AND currency = %s AND at >= %s AND beat_id IS NOT NULL AND place <> %s GROUP BY beat_id
"""


@dataclass(frozen=True)
class BeatSums:
    """The beats that brought most, highest first, in minor units; `others` are so many more and what they brought."""

    top: list[tuple[int, int]]
    others: int
    others_minor: int

    @property
    def total_minor(self) -> int:
        """All beats together."""
        return sum(minor for _, minor in self.top) + self.others_minor


def earnings_of_beats(artist_id: int, *, currency: str, since: date, limit: int) -> BeatSums:
    """Statements of months from `since` on, and sales since that day less refunds. Two queries."""
    sums: Counter[int] = Counter()
    for (packed,) in sql.rows(_CLOSED, artist_id, currency, since):
        for line in unpack_lines(packed):
            sums[line.beat_id] += line.minor
    for beat, minor in sql.rows(_SOLD, artist_id, currency, reporting().starts_at(since), Place.GONE):
        sums[beat] += int(minor)
    ranked = sorted(sums.items(), key=lambda pair: (-pair[1], pair[0]))
    return BeatSums(ranked[:limit], len(ranked[limit:]), sum(minor for _, minor in ranked[limit:]))
