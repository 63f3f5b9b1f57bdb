"""An artist's own collections, in any state."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from backline.catalog.covers import Cover, collection_cover
from backline.catalog.models import Beat, Collection, Credit, Entry
from backline.catalog.queries.cards import CreditedArtist

DESCRIPTION, RELEASE, DRAFTS = "Description", "Release date", "Drafts"
REASONS = (DESCRIPTION, RELEASE, DRAFTS)


@dataclass(frozen=True)
class CollectionRow:
    """A collection in a list; `beat_ids` are the beats it holds in order, deleted ones left out.

    `artists` are the own one, those named on it, and those with an accepted credit on a beat of it. `reasons` are why
    it needs review.
    """

    id: int
    name: str
    url: str
    cover: Cover
    has_own_cover: bool
    kind: str
    is_public: bool
    release_on: date | None
    scheduled_at: datetime | None
    genres: tuple[str, ...]
    created_at: datetime
    updated_at: datetime
    beat_ids: tuple[int, ...]
    artists: tuple[CreditedArtist, ...]
    reasons: tuple[str, ...]

    @property
    def beats(self) -> int:
        """How many beats it holds."""
        return len(self.beat_ids)

    @property
    def edit_url(self) -> str:
        """The address of its form, for members."""
        return f"/backstage/collections/{self.id}/"

    def standing(self, today: date) -> str:
        """`scheduled`, `upcoming` when its date is still to come, `released` when public, else `private`."""
        if self.scheduled_at is not None:
            return "scheduled"
        if self.release_on is not None and self.release_on > today:
            return "upcoming"
        return "released" if self.is_public else "private"


def collection_rows(collection_ids: Sequence[int]) -> dict[int, CollectionRow]:
    """These collections; what was deleted or never was is left out. Five queries for any number."""
    kept = Collection.objects.kept().filter(pk__in=collection_ids)
    found = list(kept.select_related("artist").prefetch_related("genres", "artists"))
    entries = Entry.objects.filter(collection__in=found, beat__deleted_at=None).order_by("position", "id")
    held: defaultdict[int, list[int]] = defaultdict(list)
    drafts = set()
    for collection_id, beat_id, state in entries.values_list("collection_id", "beat_id", "beat__state"):
        held[collection_id].append(beat_id)
        if state != Beat.State.PUBLIC:
            drafts.add(collection_id)
    credited = _credited({beat_id for ids in held.values() for beat_id in ids})
    return {
        one.pk: _row(one, beat_ids=tuple(held[one.pk]), credited=credited, drafts=one.pk in drafts)
        for one in found
    }


def places_of_artist(artist_id: int) -> dict[int, list[int]]:
    """Every collection of the artist → the beats it holds, deleted ones left out. Two queries."""
    held: dict[int, list[int]] = {
        number: []
        for number in Collection.objects.kept().filter(artist=artist_id).values_list("pk", flat=True)
    }
    entries = Entry.objects.filter(
        collection__artist=artist_id, collection__deleted_at=None, beat__deleted_at=None
    )
    for collection_id, beat_id in entries.order_by("position").values_list("collection_id", "beat_id"):
        held[collection_id].append(beat_id)
    return held


def _credited(beat_ids: set[int]) -> dict[int, list[CreditedArtist]]:
    credits = Credit.objects.filter(beat__in=beat_ids, state=Credit.State.ACCEPTED).order_by("position")
    found: defaultdict[int, list[CreditedArtist]] = defaultdict(list)
    for beat_id, name, handle in credits.values_list("beat_id", "artist__name", "artist__handle"):
        found[beat_id].append(CreditedArtist(name, handle))
    return found


def _artists(collection: Collection, credited: Iterable[CreditedArtist]) -> tuple[CreditedArtist, ...]:
    said = [CreditedArtist(one.name, one.handle) for one in (collection.artist, *collection.artists.all())]
    return tuple(dict.fromkeys([*said, *credited]))


def _row(
    collection: Collection,
    *,
    beat_ids: tuple[int, ...],
    credited: dict[int, list[CreditedArtist]],
    drafts: bool,
) -> CollectionRow:
    is_public = collection.state == Collection.State.PUBLIC
    lacks = {
        DESCRIPTION: not collection.description.strip(),
        RELEASE: collection.release_on is None,
        DRAFTS: is_public and drafts,
    }
    return CollectionRow(
        id=collection.pk,
        name=collection.name,
        url=collection.get_absolute_url(),
        cover=collection_cover(collection),
        has_own_cover=bool(collection.cover_key),
        kind=collection.get_kind_display(),
        is_public=is_public,
        release_on=collection.release_on,
        scheduled_at=collection.scheduled_at,
        genres=tuple(genre.name for genre in collection.genres.all()),
        created_at=collection.created_at,
        updated_at=collection.updated_at,
        beat_ids=beat_ids,
        artists=_artists(collection, (artist for n in beat_ids for artist in credited.get(n, ()))),
        reasons=tuple(reason for reason in REASONS if lacks[reason]),
    )
