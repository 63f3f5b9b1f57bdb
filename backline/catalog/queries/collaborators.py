"""Whom an artist made public beats with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from backline.catalog.models import Entry
from backline.core import sql
from backline.people.models import Artist


@dataclass(frozen=True)
class Collaborator:
    """An artist with an accepted credit on public beats of this one, and those beats, the newest first."""

    artist: Artist
    beat_ids: tuple[int, ...]


_SHARED = """
SELECT other.artist_id, other.beat_id
FROM catalog_credit own CROSS JOIN catalog_credit other CROSS JOIN catalog_beat beat CROSS JOIN people_artist maker
WHERE own.artist_id = %s AND own.state = 'accepted'
  AND other.beat_id = own.beat_id AND other.artist_id <> own.artist_id AND other.state = 'accepted'
  AND beat.id = own.beat_id AND beat.deleted_at IS NULL AND beat.state = 'public'
  AND maker.id = beat.artist_id AND maker.revoked_at IS NULL
ORDER BY other.beat_id DESC
"""


def collaborators(artist_id: int) -> list[Collaborator]:
    """Who shares public beats with the artist, most beats first, then by name. Two queries."""
    shared: defaultdict[int, list[int]] = defaultdict(list)
    for other_id, beat_id in sql.rows(_SHARED, artist_id):
        shared[other_id].append(beat_id)
    found = [
        Collaborator(artist, tuple(shared[artist.pk])) for artist in Artist.objects.filter(pk__in=shared)
    ]
    return sorted(found, key=lambda one: (-len(one.beat_ids), one.artist.name))


def collections_of(beat_ids: Iterable[int]) -> dict[int, str]:
    """The name of a collection each of these beats is in, the newest where there are several. One query."""
    rows = Entry.objects.filter(beat__in=list(beat_ids), collection__deleted_at=None).order_by(
        "collection_id"
    )
    return dict(rows.values_list("beat_id", "collection__name"))
