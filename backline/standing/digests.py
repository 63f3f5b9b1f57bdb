"""Whether an artist's facts changed since its awards were derived: one short text for each, cheap for everybody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from backline.core import sql
from backline.standing.facts_money import Firsts
from backline.standing.models import Tally

# Sums weighted by the beat's number notice any change of a state; every edit moves `updated_at`. One statement for a
# range of artists, since the ORM would read the beats themselves.
_DIGESTS = """
SELECT artist.id, artist.bio <> '', artist.avatar_key <> '', artist.revoked_at IS NOT NULL,
       (SELECT COUNT(*) FROM people_link link WHERE link.artist_id = artist.id),
       (SELECT COUNT(*) FROM people_photo photo WHERE photo.artist_id = artist.id),
       (SELECT COALESCE(SUM(member.account_id), 0) FROM people_member member WHERE member.artist_id = artist.id),
       COUNT(beat.id), MAX(beat.updated_at), MAX(beat.first_published_at), MAX(credit.answered_at),
       COALESCE(SUM(CASE WHEN beat.state = 'public' THEN beat.id ELSE 0 END), 0),
       COALESCE(SUM(CASE WHEN beat.first_published_at IS NULL THEN 0 ELSE beat.id END), 0),
       COALESCE(SUM(beat.id * (SELECT COUNT(*) FROM catalog_credit other
                               WHERE other.beat_id = beat.id AND other.state = 'accepted')), 0)
FROM people_artist artist
LEFT JOIN catalog_credit credit ON credit.artist_id = artist.id AND credit.state = 'accepted'
LEFT JOIN catalog_beat beat ON beat.id = credit.beat_id AND beat.deleted_at IS NULL
WHERE artist.id {which}
GROUP BY artist.id
"""
REST = "#"


def digests(
    first_id: int, last_id: int, *, plays: Mapping[int, int], firsts: Mapping[int, Firsts]
) -> dict[int, str]:
    """The digest of every artist with a number from `first_id` to `last_id`: its catalogue, then plays and money."""
    found = _catalogues("BETWEEN %s AND %s", first_id, last_id)
    return {
        artist_id: f"{digest}{REST}{plays.get(artist_id, 0)}|{'|'.join(sorted(firsts.get(artist_id, ())))}"
        for artist_id, digest in found.items()
    }


def stale_catalogues(artist_ids: Sequence[int]) -> list[int]:
    """Those of these artists whose catalogue, profile or members changed since they were derived. Two queries."""
    if not artist_ids:
        return []
    present = _catalogues(f"IN ({sql.marks(artist_ids)})", *artist_ids)
    known = dict(Tally.objects.filter(pk__in=artist_ids).values_list("pk", "digest"))
    return [pk for pk, digest in present.items() if known.get(pk, "").partition(REST)[0] != digest]


def _catalogues(which: str, *numbers: int) -> dict[int, str]:
    rows = sql.rows(_DIGESTS.format(which=which), *numbers)
    return {artist_id: "|".join(map(_short, facts)) for artist_id, *facts in rows}


def _short(value: object) -> str:
    return "" if value is None else str(value)
