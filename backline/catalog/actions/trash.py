"""The trash: beats deleted, had back within 30 days, then gone but for the row that statements name."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from django.db import transaction

from backline.catalog.actions.beats import NotPossible
from backline.catalog.actions.history import note_change
from backline.catalog.models import Beat, Entry, Featured, Fingerprint, Recording, Step, Tag
from backline.catalog.queries.life import kept_for_licences
from backline.core import files
from backline.people.models import Account

TRASH_LASTS = timedelta(days=30)


class SoldOrLicensed(NotPossible):
    """Somebody holds a licence of the beat, or held one: it stays where it can be looked up."""


def delete_beat(beat: Beat, *, now: datetime, by: Account | None = None) -> Beat:
    """Puts a beat into the trash. Repeating it changes nothing.

    Raises:
        SoldOrLicensed: it can only be archived.
    """
    with transaction.atomic():
        beat = Beat.objects.select_for_update().get(pk=beat.pk)
        if beat.deleted_at is not None:
            return beat
        if beat.licensed_at is not None:
            raise SoldOrLicensed(kept_for_licences(beat.name))
        beat.deleted_at = now
        beat.save(update_fields=["deleted_at"])
        note_change(beat, "state", beat.get_state_display(), "In the trash", by=by, now=now)
    return beat


def restore_beat(beat: Beat, *, now: datetime, by: Account | None = None) -> Beat:
    """Takes a beat out of the trash, in the state it had; a schedule that is over makes it a draft.

    Raises:
        NotPossible: its 30 days are over.
    """
    with transaction.atomic():
        beat = Beat.objects.select_for_update().get(pk=beat.pk)
        if beat.deleted_at is None:
            return beat
        if beat.purged_at is not None:
            raise NotPossible(f"{beat.name} was in the trash for 30 days and is gone.")
        if beat.scheduled_at is not None and beat.scheduled_at <= now:
            beat.state, beat.scheduled_at = Beat.State.DRAFT, None
        beat.deleted_at = None
        beat.save(update_fields=["deleted_at", "state", "scheduled_at"])
        note_change(beat, "state", "In the trash", beat.get_state_display(), by=by, now=now)
    return beat


def purge_next(*, now: datetime) -> bool:
    """Lets go for good of what has been in the trash for 30 days, one beat; says whether there was one.

    Its files and what describes it go; the row stays for the log of listens and for statements, which name it.
    """
    with transaction.atomic():
        over = Beat.objects.trashed().filter(deleted_at__lte=now - TRASH_LASTS)
        beat = over.order_by("deleted_at").select_for_update(skip_locked=True).first()
        if beat is None:
            return False
        folders = [beat.cover_key] if beat.cover_key else []
        for gone in (Entry, Featured, Tag):
            gone._default_manager.filter(beat=beat).delete()
        others = Beat.objects.filter(recording=beat.recording, purged_at=None).exclude(pk=beat.pk)
        if not others.exists():
            folders.append(_forget(beat.recording))
        beat.purged_at, beat.cover_key, beat.description = now, "", ""
        beat.save(update_fields=["purged_at", "cover_key", "description"])
        for folder in folders:
            transaction.on_commit(partial(files.remove_folder, folder))
    return True


def _forget(recording: Recording) -> str:
    """Makes a recording one without sound; answers the folder of its files."""
    Fingerprint.objects.filter(recording=recording).delete()
    recording.terms.all().delete()
    Step.objects.filter(recording=recording).exclude(state=Step.State.DONE).update(
        state=Step.State.FAILED, reason="Its beat was deleted."
    )
    Recording.objects.filter(pk=recording.pk).update(stream_key="", preview_key="", peaks=None)
    return recording.folder
