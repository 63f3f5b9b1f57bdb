"""Other audio for a beat that keeps everything else."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.db import transaction

from backline.catalog.actions.beats import TICK, NotPossible, Sold, seed_of
from backline.catalog.actions.history import note_change
from backline.catalog.actions.originality import HEARD
from backline.catalog.actions.recordings import check_audio, create_recording, demand_room, keeping
from backline.catalog.actions.trash import delete_beat
from backline.catalog.fields import fields_of
from backline.catalog.models import Beat, Recording
from backline.catalog.queries.originality import hindrances
from backline.core import files
from backline.people.models import Account


def upload_replacement(
    beat: Beat, *, draft: Path, file_name: str, now: datetime, by: Account | None = None
) -> Beat:
    """Gives a beat the uploaded file `draft` in place of its audio, all of it or nothing, as in `upload_beat`.

    Raises:
        UploadRefused: the artist may not upload, there is no room, or the file is not an accepted recording.
        audio.Failed: the file could not be looked at; it may be good.
        Sold: an exclusive sale stands.
    """
    if beat.sold_at is not None:
        raise _sold(beat)
    checked = check_audio(beat.artist, draft=draft, file_name=file_name)
    with keeping(checked, now=now) as key, transaction.atomic():
        size, length = checked.size_bytes, checked.probe.duration_ms
        demand_room(beat.artist, size_bytes=size, duration_ms=length, now=now)
        recording = create_recording(beat.artist, checked=checked, key=key, now=now)
        return replace_audio(beat, recording=recording, now=now, by=by)


def replace_audio(beat: Beat, *, recording: Recording, now: datetime, by: Account | None = None) -> Beat:
    """Gives a beat another recording of its artist; plays, likes and licences stay. The same again changes nothing.

    The recording before goes, unless a licence was given for it or another beat has it.

    Raises:
        Sold: an exclusive sale stands. ValueError: the recording is another artist's.
        NotPossible: the beat is heard, and this audio is held back.
    """
    if recording.artist_id != beat.artist_id:
        raise ValueError("The recording belongs to another artist.")
    with transaction.atomic():
        beat = Beat.objects.kept().select_for_update().get(pk=beat.pk)
        before = beat.recording
        if before.pk == recording.pk:
            return beat
        if beat.sold_at is not None:
            raise _sold(beat)
        beat.recording, beat.updated_at = recording, max(now, beat.updated_at + TICK)
        if beat.state in HEARD and (held_back := hindrances(beat)):
            raise NotPossible(held_back[0].sentence)
        beat.cover_seed = seed_of(recording, fields_of(beat))
        beat.save(update_fields=["recording", "updated_at", "cover_seed"])
        note_change(beat, "audio", before.file_name, recording.file_name, by=by, now=now)
        if beat.licensed_at is None and not before.beats.exists():
            folder = before.folder
            before.delete()
            transaction.on_commit(lambda: files.remove_folder(folder))
    return beat


def hand_over_audio(beat: Beat, *, other: Beat, now: datetime, by: Account | None = None) -> Beat:
    """Gives a beat the audio of another draft of its artist, which goes to the trash.

    Raises:
        NotPossible: the other is no draft, its audio is held back from a beat that is heard, or the beat was sold.
        ValueError: it is another artist's.
    """
    with transaction.atomic():
        other = Beat.objects.kept().select_for_update().get(pk=other.pk)
        if other.state != Beat.State.DRAFT or other.pk == beat.pk:
            raise NotPossible(f"Only a draft can give its audio away; {other.name} is none.")
        beat = replace_audio(beat, recording=other.recording, now=now, by=by)
        delete_beat(other, now=now, by=by)
    return beat


def _sold(beat: Beat) -> Sold:
    return Sold(f"{beat.name} was sold exclusively: only its cover can change.")
