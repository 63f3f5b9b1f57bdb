"""An artist's featured beat."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from backline.catalog.covers import Cover, beat_cover
from backline.catalog.models import Featured


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
    chosen = Featured.objects.filter(artist=artist_id, beat__deleted_at=None)
    row = chosen.select_related("beat__recording").defer("beat__recording__peaks").first()
    if row is None:
        return None
    shown = row.beat.is_public and bool(row.beat.recording.stream_key)
    return FeaturedBeat(row.beat_id, row.beat.name, beat_cover(row.beat), row.at, shown)
