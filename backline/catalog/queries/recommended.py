"""Whom an artist might work with: found through genre lists, kept for a day, and read with what holds now."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from backline.catalog.models import NotRecommended, Recommended
from backline.core import sql
from backline.domain.recommending import ENOUGH_BEATS, Catalogue, Match, catalogue, matches
from backline.people.models import Artist

LASTS = timedelta(days=1)
CANDIDATES = 200

# Of many artists in one's genres, those with most public beats in them are looked at.
_CANDIDATES = """
SELECT beat.artist_id FROM catalog_beat_genres used
JOIN catalog_beat beat ON beat.id = used.beat_id JOIN people_artist artist ON artist.id = beat.artist_id
WHERE used.genre_id IN (
    SELECT own.genre_id FROM catalog_beat_genres own JOIN catalog_beat mine ON mine.id = own.beat_id
    WHERE mine.artist_id = %s AND mine.state = 'public' AND mine.deleted_at IS NULL)
  AND beat.state = 'public' AND beat.deleted_at IS NULL AND artist.revoked_at IS NULL AND beat.artist_id <> %s
  AND beat.artist_id NOT IN (SELECT artist_id FROM catalog_notrecommended)
GROUP BY beat.artist_id ORDER BY COUNT(*) DESC, beat.artist_id LIMIT %s
"""
_BEATS = """
SELECT artist_id, bpm, scale FROM catalog_beat
WHERE artist_id IN ({ids}) AND state = 'public' AND deleted_at IS NULL
"""
_GENRES = """
SELECT beat.artist_id, genre.name FROM catalog_beat_genres used
JOIN catalog_beat beat ON beat.id = used.beat_id JOIN catalog_genre genre ON genre.id = used.genre_id
WHERE beat.artist_id IN ({ids}) AND beat.state = 'public' AND beat.deleted_at IS NULL
"""
_PARTNERS = """
SELECT own.artist_id, other.artist_id FROM catalog_credit own
JOIN catalog_beat beat ON beat.id = own.beat_id
JOIN catalog_credit other ON other.beat_id = beat.id AND other.artist_id <> own.artist_id
WHERE own.artist_id IN ({ids}) AND own.state = 'accepted' AND other.state = 'accepted'
  AND beat.state = 'public' AND beat.deleted_at IS NULL
"""
_ENOUGH = """
SELECT COUNT(*) FROM catalog_beat beat WHERE beat.artist_id = %s AND beat.state = 'public' AND beat.deleted_at IS NULL
  AND EXISTS (SELECT 1 FROM catalog_beat_genres used WHERE used.beat_id = beat.id)
"""


@dataclass(frozen=True)
class Recommendation:
    """An artist to work with, and the facts it rests on; `partners` are names of artists both worked with."""

    artist: Artist
    match: Match
    partners: tuple[str, ...]


def beats_that_tell(artist_id: int) -> int:
    """How many public beats with a genre the artist has; from `ENOUGH_BEATS` on there are recommendations."""
    return int(sql.rows(_ENOUGH, artist_id)[0][0])


def kept_matches(artist_id: int, *, now: datetime) -> list[Match] | None:
    """What was found in the last day; None when it has to be looked for."""
    row = Recommended.objects.filter(artist=artist_id, made_at__gt=now - LASTS).first()
    return None if row is None else [_read(one) for one in row.found]


def find_matches(artist_id: int) -> list[Match]:
    """Looks for them, in five queries for any number of artists. None with fewer than three beats that tell."""
    if beats_that_tell(artist_id) < ENOUGH_BEATS:
        return []
    ids = [number for (number,) in sql.rows(_CANDIDATES, artist_id, artist_id, CANDIDATES)]
    known = _catalogues([artist_id, *ids])
    mine = known.pop(artist_id)
    return matches(mine, (one for one in known.values() if one.artist_id not in mine.partners))


def recommended_artists(found: Sequence[Match], *, artist_id: int) -> list[Recommendation]:
    """Who of the found may still be shown: in good standing, not opted out, no collaborator by now. Three queries."""
    numbers = [one.artist_id for one in found]
    partners = _pairs(_PARTNERS, [artist_id])[artist_id] if numbers else []
    left_out = {*partners, *NotRecommended.objects.filter(artist__in=numbers).values_list("pk", flat=True)}
    wanted = {*numbers, *(number for one in found for number in one.partners)}
    artists = {artist.pk: artist for artist in Artist.objects.filter(pk__in=wanted, revoked_at=None)}
    return [
        Recommendation(
            artists[one.artist_id],
            one,
            tuple(artists[number].name for number in one.partners if number in artists),
        )
        for one in found
        if one.artist_id in artists and one.artist_id not in left_out
    ]


def is_recommended(artist_id: int) -> bool:
    """Whether the artist may be recommended to others."""
    return not NotRecommended.objects.filter(artist=artist_id).exists()


def _catalogues(ids: Sequence[int]) -> dict[int, Catalogue]:
    beats: defaultdict[int, list[tuple[int | None, str]]] = defaultdict(list)
    for number, bpm, scale in sql.rows(_BEATS.format(ids=sql.marks(ids)), *ids):
        beats[number].append((bpm, scale))
    genres, partners = _pairs(_GENRES, ids), _pairs(_PARTNERS, ids)
    return {
        number: catalogue(
            number,
            genres=[genre for genre, _ in Counter(sorted(genres[number])).most_common()],
            beats=beats[number],
            partners=partners[number],
        )
        for number in ids
    }


def _pairs(statement: str, ids: Sequence[int]) -> defaultdict[int, list[Any]]:
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for number, value in sql.rows(statement.format(ids=sql.marks(ids)), *ids):
        found[number].append(value)
    return found


def _read(row: dict[str, Any]) -> Match:
    return Match(**{**row, "genres": tuple(row["genres"]), "partners": tuple(row["partners"])})
