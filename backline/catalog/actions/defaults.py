"""What an artist's new drafts start with, kept and applied; the artist's own voice tag."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from django.db import transaction

from backline.catalog.actions.credits import invite_those_who_can
from backline.catalog.actions.recordings import UploadRefused
from backline.catalog.covers import STYLES
from backline.catalog.fields import BeatFields, InvalidFields
from backline.catalog.models import Beat, Genre, Step, UploadDefaults
from backline.catalog.queries.credits import handles, others_called
from backline.catalog.queries.defaults import Usual
from backline.core import files
from backline.core.ids import uuid7
from backline.integrations import audio
from backline.people.models import Artist

TAG_LIMITS = replace(
    audio.DEFAULT, min_seconds=0.2, max_seconds=10, max_bytes=20_000_000, thing="a voice tag"
)


def save_defaults(artist: Artist, *, wanted: Usual, now: datetime) -> UploadDefaults:
    """Keeps what the artist's new drafts start with; existing ones stay as they are.

    Raises:
        InvalidFields: field → sentence, for values that no beat could have.
    """
    fields = _fields(wanted).tidied(name="New beat")
    problems = fields.problems() | _unknown(artist, wanted)
    if problems:
        raise InvalidFields(problems)
    values = {
        "genres": list(fields.genres),
        "tags": list(fields.tags),
        "credits": handles(wanted.credits),
        "licensing": wanted.licensing,
        "cover_style": wanted.cover_style,
        "sample_status": wanted.sample_status,
        "ai_declaration": wanted.ai_declaration,
        "updated_at": now,
    }
    return UploadDefaults.objects.update_or_create(artist=artist, defaults=values)[0]


def usual_fields(found: Usual) -> BeatFields:
    """The fields of a new draft. A genre that the platform has dropped since is left out."""
    known = set(Genre.objects.filter(slug__in=found.genres).values_list("slug", flat=True))
    return _fields(replace(found, genres=tuple(slug for slug in found.genres if slug in known)))


def invite_usual(beat: Beat, found: Usual, *, now: datetime) -> None:
    """Invites the artists who are usually credited; those who cannot be at the moment are left out."""
    others = others_called(found.credits, besides=beat.artist_id)
    invite_those_who_can(beat, others.values(), now=now)


def set_voice_tag(
    artist: Artist, *, draft: Path, file_name: str, now: datetime, remake: bool
) -> UploadDefaults:
    """Keeps the uploaded file `draft` as the artist's voice tag. `remake`: the previews there are get it too.

    Raises:
        UploadRefused: not a WAV or FLAC file of at most ten seconds. audio.Failed: we could not look at it.
    """
    try:
        probe = audio.check(draft, file_name, TAG_LIMITS)
    except audio.Refused as refusal:
        raise UploadRefused(refusal.code, refusal.sentence) from refusal
    key = f"tags/{uuid7(now)}/tag.{probe.container}"
    files.keep(draft, key)
    try:
        return _use_tag(artist, key=key, name=Path(file_name.replace("\\", "/")).name, now=now, remake=remake)
    except BaseException:
        files.remove_folder(key.rpartition("/")[0])
        raise


def drop_voice_tag(artist: Artist, *, now: datetime, remake: bool) -> UploadDefaults:
    """Takes the platform's tag again."""
    return _use_tag(artist, key="", name="", now=now, remake=remake)


def _use_tag(artist: Artist, *, key: str, name: str, now: datetime, remake: bool) -> UploadDefaults:
    with transaction.atomic():
        kept, _ = UploadDefaults.objects.select_for_update().get_or_create(
            artist=artist, defaults={"updated_at": now}
        )
        old = kept.tag_key
        kept.tag_key, kept.tag_name, kept.updated_at = key, name[-255:], now
        kept.save(update_fields=["tag_key", "tag_name", "updated_at"])
        if remake:
            previews = Step.objects.filter(recording__artist=artist, kind=Step.Kind.PREVIEW)
            previews.update(state=Step.State.WAITING, attempts=0, reason="", ended_at=None)
    if old:
        # After the commit: a crash here leaves a folder that the sweep finds.
        files.remove_folder(old.rpartition("/")[0])
    return kept


def _fields(usual: Usual) -> BeatFields:
    return BeatFields(
        genres=usual.genres,
        tags=usual.tags,
        licensing=usual.licensing,
        sample_status=usual.sample_status,
        ai_declaration=usual.ai_declaration,
    )


def _unknown(artist: Artist, wanted: Usual) -> dict[str, str]:
    """Names that lead nowhere: genres, artists, a style."""
    found = {}
    genres = set(Genre.objects.filter(slug__in=wanted.genres).values_list("slug", flat=True))
    if missing := set(wanted.genres) - genres:
        found["genres"] = f"There is no genre {', '.join(sorted(missing))}."
    asked = handles(wanted.credits)
    if lost := set(asked) - others_called(asked, besides=artist.pk).keys():
        found["credits"] = f"There is no other artist @{', @'.join(sorted(lost))}."
    if wanted.cover_style and wanted.cover_style not in STYLES:
        found["cover_style"] = "Choose one of the styles."
    return found
