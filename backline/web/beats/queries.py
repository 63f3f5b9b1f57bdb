"""The rows of My Beats."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from backline.catalog import queries as catalog
from backline.listening import queries as listening
from backline.listening.calendar import reporting

DAYS = 30


@dataclass(frozen=True)
class Row:
    """A beat with its all-time figures, and its plays of the last 30 complete days."""

    beat: catalog.BeatCard
    own: bool
    plays: int
    downloads: int
    recent: int


@dataclass(frozen=True)
class BeatTable:
    """A page of beats and how many there are in all."""

    rows: list[Row]
    total: int
    number: int
    pages: int


def beat_table(
    artist_id: int, *, handle: str, page: int, state: str, search: str, now: datetime
) -> BeatTable:
    """A page of the artist's beats, newest first; the cost does not grow with the number of rows."""
    found = catalog.artist_beats(artist_id, page=page, state=state, search=search)
    ids = [card.id for card in found.cards]
    totals = listening.beat_totals(ids)
    first, last = reporting().complete_days(DAYS, now=now)
    recent = listening.beats_in_period(ids, first=first, last=last)
    rows = [
        Row(
            card,
            _leads(card, handle),
            totals[card.id].plays,
            totals[card.id].downloads,
            recent[card.id].plays,
        )
        for card in found.cards
    ]
    return BeatTable(rows, found.total, found.number, found.pages)


def _leads(card: catalog.BeatCard, handle: str) -> bool:
    """Whether the beat is the artist's own, who is always credited first."""
    return bool(card.artists) and card.artists[0].handle == handle
