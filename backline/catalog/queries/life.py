"""What may become of beats, asked before it is done."""

from __future__ import annotations

from collections.abc import Collection

from backline.catalog.models import Beat


def undeletable(artist_id: int, beat_ids: Collection[int]) -> dict[int, str]:
    """Which of the artist's own beats among these cannot be deleted, each with the reason as a sentence. One query."""
    licensed = Beat.objects.kept().filter(artist=artist_id, pk__in=beat_ids, licensed_at__isnull=False)
    return {pk: kept_for_licences(name) for pk, name in licensed.order_by("pk").values_list("pk", "name")}


def kept_for_licences(name: str) -> str:
    """Why a beat of this name cannot be deleted, as a sentence."""
    return f"{name} was sold or licensed: it can only be archived."
