"""The form fields of an upload: texts as programs send them, made into `BeatFields`."""

from __future__ import annotations

from ninja import Schema
from pydantic import Field

from backline.catalog import queries as catalog
from backline.catalog.fields import BeatFields
from backline.domain import music, tags
from backline.web.api.problems import invalid


class BeatForm(Schema):
    """All optional: what publishing still waits for is in the answer's `missing`."""

    artist: str = Field(
        "", description="Handle of the artist; may be left out when the token has exactly one."
    )
    name: str = Field("", description="Taken from the file's name when empty.")
    description: str = ""
    genres: list[str] = Field([], description="1 to 3 slugs or names, repeated or separated by commas.")
    tags: list[str] = Field([], description="Up to 10 words, repeated or separated by commas.")
    bpm: str = Field("", description="A whole number from 40 to 240.")
    key: str = Field("", description="F, F#, Gb, F minor, 4A, or 0 (C) to 11 (B).")
    scale: str = Field("", description="major or minor; may be left out when the key says it.")
    sample_status: str = Field("", description="cleared or needs_clearance.")
    sample_note: str = ""
    ai_declaration: str = Field("", description="human or assisted.")
    ai_tool: str = Field("", description="Which tool; needed for assisted.")
    ai_note: str = Field("", description="How it was used; needed for assisted.")
    ai_rights: bool = Field(False, description="The commercial rights are held; needed for assisted.")
    licensing: str = Field(
        "standard", description="standard, both or exclusive; the offer is filled in on the form."
    )


def fields_from(form: BeatForm) -> BeatFields:
    """The fields of the form.

    Raises:
        Problem: 422, with a sentence for each field that cannot be read.
    """
    problems: dict[str, str] = {}
    genres, unknown = catalog.genre_slugs(
        word for text in form.genres for word in text.split(",") if word.strip()
    )
    if unknown:
        problems["genres"] = f"There is no genre {', '.join(unknown)[:80]}."
    key, scale = _key_and_scale(form, problems)
    bpm = form.bpm.strip()
    if bpm and not (bpm.isascii() and bpm.isdigit() and len(bpm) < 5):
        problems["bpm"] = "A whole number from 40 to 240."
    if problems:
        raise invalid(problems)
    return BeatFields(
        name=form.name,
        description=form.description,
        genres=tuple(genres),
        tags=tuple(tag for text in form.tags for tag in tags.split(text)),
        bpm=int(bpm) if bpm else None,
        key=key,
        scale=scale,
        sample_status=form.sample_status.strip().lower(),
        sample_note=form.sample_note,
        ai_declaration=form.ai_declaration.strip().lower(),
        ai_tool=form.ai_tool,
        ai_note=form.ai_note,
        ai_rights=form.ai_rights,
        licensing=form.licensing.strip().lower(),
    )


def _key_and_scale(form: BeatForm, problems: dict[str, str]) -> tuple[int | None, str]:
    text, scale = form.key.strip(), form.scale.strip().lower()
    if not text:
        return None, scale
    if text.isascii() and text.isdigit():
        return int(text[:3]), scale
    try:
        key, meant = music.parse_key(text)
    except ValueError:
        problems["key"] = "A key such as F, F#, Gb, F minor or 4A, or a number from 0 (C) to 11 (B)."
        return None, scale
    if scale and scale != meant and _names_scale(text):
        problems["scale"] = f"The key {text[:20]} says {meant}, the scale says {scale[:20]}."
    return key, scale or (meant if _names_scale(text) else "")


def _names_scale(text: str) -> bool:
    """Whether a key's text says major or minor by itself: "F" does not, "Fm" and "4A" do."""
    try:
        music.parse_key(f"{text} minor")
    except ValueError:
        return True
    return False
