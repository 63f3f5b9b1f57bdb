"""Whom an artist might work with: what the worker found and kept, read with what holds now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from backline.catalog.models import NotRecommended, Recommended
from backline.catalog.queries.matching import partners_of
from backline.core import sql
from backline.domain.recommending import Match
from backline.people.models import Artist

_TELL = """
SELECT COUNT(*) FROM catalog_beat beat WHERE beat.artist_id = %s AND beat.state = 'public' AND beat.deleted_at IS NULL
  AND EXISTS (SELECT 1 FROM catalog_beat_genres used WHERE used.beat_id = beat.id)
"""


@dataclass(frozen=True)
class Recommendation:
    """An artist to work with, and the facts it rests on; `partners` are names of artists both worked with."""

    artist: Artist
    match: Match
    partners: tuple[str, ...]


@dataclass(frozen=True)
class Recommendations:
    """Who may be shown of those found at `made_at`; None: nobody has been looked for yet."""

    found: list[Recommendation]
    made_at: datetime | None


def beats_that_tell(artist_id: int) -> int:
    """How many public beats with a genre the artist has; from `ENOUGH_BEATS` on there are recommendations."""
    return int(sql.rows(_TELL, artist_id)[0][0])


def recommended_artists(artist_id: int) -> Recommendations:
    """Those found who may still be shown: in good standing, not opted out, no collaborator by now. Four queries."""
    row = Recommended.objects.filter(artist=artist_id).first()
    if row is None:
        return Recommendations([], None)
    return Recommendations(_shown([_read(one) for one in row.found], artist_id), row.made_at)


def is_recommended(artist_id: int) -> bool:
    """Whether the artist may be recommended to others."""
    return not NotRecommended.objects.filter(artist=artist_id).exists()


def _shown(found: Sequence[Match], artist_id: int) -> list[Recommendation]:
    if not found:
        return []
    numbers = [one.artist_id for one in found]
    opted_out = NotRecommended.objects.filter(artist__in=numbers).values_list("pk", flat=True)
    left_out = {*partners_of(artist_id), *opted_out}
    wanted = {*numbers, *(number for one in found for number in one.partners)}
    artists = Artist.objects.filter(revoked_at=None).in_bulk(wanted)
    return [
        Recommendation(
            artists[one.artist_id],
            one,
            tuple(artists[number].name for number in one.partners if number in artists),
        )
        for one in found
        if one.artist_id in artists and one.artist_id not in left_out
    ]


def _read(row: dict[str, Any]) -> Match:
    return Match(**{**row, "genres": tuple(row["genres"]), "partners": tuple(row["partners"])})
