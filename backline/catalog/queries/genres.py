"""The platform's genres."""

from __future__ import annotations

from collections.abc import Iterable

from backline.catalog.models import Genre


def genre_choices() -> list[tuple[str, str]]:
    """Slug and name of every genre, by name."""
    return list(Genre.objects.values_list("slug", "name"))


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
