"""What one press of a button on the beat form does: save, and then publish, invite or whatever the button says."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict

from backline.catalog import actions
from backline.catalog.models import Beat
from backline.people.queries import artist_by_handle
from backline.web.beat_form.forms import BeatForm
from backline.web.cover_choice import change_cover, checked


class NotDone(Exception):
    """The fields were saved, what was to come after was not; the text says why."""


def save(beat: Beat, form: BeatForm, *, cover: UploadedFile[Any] | None, style: str, now: datetime) -> Beat:
    """Saves the fields and the cover.

    Raises:
        EditedMeanwhile, InvalidFields, Incomplete, CoverRefused: nothing was saved.
    """
    pictures = checked(cover)
    beat = actions.update_beat(beat, fields=form.values(), seen_at=form.cleaned_data["version"], now=now)
    return change_cover(beat, pictures=pictures, style=style, now=now)


def then(beat: Beat, pressed: QueryDict, *, now: datetime) -> str:
    """Does what the pressed button asks beyond saving, and answers a sentence that says so.

    Raises:
        Incomplete: the beat cannot be published yet. NotDone: an invitation that is not possible.
    """
    action = pressed.get("action", "save")
    if action == "publish":
        actions.publish_beat(beat, now=now)
        return f"{beat.name} is public."
    if action == "unpublish":
        actions.unpublish_beat(beat)
        return f"{beat.name} is a draft again. Its plays and likes stay."
    if action == "invite":
        return _invite(beat, pressed.get("handle", ""), now=now)
    if action.startswith("withdraw:"):
        return _withdraw(beat, action.partition(":")[2])
    return "Saved."


def _invite(beat: Beat, handle: str, *, now: datetime) -> str:
    artist = artist_by_handle(handle.strip().removeprefix("@"))
    if artist is None:
        raise NotDone(f"There is no artist with the address @{handle.strip().removeprefix('@')[:40]}.")
    try:
        actions.invite_credit(beat, artist=artist, now=now)
    except actions.CannotInvite as refusal:
        raise NotDone(str(refusal)) from None
    return f"{artist.name} is invited and counts once they accept."


def _withdraw(beat: Beat, handle: str) -> str:
    artist = artist_by_handle(handle)
    if artist is None or not actions.withdraw_credit(beat, artist=artist):
        raise NotDone("That artist is not credited on this beat.")
    return f"{artist.name} is no longer credited."
