"""Search by words: what fits and how well is `domain.finding`'s rule; the database narrows it by three-letter pieces.

The answer is that of the rows as they are now: what the worker has not indexed since it changed is read directly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import connection

from backline.catalog.models import Found
from backline.catalog.queries.cards import LISTED
from backline.catalog.queries.texts import texts
from backline.core import sql
from backline.domain.finding import asked, forgiving_needles, needle, rank

Text = tuple[int, str]
"""The number of a thing, and its indexed text."""

_MARKED = """
SELECT number FROM catalog_searchmark WHERE kind = %s UNION
SELECT credit.beat_id FROM catalog_searchmark mark JOIN catalog_credit credit ON credit.artist_id = mark.number
WHERE mark.kind = 'artist' AND %s = 'beat'
"""
_CHANGED = "SELECT number FROM ({marked}) changed WHERE number IN ({scope})"
_INDEXED = """
SELECT held.number, held.text FROM {pieces} WHERE held.kind = %s AND held.number IN ({scope}) AND {condition}
"""
# CROSS JOIN tells SQLite to look in the pieces first.
_SQLITE = "catalog_searchpieces pieces CROSS JOIN catalog_searchtext held ON held.id = pieces.rowid"
_POSTGRESQL = "catalog_searchtext held"


@dataclass(frozen=True)
class _Scope:
    """What is looked through: things of a kind, by a statement of their numbers and its values."""

    kind: Found
    numbers: str
    values: tuple[int, ...] = ()


def found_beats(artist_id: int, text: str, *, limit: int) -> list[int]:
    """Beats that My Beats lists, by name, tags and credited artists, the best first."""
    return _best(_listed(artist_id), text, limit)


def found_collections(artist_id: int, text: str, *, limit: int) -> list[int]:
    """The artist's own collections by name, the best first."""
    return _best(_own_collections(artist_id), text, limit)


def found_artists(text: str, *, limit: int) -> list[int]:
    """Artists in good standing by name and handle, the best first."""
    standing = "SELECT id FROM people_artist WHERE revoked_at IS NULL"
    return _best(_Scope(Found.ARTIST, standing), text, limit)


def matching_beats(artist_id: int, text: str) -> list[int]:
    """Every beat that `found_beats` would find, in no order."""
    return [number for number, _ in _fitting(_listed(artist_id), asked(text))]


def matching_collections(artist_id: int, text: str) -> list[int]:
    """Every collection that `found_collections` would find, in no order."""
    return [number for number, _ in _fitting(_own_collections(artist_id), asked(text))]


def matching_public_beats(text: str) -> list[int]:
    """Every public beat that fits, of the whole platform, in no order."""
    public = """
        SELECT beat.id FROM catalog_beat beat JOIN people_artist artist ON artist.id = beat.artist_id
        WHERE beat.state = 'public' AND beat.deleted_at IS NULL AND artist.revoked_at IS NULL"""
    return [number for number, _ in _fitting(_Scope(Found.BEAT, public), asked(text))]


def _listed(artist_id: int) -> _Scope:
    return _Scope(Found.BEAT, f"SELECT beat.id FROM catalog_beat beat WHERE {LISTED}", (artist_id,) * 3)


def _own_collections(artist_id: int) -> _Scope:
    own = "SELECT id FROM catalog_collection WHERE artist_id = %s AND deleted_at IS NULL"
    return _Scope(Found.COLLECTION, own, (artist_id,))


def _best(scope: _Scope, text: str, limit: int) -> list[int]:
    question = asked(text)
    ranks = {number: rank(question, held, forgiving=True) for number, held in _fitting(scope, question)}
    return sorted(ranks, key=lambda number: (ranks[number], -number))[:limit]


def _fitting(scope: _Scope, question: list[str]) -> list[Text]:
    """What fits as it is spelt; only where nothing does, what fits with its spelling forgiven."""
    if not question:
        return []
    changed = sql.rows(
        _CHANGED.format(marked=_MARKED, scope=scope.numbers), scope.kind, scope.kind, *scope.values
    )
    fresh = texts(scope.kind, [number for (number,) in changed])
    exact = _narrowed(scope, [(needle(word),) for word in question], skipping=fresh.keys())
    exact += _ranked(fresh.items(), question, forgiving=False)
    if exact:
        return exact
    near = _narrowed(scope, [forgiving_needles(word) for word in question], skipping=fresh.keys())
    return _ranked([*near, *fresh.items()], question, forgiving=True)


def _narrowed(scope: _Scope, needles: list[tuple[str, ...]], *, skipping: Iterable[int]) -> list[Text]:
    """Indexed texts that contain one of each word's needles."""
    build: Callable[[list[tuple[str, ...]]], tuple[str, list[str]]]
    build, pieces = (_match, _SQLITE) if connection.vendor == "sqlite" else (_like, _POSTGRESQL)
    condition, values = build(needles)
    statement = _INDEXED.format(pieces=pieces, scope=scope.numbers, condition=condition)
    left_out = set(skipping)
    rows = sql.rows(statement, scope.kind, *scope.values, *values)
    return [(number, text) for number, text in rows if number not in left_out]


def _ranked(held: Iterable[Text], question: list[str], *, forgiving: bool) -> list[Text]:
    return [one for one in held if rank(question, one[1], forgiving=forgiving) is not None]


def _match(needles: list[tuple[str, ...]]) -> tuple[str, list[str]]:
    """For FTS5. Needles are letters, digits and blanks: nothing in them has to be escaped."""
    words = (" OR ".join(f'"{one}"' for one in any_of) for any_of in needles)
    return "pieces.text MATCH %s", [" AND ".join(f"({word})" for word in words)]


def _like(needles: list[tuple[str, ...]]) -> tuple[str, list[str]]:
    words = (f"({' OR '.join(['held.text LIKE %s'] * len(any_of))})" for any_of in needles)
    return " AND ".join(words), [f"%{one}%" for any_of in needles for one in any_of]
