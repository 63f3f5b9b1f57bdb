"""What search reads of beats, collections and artists, straight from their rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from backline.catalog.models import Found
from backline.core import sql
from backline.domain.finding import indexed

_NAMES = {
    Found.BEAT: "SELECT id, name FROM catalog_beat WHERE id IN ({ids})",
    Found.COLLECTION: "SELECT id, name FROM catalog_collection WHERE id IN ({ids})",
    Found.ARTIST: "SELECT id, name, handle FROM people_artist WHERE id IN ({ids})",
}
_TAGS = "SELECT beat_id, name FROM catalog_tag WHERE beat_id IN ({ids}) ORDER BY beat_id, position"
_ARTISTS = """
SELECT credit.beat_id, artist.name FROM catalog_credit credit JOIN people_artist artist ON artist.id = credit.artist_id
WHERE credit.beat_id IN ({ids}) AND credit.state = 'accepted' ORDER BY credit.beat_id, credit.position
"""


def texts(kind: str, numbers: Sequence[int]) -> dict[int, str]:
    """The indexed texts of these things; what is not there is left out. At most three queries.

    A beat's fields are its name, its tags, and the artists who accepted its credits.
    """
    if not numbers:
        return {}
    names = _read(_NAMES[Found(kind)], numbers)
    if kind != Found.BEAT:
        return {number: indexed([" ".join(named)]) for number, *named in names}
    tags, artists = _joined(_TAGS, numbers), _joined(_ARTISTS, numbers)
    return {number: indexed([name, tags[number], artists[number]]) for number, name in names}


def _read(statement: str, numbers: Sequence[int]) -> list[tuple[Any, ...]]:
    return sql.rows(statement.format(ids=sql.marks(numbers)), *numbers)


def _joined(statement: str, numbers: Sequence[int]) -> defaultdict[int, str]:
    """The names of each thing in one text."""
    found: defaultdict[int, str] = defaultdict(str)
    for number, name in _read(statement, numbers):
        found[number] += f" {name}"
    return found
