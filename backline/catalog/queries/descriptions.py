"""The words of public beats."""

from __future__ import annotations

from backline.catalog.models import Beat


def public_descriptions(artist_id: int) -> list[str]:
    """The descriptions of the artist's own public beats that have one. One query."""
    beats = Beat.objects.public().filter(artist_id=artist_id).exclude(description="")
    return list(beats.values_list("description", flat=True))
