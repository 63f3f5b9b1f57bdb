"""What an artist's own beats and invitations can still earn. Read on every visit of Progress: see core/sql.py."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from backline.core import sql
from backline.domain import quality

_CREDITS = """
SELECT credit.state = 'invited', beat.first_published_at,
    CASE WHEN beat.state = 'public' AND artist.revoked_at IS NULL THEN 1 ELSE 0 END,
    beat.bpm, beat.key, beat.scale, CASE WHEN beat.description <> '' THEN 'x' ELSE '' END,
    (SELECT COUNT(*) FROM catalog_tag tag WHERE tag.beat_id = beat.id),
    (SELECT COUNT(*) FROM catalog_credit other WHERE other.beat_id = beat.id AND other.state = 'accepted')
FROM catalog_credit credit
JOIN catalog_beat beat ON beat.id = credit.beat_id AND beat.deleted_at IS NULL
JOIN people_artist artist ON artist.id = beat.artist_id
WHERE credit.artist_id = %s
    AND (credit.state = 'invited' OR (credit.state = 'accepted' AND beat.artist_id = credit.artist_id))
"""


@dataclass(frozen=True)
class EarningBeat:
    """A kept beat of the artist's own; `accepted` counts artists, its own included."""

    first_published_at: datetime | None
    public: bool
    complete: bool
    lacks_only_tags: bool
    accepted: int


@dataclass(frozen=True)
class Earning:
    """The artist's own beats, and how many invitations wait for its answer."""

    beats: tuple[EarningBeat, ...]
    invitations: int


def earning(artist_id: int) -> Earning:
    """What can still earn. One query."""
    beats, invitations = [], 0
    for invited, published_at, public, bpm, key, scale, description, tags, accepted in sql.rows(
        _CREDITS, artist_id
    ):
        if invited:
            invitations += 1
            continue
        details = quality.Details(bpm=bpm, key=key, scale=scale, description=description, tags=tags)
        beats.append(
            EarningBeat(
                first_published_at=published_at and sql.instant(published_at),
                public=bool(public),
                complete=quality.completeness(details) == 100,
                lacks_only_tags=quality.lacks_only_tags(details),
                accepted=accepted,
            )
        )
    return Earning(tuple(beats), invitations)
