"""Who is credited."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models.functions import Lower

from backline.catalog.models import Credit
from backline.people.models import Artist


def is_credited(beat_id: int, artist_ids: Collection[int]) -> bool:
    """Whether one of these artists has an accepted credit on the beat. One query."""
    credits = Credit.objects.filter(beat_id=beat_id, artist_id__in=artist_ids)
    return credits.filter(state=Credit.State.ACCEPTED).exists()


def handles(typed: Iterable[str]) -> list[str]:
    """Artists' addresses as they are compared: without the @, in lower case, each once."""
    bare = (text.strip().lstrip("@").lower() for text in typed)
    return list(dict.fromkeys(filter(None, bare)))


def others_called(lower_handles: Collection[str], *, besides: int) -> dict[str, Artist]:
    """Handle in lower case → artist in good standing, one left out. One query."""
    called = Artist.objects.annotate(low=Lower("handle")).filter(low__in=lower_handles, revoked_at=None)
    return {artist.handle.lower(): artist for artist in called.exclude(pk=besides)}
