"""The performance overview: all time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from backline.catalog import queries as catalog
from backline.listening import queries as listening
from backline.listening.calendar import reporting

DAYS = 30


@dataclass(frozen=True)
class Performance:
    """Public beats and plays, with what they gained lately. Both 30-day figures are of complete days."""

    tracks: int
    tracks_this_month: int
    plays: int
    recent: int
    before: int


def performance(
    artist_id: int, *, counts: catalog.CatalogCounts, totals: listening.Totals, now: datetime
) -> Performance:
    """The artist's all-time figures; `counts` hold what is new this month."""
    first, last = reporting().complete_days(2 * DAYS, now=now)
    days = [day.plays for day in listening.artist_series(artist_id, first=first, last=last)]
    return Performance(
        counts.public_beats, counts.public_beats_since, totals.plays, sum(days[DAYS:]), sum(days[:DAYS])
    )
