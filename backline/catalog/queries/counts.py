"""How large an artist's catalogue is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from backline.catalog.queries.cards import LISTED
from backline.core import sql


@dataclass(frozen=True)
class CatalogCounts:
    """Public beats (collaborations included) and collections, and how many of them are new since a moment.

    `listed_beats` is what My Beats holds: own beats in any state, and public ones of others with a credit.
    """

    public_beats: int
    public_beats_since: int
    collections: int
    collections_since: int
    listed_beats: int


# Every page of the backstage shows these figures: see core/sql.py for why the ORM does not build them.
_COUNTS = f"""
SELECT beats.listed, beats.shown, beats.new, collections.made, collections.new
FROM (
    SELECT COUNT(*) AS listed,
           COUNT(CASE WHEN beat.state = 'public' AND artist.revoked_at IS NULL THEN 1 END) AS shown,
           COUNT(CASE WHEN beat.state = 'public' AND artist.revoked_at IS NULL
                       AND beat.first_published_at >= %s THEN 1 END) AS new
    FROM catalog_beat beat JOIN people_artist artist ON artist.id = beat.artist_id
    WHERE {LISTED}
) beats, (
    SELECT COUNT(*) AS made, COUNT(CASE WHEN created_at >= %s THEN 1 END) AS new
    FROM catalog_collection WHERE artist_id = %s AND deleted_at IS NULL
) collections
"""

_CREDITED = """
SELECT beat.id FROM catalog_credit credit JOIN catalog_beat beat ON beat.id = credit.beat_id
WHERE credit.artist_id = %s AND credit.state = 'accepted' AND beat.deleted_at IS NULL
ORDER BY beat.id
"""


def catalog_counts(artist_id: int, *, since: datetime) -> CatalogCounts:
    """The artist's counts; new beats are those first published, new collections those made since. One query."""
    ((listed, shown, new, made, new_made),) = sql.rows(_COUNTS, since, *[artist_id] * 3, since, artist_id)
    return CatalogCounts(
        public_beats=shown,
        public_beats_since=new,
        collections=made,
        collections_since=new_made,
        listed_beats=listed,
    )


def credited_beat_ids(artist_id: int) -> list[int]:
    """The numbers of all beats the artist has an accepted credit on, in any state, the oldest first. One query."""
    return [beat_id for (beat_id,) in sql.rows(_CREDITED, artist_id)]
