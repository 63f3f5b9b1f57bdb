"""An artist's featured beat."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from backline.catalog.covers import Cover, beat_cover
from backline.catalog.models import Beat
from backline.core import sql

_FIELDS = ("id", "name", "state", "cover_key", "cover_style", "cover_seed", "deleted_at")
_CHOSEN = f"""
SELECT {", ".join(f"beat.{name}" for name in _FIELDS)}, recording.stream_key, featured.at
FROM catalog_featured featured JOIN catalog_beat beat ON beat.id = featured.beat_id
JOIN catalog_recording recording ON recording.id = beat.recording_id
WHERE featured.artist_id = %s AND beat.deleted_at IS NULL
"""


@dataclass(frozen=True)
class FeaturedBeat:
    """The beat an artist chose `at`; `shown` while it is public and can be played."""

    id: int
    name: str
    cover: Cover
    at: datetime
    shown: bool


def featured_beat(artist_id: int) -> FeaturedBeat | None:
    """The artist's featured beat, None when none is chosen or it was deleted. One query."""
    for *values, stream_key, at in sql.rows(_CHOSEN, artist_id):
        beat = Beat.from_db("default", _FIELDS, values)
        return FeaturedBeat(
            beat.pk, beat.name, beat_cover(beat), sql.instant(at), beat.is_public and bool(stream_key)
        )
    return None
