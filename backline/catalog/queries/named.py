"""Beats, collections and artists as a list of found things names them: a line and a hint each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from backline.core import sql
from backline.domain import music


@dataclass(frozen=True)
class NamedBeat:
    """A beat. `own`: of one of the artists that were asked for; `key_name` is empty and `bpm` None while unknown."""

    id: int
    name: str
    state: str
    bpm: int | None
    key_name: str
    own: bool


@dataclass(frozen=True)
class NamedCollection:
    """A collection and how many beats it holds."""

    id: int
    name: str
    beats: int


@dataclass(frozen=True)
class NamedArtist:
    """An artist in good standing and how many public beats it has."""

    id: int
    name: str
    handle: str
    beats: int


_BEATS = """
SELECT id, name, state, bpm, key, scale, artist_id FROM catalog_beat beat
WHERE deleted_at IS NULL AND id IN ({ids}) AND (artist_id IN ({artists}) OR (state = 'public' AND EXISTS (
    SELECT 1 FROM catalog_credit credit
    WHERE credit.beat_id = beat.id AND credit.state = 'accepted' AND credit.artist_id IN ({artists}))))
"""
_COLLECTIONS = """
SELECT collection.id, collection.name, COUNT(beat.id)
FROM catalog_collection collection
LEFT JOIN catalog_entry entry ON entry.collection_id = collection.id
LEFT JOIN catalog_beat beat ON beat.id = entry.beat_id AND beat.deleted_at IS NULL
WHERE collection.deleted_at IS NULL AND collection.id IN ({ids}) AND collection.artist_id IN ({artists})
GROUP BY collection.id, collection.name
"""
_ARTISTS = """
SELECT artist.id, artist.name, artist.handle, (
    SELECT COUNT(*) FROM catalog_beat beat
    WHERE beat.artist_id = artist.id AND beat.state = 'public' AND beat.deleted_at IS NULL)
FROM people_artist artist WHERE artist.revoked_at IS NULL AND artist.id IN ({ids})
"""


def named_beats(beat_ids: Sequence[int], *, artist_ids: Sequence[int]) -> dict[int, NamedBeat]:
    """Those of these beats that members of these artists may look at. One query."""
    if not beat_ids or not artist_ids:
        return {}
    artists = sql.marks(artist_ids)
    statement = _BEATS.format(ids=sql.marks(beat_ids), artists=artists)
    rows = sql.rows(statement, *beat_ids, *artist_ids, *artist_ids)
    return {
        pk: NamedBeat(
            pk,
            name,
            state,
            bpm,
            music.key_name(key, scale) if key is not None and scale else "",
            owner in artist_ids,
        )
        for pk, name, state, bpm, key, scale, owner in rows
    }


def named_collections(
    collection_ids: Sequence[int], *, artist_ids: Sequence[int]
) -> dict[int, NamedCollection]:
    """Those of these collections that are of these artists. One query."""
    if not collection_ids or not artist_ids:
        return {}
    statement = _COLLECTIONS.format(ids=sql.marks(collection_ids), artists=sql.marks(artist_ids))
    return {row[0]: NamedCollection(*row) for row in sql.rows(statement, *collection_ids, *artist_ids)}


def named_artists(artist_ids: Sequence[int]) -> dict[int, NamedArtist]:
    """Those of these artists that everybody may see. One query."""
    if not artist_ids:
        return {}
    rows = sql.rows(_ARTISTS.format(ids=sql.marks(artist_ids)), *artist_ids)
    return {row[0]: NamedArtist(*row) for row in rows}
