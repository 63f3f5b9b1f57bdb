"""How large an artist's catalogue is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from backline.catalog.models import Beat, Collection
from backline.catalog.queries.cards import beats_of_artist


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


def catalog_counts(artist_id: int, *, since: datetime) -> CatalogCounts:
    """The artist's counts; new beats are those first published, new collections those made since. Two queries."""
    public = Q(state=Beat.State.PUBLIC, artist__revoked_at__isnull=True)
    beats = beats_of_artist(artist_id).aggregate(
        listed=Count("id"),
        public=Count("id", filter=public),
        new=Count("id", filter=public & Q(first_published_at__gte=since)),
    )
    collections = Collection.objects.filter(artist_id=artist_id).aggregate(
        all=Count("id"), new=Count("id", filter=Q(created_at__gte=since))
    )
    return CatalogCounts(
        public_beats=beats["public"],
        public_beats_since=beats["new"],
        collections=collections["all"],
        collections_since=collections["new"],
        listed_beats=beats["listed"],
    )


def credited_beat_ids(artist_id: int) -> list[int]:
    """The numbers of all beats the artist has an accepted credit on, in any state, the oldest first. One query."""
    beats = Beat.objects.kept().credited_to(artist_id)
    return list(beats.order_by("id").values_list("id", flat=True))
