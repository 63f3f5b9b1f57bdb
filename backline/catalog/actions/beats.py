"""Beats: made from a recording, described, published."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from backline.catalog.covers import cover_seed, default_style
from backline.catalog.fields import BeatFields, Incomplete, InvalidFields, fields_of
from backline.catalog.models import Beat, Credit, Genre, Recording, Tag, UploadQuarter
from backline.catalog.queries.originality import hindrances
from backline.catalog.queries.uploads import quarter_of
from backline.domain import file_names
from backline.domain.quality import Missing
from backline.people.models import Account, Artist

TICK = timedelta(microseconds=1)
PLAIN_FIELDS = (
    "name",
    "description",
    "bpm",
    "key",
    "scale",
    "sample_status",
    "sample_note",
    "ai_declaration",
    "ai_note",
)


class EditedMeanwhile(Exception):
    """Somebody else saved the beat after the form was opened; nothing was changed."""


def create_beat(
    artist: Artist,
    *,
    recording: Recording,
    account: Account | None,
    now: datetime,
    fields: BeatFields | None = None,
    cover_style: str = "",
) -> Beat:
    """A draft with its own artist credited and a generated cover. An empty name is taken from the file's.

    Raises:
        InvalidFields: a value that cannot be kept.
        ValueError: the recording belongs to another artist.
    """
    if recording.artist_id != artist.pk:
        raise ValueError("The recording belongs to another artist.")
    fields = checked_fields(fields or BeatFields(), artist=artist, file_name=recording.file_name)
    with transaction.atomic():
        beat = Beat(artist=artist, recording=recording, created_by=account, created_at=now, updated_at=now)
        _assign(beat, fields)
        beat.cover_style = cover_style or default_style(recording.sha256)
        beat.cover_seed = _seed(recording, fields)
        beat.save(force_insert=True)
        _set_genres_and_tags(beat, fields)
        Credit.objects.create(
            beat=beat, artist=artist, position=0, state=Credit.State.ACCEPTED, invited_at=now, answered_at=now
        )
    return beat


def update_beat(beat: Beat, *, fields: BeatFields, seen_at: datetime, now: datetime) -> Beat:
    """Saves the form that was opened when the beat was last changed at `seen_at`, and returns the beat as it is now.

    Raises:
        EditedMeanwhile: the beat was saved since.
        InvalidFields: a value that cannot be kept.
        Incomplete: the beat is public and would lose something that publishing demands.
    """
    fields = checked_fields(fields, artist=beat.artist, file_name=beat.recording.file_name)
    values: dict[str, object] = {field: getattr(fields, field) for field in PLAIN_FIELDS}
    values["cover_seed"] = _seed(beat.recording, fields)
    # Later than what was seen even on a clock that stands still, so that every save is a new version.
    values["updated_at"] = max(now, seen_at + TICK)
    with transaction.atomic():
        if not Beat.objects.kept().filter(pk=beat.pk, updated_at=seen_at).update(**values):
            raise EditedMeanwhile
        beat.refresh_from_db()
        _set_genres_and_tags(beat, fields)
        if beat.state == Beat.State.PUBLIC:
            _demand_complete(beat)
    return beat


def publish_beat(beat: Beat, *, now: datetime) -> Beat:
    """Makes a draft public. Repeating it changes nothing; the first time stays the first time.

    Raises:
        Incomplete: something that publishing demands is missing, or its audio is held back.
    """
    with transaction.atomic():
        beat = Beat.objects.kept().select_for_update().get(pk=beat.pk)
        if beat.state == Beat.State.PUBLIC:
            return beat
        _demand_complete(beat, hindrances(beat))
        if beat.first_published_at is None:
            beat.first_published_at = now
            _count_upload(now)
        beat.state, beat.published_at = Beat.State.PUBLIC, now
        beat.save(update_fields=["state", "published_at", "first_published_at"])
    return beat


def unpublish_beat(beat: Beat) -> Beat:
    """Makes a public beat a draft again; plays, likes and the date of its first publication stay."""
    Beat.objects.filter(pk=beat.pk, state=Beat.State.PUBLIC).update(state=Beat.State.DRAFT)
    beat.refresh_from_db()
    return beat


def checked_fields(fields: BeatFields, *, artist: Artist, file_name: str) -> BeatFields:
    """The fields as they are kept, the name taken from the file's when it is empty.

    Raises:
        InvalidFields: a value that cannot be kept.
    """
    fields = fields.tidied(name=file_names.beat_name(file_name, artist=artist.name))
    if problems := fields.problems():
        raise InvalidFields(problems)
    return fields


def _assign(beat: Beat, fields: BeatFields) -> None:
    for field in PLAIN_FIELDS:
        setattr(beat, field, getattr(fields, field))


def _seed(recording: Recording, fields: BeatFields) -> str:
    """The waveform shapes a generated cover, the first genre colours it."""
    return cover_seed(recording.sha256, recording.peaks, genre=fields.genres[0] if fields.genres else "")


def _set_genres_and_tags(beat: Beat, fields: BeatFields) -> None:
    genres = list(Genre.objects.filter(slug__in=fields.genres))
    if unknown := set(fields.genres) - {genre.slug for genre in genres}:
        raise InvalidFields({"genres": f"There is no genre {', '.join(sorted(unknown))}."})
    beat.genres.set(genres)
    beat.tags.all().delete()
    Tag.objects.bulk_create(
        [Tag(beat=beat, name=tag, position=place) for place, tag in enumerate(fields.tags)]
    )


def _demand_complete(beat: Beat, also: tuple[Missing, ...] = ()) -> None:
    if missing := fields_of(beat).missing() + also:
        raise Incomplete(missing)


def _count_upload(now: datetime) -> None:
    quarter = quarter_of(now)
    UploadQuarter.objects.bulk_create([UploadQuarter(at=quarter)], ignore_conflicts=True)
    UploadQuarter.objects.filter(at=quarter).update(beats=F("beats") + 1)
