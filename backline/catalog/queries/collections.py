"""An artist's own collections, in any state."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from backline.catalog.covers import Cover, collection_cover
from backline.catalog.models import Beat, Collection
from backline.catalog.queries.cards import CreditedArtist
from backline.core import sql

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


@dataclass(frozen=True)
class Outline:
    """Of a collection what counts and orders it; `beat_ids` are its beats in order, deleted ones left out."""

    id: int
    is_public: bool
    release_on: date | None
    created_at: datetime
    beat_ids: tuple[int, ...]


# My Collections reads these on every visit: see core/sql.py for why the ORM does not build them.
# In the order of the model's columns, as `from_db` wants them.
_FIELDS = (
    *("id", "artist_id", "name", "kind", "state", "scheduled_at", "description", "release_on"),
    *("cover_key", "cover_style", "created_at", "updated_at", "deleted_at"),
)
_ROWS = f"""
SELECT {", ".join(f"held.{name}" for name in _FIELDS)}, artist.name, artist.handle
FROM catalog_collection held JOIN people_artist artist ON artist.id = held.artist_id
WHERE held.deleted_at IS NULL AND held.id IN ({{ids}}) ORDER BY held.id
"""
_NAMED = """
SELECT used.id AS place, used.collection_id, genre.name, '' AS handle
FROM catalog_collection_genres used JOIN catalog_genre genre ON genre.id = used.genre_id
WHERE used.collection_id IN ({ids})
UNION ALL
SELECT named.id, named.collection_id, artist.name, artist.handle
FROM catalog_collection_artists named JOIN people_artist artist ON artist.id = named.artist_id
WHERE named.collection_id IN ({ids}) ORDER BY place
"""
_BEATS = """
SELECT entry.collection_id, beat.id, beat.state, artist.name, artist.handle
FROM catalog_entry entry JOIN catalog_beat beat ON beat.id = entry.beat_id
LEFT JOIN catalog_credit credit ON credit.beat_id = beat.id AND credit.state = 'accepted'
LEFT JOIN people_artist artist ON artist.id = credit.artist_id
WHERE entry.collection_id IN ({ids}) AND beat.deleted_at IS NULL
ORDER BY entry.position, entry.id, credit.position
"""
_OUTLINES = """
SELECT held.id, held.state, held.release_on, held.created_at, beat.id
FROM catalog_collection held LEFT JOIN catalog_entry entry ON entry.collection_id = held.id
LEFT JOIN catalog_beat beat ON beat.id = entry.beat_id AND beat.deleted_at IS NULL
WHERE held.artist_id = %s AND held.deleted_at IS NULL ORDER BY held.id, entry.position, entry.id
"""


def outlines(artist_id: int) -> list[Outline]:
    """All collections of the artist, by number. One query."""
    first: dict[int, tuple[Any, ...]] = {}
    beats: defaultdict[int, list[int]] = defaultdict(list)
    for number, *said, beat_id in sql.rows(_OUTLINES, artist_id):
        first.setdefault(number, tuple(said))
        if beat_id is not None:
            beats[number].append(beat_id)
    return [
        Outline(number, state == Collection.State.PUBLIC, on, sql.instant(at), tuple(beats[number]))
        for number, (state, on, at) in first.items()
    ]


def places_of_artist(artist_id: int) -> dict[int, list[int]]:
    """Every collection of the artist → the beats it holds, deleted ones left out. One query."""
    return {one.id: list(one.beat_ids) for one in outlines(artist_id)}


def collection_rows(collection_ids: Sequence[int]) -> dict[int, CollectionRow]:
    """These collections; what was deleted or never was is left out. Three queries for any number."""
    ids = [*dict.fromkeys(collection_ids)]
    found = sql.rows(_ROWS.format(ids=sql.marks(ids)), *ids) if ids else []
    if not found:
        return {}
    genres, named = _names(ids)
    held: defaultdict[int, dict[int, str]] = defaultdict(dict)
    credited: defaultdict[int, list[CreditedArtist]] = defaultdict(list)
    for number, beat_id, state, name, handle in sql.rows(_BEATS.format(ids=sql.marks(ids)), *ids):
        held[number][beat_id] = state
        if handle is not None:
            credited[number].append(CreditedArtist(name, handle))
    rows = {}
    for *values, name, handle in found:
        one = Collection.from_db("default", _FIELDS, sql.instants(values))
        artists = dict.fromkeys([CreditedArtist(name, handle), *named[one.pk], *credited[one.pk]])
        rows[one.pk] = _row(one, held[one.pk], genres=tuple(sorted(genres[one.pk])), artists=tuple(artists))
    return rows


def _names(ids: Sequence[int]) -> tuple[dict[int, list[str]], dict[int, list[CreditedArtist]]]:
    """The genres of collections, and who is named on them."""
    genres: defaultdict[int, list[str]] = defaultdict(list)
    artists: defaultdict[int, list[CreditedArtist]] = defaultdict(list)
    for _, number, name, handle in sql.rows(_NAMED.format(ids=sql.marks(ids)), *ids, *ids):
        if handle:
            artists[number].append(CreditedArtist(name, handle))
        else:
            genres[number].append(name)
    return genres, artists


def _row(
    collection: Collection,
    beats: dict[int, str],
    *,
    genres: tuple[str, ...],
    artists: tuple[CreditedArtist, ...],
) -> CollectionRow:
    is_public = collection.state == Collection.State.PUBLIC
    lacks = {
        DESCRIPTION: not collection.description.strip(),
        RELEASE: collection.release_on is None,
        DRAFTS: is_public and any(state != Beat.State.PUBLIC for state in beats.values()),
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
        genres=genres,
        created_at=collection.created_at,
        updated_at=collection.updated_at,
        beat_ids=tuple(beats),
        artists=artists,
        reasons=tuple(reason for reason in REASONS if lacks[reason]),
    )
