"""What My Beats says of beats beside their cards: how complete they are, and what they lack."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from backline.catalog.models import Beat
from backline.core import sql
from backline.domain import quality

OF_COMPLETENESS = ("BPM", "Key", "Scale", "Description", "Tags")


@dataclass(frozen=True)
class BeatFacts:
    """Of a beat beside its card. `reasons` are why it needs review, empty when it does not.

    `scheduled_at` is None unless it is scheduled; `sold` while an exclusive sale stands.
    """

    own: bool
    percent: int
    reasons: tuple[str, ...]
    licensing: str
    sold: bool
    scheduled_at: datetime | None


# Read for every page of My Beats: see core/sql.py for why the ORM does not build it.
_FACTS = """
SELECT beat.id, beat.artist_id, beat.licensing, beat.licensing_complete, beat.sold_at, beat.scheduled_at,
    beat.bpm, beat.key, beat.scale, beat.description, beat.cover_key <> '' OR beat.cover_style <> '',
    (SELECT COUNT(*) FROM catalog_beat_genres used WHERE used.beat_id = beat.id),
    (SELECT COUNT(*) FROM catalog_tag tag WHERE tag.beat_id = beat.id)
FROM catalog_beat beat WHERE beat.id IN ({ids})
"""
_FIELDS = """
SELECT beat.id, beat.name, beat.bpm, beat.key, beat.scale, beat.description,
    (SELECT COUNT(*) FROM catalog_tag tag WHERE tag.beat_id = beat.id)
FROM catalog_beat beat JOIN people_artist artist ON artist.id = beat.artist_id
WHERE beat.artist_id = %s AND beat.deleted_at IS NULL AND beat.state = 'public' AND artist.revoked_at IS NULL
ORDER BY beat.id
"""


def facts_of_beats(artist_id: int, beat_ids: Sequence[int]) -> dict[int, BeatFacts]:
    """Completeness and reasons of these beats, and whether they are the artist's own. One query."""
    if not beat_ids:
        return {}
    rows = sql.rows(_FACTS.format(ids=sql.marks(beat_ids)), *beat_ids)
    return {row[0]: _facts(artist_id, *row[1:]) for row in rows}


def unfinished(artist_id: int) -> list[tuple[int, str, tuple[str, ...]]]:
    """The artist's own public beats that are not complete: number, name, what they lack of the five. One query."""
    found = []
    for number, name, bpm, key, scale, description, tags in sql.rows(_FIELDS, artist_id):
        details = quality.Details(bpm=bpm, key=key, scale=scale, description=description, tags=tags)
        lacks = tuple(reason for reason in quality.review_reasons(details) if reason in OF_COMPLETENESS)
        if lacks:
            found.append((number, name, lacks))
    return found


def _facts(
    artist_id: int,
    owner: int,
    licensing: str,
    licensed: bool,
    sold_at: datetime | None,
    scheduled_at: datetime | None,
    *said: Any,
) -> BeatFacts:
    bpm, key, scale, description, cover, genres, tags = said
    details = quality.Details(
        genres=genres, bpm=bpm, key=key, scale=scale, description=description, tags=tags, has_cover=bool(cover),
        licensing_complete=bool(licensed),
    )  # fmt: skip
    return BeatFacts(
        own=owner == artist_id,
        percent=quality.completeness(details),
        reasons=quality.review_reasons(details),
        licensing=Beat.Licensing(licensing).label,
        sold=sold_at is not None,
        scheduled_at=sql.instant(scheduled_at) if scheduled_at else None,
    )
