"""All of an artist's rows of Transactions, summed once: the figures of a page come from the same read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from backline.core import sql
from backline.domain.earning_status import CARDS, TABS, Place, Status

# The index earning_sums has all of it in this order: nothing is sorted, and no row is opened.
_READ = """
SELECT currency, place, status, kind, COUNT(*), SUM(amount_minor)
FROM money_earning WHERE artist_id = %s GROUP BY currency, place, status, kind
"""


@dataclass(frozen=True)
class RowSum:
    """Rows of one currency, place, status and kind: how many, and their sum in minor units."""

    currency: str
    place: str
    status: str
    kind: str
    count: int
    minor: int

    @property
    def names(self) -> tuple[str, ...]:
        """The place and the cards that sum it."""
        if self.place == Place.SENDING:
            return (self.place, "queued" if self.status == Status.QUEUED else "transit")
        return (self.place, *_CARDS_OF[Place(self.place)])


_CARDS_OF = {place: tuple(card for card, places in CARDS.items() if place in places) for place in Place}


def sums_of(artist_id: int) -> list[RowSum]:
    """The artist's rows, summed. One query."""
    found = sql.rows(_READ, artist_id)
    return [
        RowSum(currency, place, status, kind, count, int(minor))
        for currency, place, status, kind, count, minor in found
    ]


def currencies_in(parts: Iterable[RowSum]) -> list[str]:
    """The currencies that have rows, the most rows first."""
    rows: Counter[str] = Counter()
    for part in parts:
        rows[part.currency] += part.count
    return sorted(rows, key=lambda currency: (-rows[currency], currency))


def card_in(parts: Iterable[RowSum], currency: str, card: str) -> int:
    """A card of a currency (`CARDS`), in minor units."""
    return sum(part.minor for part in parts if part.currency == currency and card in part.names)


def tab_counts(rows: Iterable[tuple[str, str, int]]) -> dict[str, int]:
    """How many rows each tab has, from counts by kind and status."""
    kinds: Counter[str] = Counter()
    states: Counter[str] = Counter()
    for kind, status, count in rows:
        kinds[kind] += count
        states[status] += count
    every, plans = kinds.total(), kinds["subscription"]
    tabs = {tab: sum(states[status] for status in wanted) for tab, wanted in TABS.items()}
    return {"all": every, "sales": every - plans, "subscriptions": plans, **tabs}
