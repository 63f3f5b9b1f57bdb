"""What a collection's page and cards show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from backline.catalog.covers import Cover, collection_cover
from backline.catalog.models import Beat, Collection, Entry
from backline.people.models import Account
from backline.web.tracks import Track, public_beats, tracks

PUBLIC_BEAT = Q(
    beat__state=Beat.State.PUBLIC, beat__deleted_at__isnull=True, beat__artist__revoked_at__isnull=True
)


@dataclass(frozen=True)
class CollectionCard:
    """A collection in a list; `beats` counts the public ones."""

    name: str
    address: str
    kind: str
    cover: Cover
    beats: int
    release_on: date | None


@dataclass(frozen=True)
class CollectionPage:
    """A collection with its public beats in their order; `duration_ms` and `plays` (None: unknown) are of all."""

    card: CollectionCard
    tracks: list[Track]
    duration_ms: int
    plays: int | None


def cards(collections: Iterable[Collection]) -> list[CollectionCard]:
    """Cards in the given order; one query besides the one that reads the collections."""
    collections = list(collections)
    entries = Entry.objects.filter(PUBLIC_BEAT, collection__in=collections).order_by()
    counts = dict(entries.values_list("collection").annotate(count=Count("id")))
    return [_card(collection, beats=counts.get(collection.pk, 0)) for collection in collections]


def collection_page(collection: Collection, *, account: Account | None) -> CollectionPage:
    """The page of a public collection. Beats that are not public are left out and not counted."""
    beats = list(public_beats().filter(entries__collection=collection).order_by("entries__position"))
    rows = tracks(beats, account=account)
    plays = [row.plays for row in rows]
    return CollectionPage(
        card=_card(collection, beats=len(rows)),
        tracks=rows,
        duration_ms=sum(row.duration_ms for row in rows),
        plays=sum(filter(None, plays)) if None not in plays else None,
    )


def _card(collection: Collection, *, beats: int) -> CollectionCard:
    return CollectionCard(
        name=collection.name,
        address=collection.get_absolute_url(),
        kind=collection.get_kind_display(),
        cover=collection_cover(collection),
        beats=beats,
        release_on=collection.release_on,
    )
