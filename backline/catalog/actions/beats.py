"""Beats: made from a recording, described, published."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from backline.catalog.actions.history import note_change, note_changes
from backline.catalog.actions.offers import keep_offer
from backline.catalog.covers import cover_seed, default_style
from backline.catalog.fields import BeatFields, Incomplete, InvalidFields, fields_of
from backline.catalog.models import Beat, Credit, Genre, Recording, Tag, UploadQuarter
from backline.catalog.queries.originality import hindrances
from backline.catalog.queries.uploads import quarter_of
from backline.catalog.wording import words
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
    "ai_tool",
    "ai_note",
    "ai_rights",
    "licensing",
)


class EditedMeanwhile(Exception):
    """Somebody else saved the beat after the form was opened; nothing was changed."""


class NotPossible(Exception):
    """The beat's state does not allow it; the text says why."""


class Sold(NotPossible):
    """An exclusive sale of the beat stands: only its cover can change."""


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
        beat = Beat.objects.create(
            artist=artist,
            recording=recording,
            created_by=account,
            created_at=now,
            updated_at=now,
            cover_style=cover_style or default_style(recording.sha256),
            **_values(recording, fields),
        )
        _set_genres_and_tags(beat, fields)
        keep_offer(beat, fields)
        Credit.objects.create(
            beat=beat, artist=artist, position=0, state=Credit.State.ACCEPTED, invited_at=now, answered_at=now
        )
    return beat


def update_beat(
    beat: Beat, *, fields: BeatFields, seen_at: datetime, now: datetime, by: Account | None = None
) -> Beat:
    """Saves the form that was opened when the beat was last changed at `seen_at`, and returns the beat as it is now.

    Raises:
        EditedMeanwhile: the beat was saved since.
        InvalidFields: a value that cannot be kept.
        Incomplete: the beat is public or soon will be, and would lose something that publishing demands.
        Sold: it was sold exclusively, and this would change more than the cover.
    """
    fields = checked_fields(fields, artist=beat.artist, file_name=beat.recording.file_name)
    with transaction.atomic():
        before = Beat.objects.kept().filter(pk=beat.pk, updated_at=seen_at).first()
        if before is None:
            raise EditedMeanwhile
        was, will_be = words(fields_of(before)), words(fields)
        if before.sold_at is not None and was != will_be:
            raise Sold(f"{before.name} was sold exclusively: only its cover can change.")
        _write(before, fields, seen_at=seen_at, now=now)
        beat.refresh_from_db()
        note_changes(beat, was, will_be, by=by, now=now)
        if beat.state in (Beat.State.PUBLIC, Beat.State.SCHEDULED):
            demand_complete(beat)
    return beat


def publish_beat(beat: Beat, *, now: datetime, by: Account | None = None) -> Beat:
    """Makes a beat public. Repeating it changes nothing; the first time stays the first time. A private link ends.

    Raises:
        Incomplete: something that publishing demands is missing, or its audio is held back.
        NotPossible: it is archived, or was sold exclusively.
    """
    with transaction.atomic():
        beat = Beat.objects.kept().select_for_update().get(pk=beat.pk)
        if beat.state == Beat.State.PUBLIC:
            return beat
        demand_publishable(beat)
        if beat.first_published_at is None:
            beat.first_published_at = now
            _count_upload(now)
        beat.published_at = now
        beat.save(update_fields=["published_at", "first_published_at"])
        return change_state(beat, Beat.State.PUBLIC, now=now, by=by)


def unpublish_beat(beat: Beat, *, now: datetime, by: Account | None = None) -> Beat:
    """Makes a public, scheduled or private beat a draft again; plays, likes and its first date stay."""
    with transaction.atomic():
        beat = Beat.objects.kept().select_for_update().get(pk=beat.pk)
        if beat.state == Beat.State.ARCHIVED:
            return beat
        return change_state(beat, Beat.State.DRAFT, now=now, by=by)


def demand_publishable(beat: Beat) -> None:
    """Lets pass what may become public now.

    Raises:
        Incomplete, NotPossible: it may not; the text says why.
    """
    if beat.sold_at is not None:
        raise Sold(f"{beat.name} was sold exclusively and is not offered any more.")
    if beat.state == Beat.State.ARCHIVED:
        raise NotPossible(f"{beat.name} is archived. Take it out of the archive first.")
    demand_complete(beat, hindrances(beat))


def demand_complete(beat: Beat, also: tuple[Missing, ...] = ()) -> None:
    """Lets pass what lacks nothing.

    Raises:
        Incomplete: what is missing, `also` included.
    """
    if missing := fields_of(beat).missing() + also:
        raise Incomplete(missing)


def change_state(
    beat: Beat,
    state: str,
    *,
    now: datetime,
    by: Account | None,
    scheduled_at: datetime | None = None,
    archived_from: str = "",
) -> Beat:
    """Puts a beat, read for update, into a state, with the line in its history. No other state keeps a private link."""
    before = beat.get_state_display()
    beat.state, beat.scheduled_at, beat.archived_from = state, scheduled_at, archived_from
    beat.save(update_fields=["state", "scheduled_at", "archived_from"])
    if state != Beat.State.PRIVATE:
        beat.links.filter(revoked_at=None).update(revoked_at=now)
    note_change(beat, "state", before, beat.get_state_display(), by=by, now=now)
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


def _values(recording: Recording, fields: BeatFields) -> dict[str, object]:
    """The columns of a beat that says this."""
    return {field: getattr(fields, field) for field in PLAIN_FIELDS} | {
        "cover_seed": seed_of(recording, fields),
        "licensing_complete": fields.details().licensing_complete,
    }


def _write(beat: Beat, fields: BeatFields, *, seen_at: datetime, now: datetime) -> None:
    # Later than what was seen even on a clock that stands still, so that every save is a new version.
    later = max(now, seen_at + TICK)
    same = Beat.objects.filter(pk=beat.pk, updated_at=seen_at)
    if not same.update(**_values(beat.recording, fields), updated_at=later):
        raise EditedMeanwhile
    _set_genres_and_tags(beat, fields)
    keep_offer(beat, fields)


def seed_of(recording: Recording, fields: BeatFields) -> str:
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


def _count_upload(now: datetime) -> None:
    quarter = quarter_of(now)
    UploadQuarter.objects.bulk_create([UploadQuarter(at=quarter)], ignore_conflicts=True)
    UploadQuarter.objects.filter(at=quarter).update(beats=F("beats") + 1)
