"""Genres and tags of several beats at once."""

from __future__ import annotations

from collections.abc import Collection

from backline.catalog.models import Beat, Tag


def genres_of(beat_ids: Collection[int]) -> list[tuple[int, str]]:
    """Beat and slug of each genre, by name. One query."""
    joined = Beat.genres.through.objects.filter(beat_id__in=beat_ids)
    return list(joined.order_by("genre__name").values_list("beat_id", "genre__slug"))


def tags_of(beat_ids: Collection[int]) -> list[tuple[int, str]]:
    """Beat and name of each tag, in order. One query."""
    return list(Tag.objects.filter(beat_id__in=beat_ids).values_list("beat_id", "name"))
