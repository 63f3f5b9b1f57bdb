"""How large an artist's catalogue is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

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


_PUBLIC = "beat.state = 'public' AND maker.revoked_at IS NULL"
_SHOWN = f"CASE WHEN {_PUBLIC} THEN 1 END"
_NEW = f"CASE WHEN {_PUBLIC} AND beat.first_published_at >= %s THEN 1 END"
# Every page of the backstage shows these figures: see core/sql.py for why the ORM does not build them. Own beats and
# those of others are counted apart, each from an index (SQLite keeps the order of CROSS JOIN).
_COUNTS = f"""
SELECT own.listed + others.listed, own.shown + others.shown, own.new + others.new,
       collections.made, collections.new
FROM (
    SELECT COUNT(*) AS listed, COUNT({_SHOWN}) AS shown, COUNT({_NEW}) AS new
    FROM people_artist maker CROSS JOIN catalog_beat beat
    WHERE maker.id = %s AND beat.artist_id = maker.id AND beat.deleted_at IS NULL
) own, (
    SELECT COUNT(*) AS listed, COUNT({_SHOWN}) AS shown, COUNT({_NEW}) AS new
    FROM catalog_credit credit CROSS JOIN catalog_beat beat CROSS JOIN people_artist maker
    WHERE credit.artist_id = %s AND credit.state = 'accepted' AND beat.id = credit.beat_id
      AND beat.artist_id <> credit.artist_id AND beat.state = 'public' AND beat.deleted_at IS NULL
      AND maker.id = beat.artist_id
) others, (
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
    ((listed, shown, new, made, new_made),) = sql.rows(_COUNTS, *[since, artist_id] * 3)
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
