"""The platform's genres."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from backline.core import sql

_USES = """
SELECT genre.id, genre.slug, genre.name,
    (SELECT COUNT(*) FROM catalog_beat_genres used WHERE used.genre_id = genre.id),
    (SELECT COUNT(*) FROM catalog_collection_genres used WHERE used.genre_id = genre.id)
FROM catalog_genre genre ORDER BY genre.name, genre.id
"""


@dataclass(frozen=True)
class GenreUse:
    """A genre, and how many beats (in any state, those in the trash too) and collections have it."""

    id: int
    slug: str
    name: str
    beats: int
    collections: int

    @property
    def used(self) -> bool:
        """Whether anything has it."""
        return bool(self.beats or self.collections)


def genre_uses() -> list[GenreUse]:
    """Every genre with what has it, by name. One query."""
    return [GenreUse(*row) for row in sql.rows(_USES)]


def genre_choices() -> list[tuple[str, str]]:
    """Slug and name of every genre, by name."""
    return sql.rows("SELECT slug, name FROM catalog_genre ORDER BY name")


def genre_slugs(words: Iterable[str]) -> tuple[list[str], list[str]]:
    """Slugs of the genres that `words` (slugs or names, any case) mean, without repeats, and the words without one."""
    known = {}
    for slug, name in genre_choices():
        known[slug.casefold()] = known[name.casefold()] = slug
    found: dict[str, None] = {}
    unknown = []
    for word in words:
        meant = known.get(word.strip().casefold())
        if meant is None:
            unknown.append(word.strip())
        else:
            found[meant] = None
    return list(found), unknown
