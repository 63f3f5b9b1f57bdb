"""The featured beat: one an artist puts first on its profile."""

from __future__ import annotations

from datetime import datetime

from backline.catalog.models import Beat, Featured
from backline.people.models import Account, Artist


class CannotFeature(Exception):
    """The beat cannot stand first; the text says why."""


def feature_beat(beat: Beat, *, by: Account, now: datetime) -> Featured:
    """Makes the beat its artist's featured one, in place of another; repeating it changes nothing.

    Raises:
        CannotFeature: it is not public, or cannot be played yet.
    """
    if not beat.is_public:
        raise CannotFeature(f"{beat.name} is not public. Only a public beat can be featured.")
    if beat.sold_at is not None:
        raise CannotFeature(f"{beat.name} was sold exclusively and is not offered any more.")
    if not beat.recording.stream_key:
        raise CannotFeature(f"{beat.name} cannot be played yet: its audio is still being prepared.")
    featured, created = Featured.objects.get_or_create(
        artist=beat.artist, defaults={"beat": beat, "by": by, "at": now}
    )
    if not created and featured.beat_id != beat.pk:
        featured.beat, featured.by, featured.at = beat, by, now
        featured.save()
    return featured


def stop_featuring(artist: Artist) -> None:
    """The artist has no featured beat any more; repeating it changes nothing."""
    Featured.objects.filter(artist=artist).delete()
