"""Who is credited."""

from __future__ import annotations

from collections.abc import Collection

from backline.catalog.models import Credit


def is_credited(beat_id: int, artist_ids: Collection[int]) -> bool:
    """Whether one of these artists has an accepted credit on the beat. One query."""
    credits = Credit.objects.filter(beat_id=beat_id, artist_id__in=artist_ids)
    return credits.filter(state=Credit.State.ACCEPTED).exists()
