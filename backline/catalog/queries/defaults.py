"""What an artist's new drafts start with."""

from __future__ import annotations

from dataclasses import dataclass

from backline.catalog.models import Beat, UploadDefaults
from backline.people.models import Artist


@dataclass(frozen=True)
class Usual:
    """What new drafts start with; `credits` are handles of other artists, who are invited."""

    genres: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()
    licensing: str = Beat.Licensing.STANDARD.value
    cover_style: str = ""
    sample_status: str = ""
    ai_declaration: str = ""


def usual(artist: Artist) -> Usual:
    """What the artist's new drafts start with. One query."""
    kept = UploadDefaults.objects.filter(artist=artist).first()
    if kept is None:
        return Usual()
    return Usual(
        genres=tuple(kept.genres),
        tags=tuple(kept.tags),
        credits=tuple(kept.credits),
        licensing=kept.licensing,
        cover_style=kept.cover_style,
        sample_status=kept.sample_status,
        ai_declaration=kept.ai_declaration,
    )


def voice_tag_key(artist_id: int) -> str:
    """The file of the artist's own voice tag, empty for the platform's."""
    key = UploadDefaults.objects.filter(artist_id=artist_id).values_list("tag_key", flat=True).first()
    return key or ""


def voice_tag_name(artist_id: int) -> str:
    """What the artist called the file of its own voice tag, empty for the platform's."""
    name = UploadDefaults.objects.filter(artist_id=artist_id).values_list("tag_name", flat=True).first()
    return name or ""
