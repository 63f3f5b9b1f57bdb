"""Artists by what staff type: as the search finds them, and by an exact handle also those it does not show."""

from __future__ import annotations

from backline.catalog.queries import search
from backline.people.models import Artist
from backline.people.queries import artist_id_of

MOST_WORDS = 80
MOST_ARTISTS = 20


def found_artists(words: str) -> list[Artist]:
    """The best first; one whose handle this is before all, revoked or not. Three queries or so."""
    exact = artist_id_of(words.removeprefix("@"))
    found = search.found_artists(words, limit=MOST_ARTISTS)
    order = list(dict.fromkeys([*([exact] if exact else []), *found]))
    rows = Artist.objects.in_bulk(order)
    return [rows[number] for number in order if number in rows]
