"""An artist's own collections, in any state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q

from backline.catalog.covers import Cover, collection_cover
from backline.catalog.models import Collection
from backline.core.paging import page_of


@dataclass(frozen=True)
class CollectionRow:
    """A collection in a list; `beats` is how many it holds, deleted ones left out."""

    id: int
    name: str
    url: str
    cover: Cover
    kind: str
    is_public: bool
    release_on: date | None
    updated_at: datetime
    beats: int


@dataclass(frozen=True)
class CollectionPage:
    """One page of collections; `number` counts from 1."""

    rows: list[CollectionRow]
    total: int
    number: int
    pages: int


def artist_collections(artist_id: int, *, page: int = 1, size: int = 20, search: str = "") -> CollectionPage:
    """The artist's collections, the last changed first. Two queries; a page beyond the end is the last."""
    collections = Collection.objects.filter(artist_id=artist_id)
    if search:
        collections = collections.filter(name__icontains=search)
    total = collections.count()
    here = page_of(total, page=page, size=size)
    kept = Count("beats", filter=Q(beats__deleted_at__isnull=True))
    rows = collections.annotate(kept=kept).order_by("-updated_at", "-id")[here.start : here.stop]
    return CollectionPage([_row(row, beats=row.kept) for row in rows], total, here.number, here.pages)


def _row(collection: Collection, *, beats: int) -> CollectionRow:
    return CollectionRow(
        id=collection.pk,
        name=collection.name,
        url=collection.get_absolute_url(),
        cover=collection_cover(collection),
        kind=collection.get_kind_display(),
        is_public=collection.state == Collection.State.PUBLIC,
        release_on=collection.release_on,
        updated_at=collection.updated_at,
        beats=beats,
    )
