"""Looking for artists close to others: for many at once, among the busiest artists of each genre.

The busiest of all genres are read once for a whole portion of artists, so that a day's work grows with the number of
artists and not with its square. It is the worker's; pages read what was kept (queries/recommended.py).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from backline.core import sql
from backline.domain.recommending import ENOUGH_BEATS, Catalogue, Match, catalogue, matches

BUSIEST = 200  # of a genre, and of all of an artist's genres together
READ_AT_ONCE = 500

# Those never looked for come first. The plain count keeps those out who have too few beats whatever their genres.
_DUE = """
SELECT artist.id FROM people_artist artist LEFT JOIN catalog_recommended kept ON kept.artist_id = artist.id
WHERE artist.revoked_at IS NULL AND (kept.made_at <= %s OR (kept.artist_id IS NULL AND (
    SELECT COUNT(*) FROM catalog_beat beat
    WHERE beat.artist_id = artist.id AND beat.deleted_at IS NULL AND beat.state = 'public') >= %s))
ORDER BY CASE WHEN kept.artist_id IS NULL THEN 0 ELSE 1 END, kept.made_at, artist.id LIMIT %s
"""
_BUSIEST = """
SELECT name, artist_id, beats FROM (
    SELECT genre.name, beat.artist_id, COUNT(*) AS beats,
           ROW_NUMBER() OVER (PARTITION BY genre.id ORDER BY COUNT(*) DESC, beat.artist_id) AS place
    FROM catalog_beat_genres used JOIN catalog_genre genre ON genre.id = used.genre_id
    JOIN catalog_beat beat ON beat.id = used.beat_id JOIN people_artist artist ON artist.id = beat.artist_id
    WHERE beat.state = 'public' AND beat.deleted_at IS NULL AND artist.revoked_at IS NULL
      AND beat.artist_id NOT IN (SELECT artist_id FROM catalog_notrecommended)
    GROUP BY genre.id, genre.name, beat.artist_id) ranked
WHERE place <= %s
"""
_ENOUGH = """
SELECT beat.artist_id FROM catalog_beat beat
WHERE beat.artist_id IN ({ids}) AND beat.state = 'public' AND beat.deleted_at IS NULL
  AND EXISTS (SELECT 1 FROM catalog_beat_genres used WHERE used.beat_id = beat.id)
GROUP BY beat.artist_id HAVING COUNT(*) >= %s
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


def due_artists(*, before: datetime, limit: int) -> list[int]:
    """Artists to look for others for: never done though they have the beats, or last done before then. One query."""
    return [number for (number,) in sql.rows(_DUE, before, ENOUGH_BEATS, limit)]


def find_matches(artist_ids: Sequence[int]) -> dict[int, list[Match]]:
    """Who is close to each of these artists; nobody for those with fewer than three beats that tell.

    Two queries, and three for every 500 artists and as many for their candidates.
    """
    enough = [n for (n,) in sql.rows(_ENOUGH.format(ids=sql.marks(artist_ids)), *artist_ids, ENOUGH_BEATS)]
    busiest = _busiest() if enough else {}
    mine = _catalogues(enough)
    near = {number: _candidates(one, busiest) for number, one in mine.items()}
    known = mine | _catalogues({other for found in near.values() for other in found} - mine.keys())
    none: dict[int, list[Match]] = {number: [] for number in artist_ids}
    return none | {
        number: matches(one, (known[other] for other in near[number] if other not in one.partners))
        for number, one in mine.items()
    }


def partners_of(artist_id: int) -> list[int]:
    """Artists that share a public beat with this one, some more than once. One query."""
    return _pairs(_PARTNERS, [artist_id])[artist_id]


def _busiest() -> dict[str, list[tuple[int, int]]]:
    """By genre the artists with most beats in it, each with how many."""
    found: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for genre, number, beats in sql.rows(_BUSIEST, BUSIEST):
        found[genre].append((number, beats))
    return found


def _candidates(mine: Catalogue, busiest: Mapping[str, Sequence[tuple[int, int]]]) -> list[int]:
    """Of many artists in one's genres, those with most public beats in them."""
    beats: Counter[int] = Counter()
    for genre in mine.genres:
        for number, count in busiest.get(genre, ()):
            beats[number] += count
    del beats[mine.artist_id]
    return sorted(beats, key=lambda number: (-beats[number], number))[:BUSIEST]


def _catalogues(ids: Collection[int]) -> dict[int, Catalogue]:
    found: dict[int, Catalogue] = {}
    order = sorted(ids)
    for start in range(0, len(order), READ_AT_ONCE):
        portion = order[start : start + READ_AT_ONCE]
        beats: defaultdict[int, list[tuple[int | None, str]]] = defaultdict(list)
        for number, bpm, scale in sql.rows(_BEATS.format(ids=sql.marks(portion)), *portion):
            beats[number].append((bpm, scale))
        genres, partners = _pairs(_GENRES, portion), _pairs(_PARTNERS, portion)
        for number in portion:
            used = [genre for genre, _ in Counter(sorted(genres[number])).most_common()]
            found[number] = catalogue(number, genres=used, beats=beats[number], partners=partners[number])
    return found


def _pairs(statement: str, ids: Sequence[int]) -> defaultdict[int, list[Any]]:
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for number, value in sql.rows(statement.format(ids=sql.marks(ids)), *ids):
        found[number].append(value)
    return found
