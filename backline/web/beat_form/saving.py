"""What one press of a button on the beat form does: save, and then publish, invite or whatever the button says."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.http import HttpRequest, QueryDict

from backline.catalog import actions
from backline.catalog.models import Beat
from backline.domain import offers
from backline.people.models import Account
from backline.people.queries import artist_by_handle
from backline.web import viewer
from backline.web.beat_form.forms import BeatForm
from backline.web.cover_choice import change_cover, checked, crop_of


class NotDone(Exception):
    """The fields were saved, what was to come after was not; the text says why."""


def save(beat: Beat, form: BeatForm, request: HttpRequest, *, now: datetime) -> Beat:
    """Saves the fields, the cover and the collections.

    Raises:
        EditedMeanwhile, InvalidFields, Incomplete, Sold, CoverRefused: nothing was saved.
    """
    pressed, by = request.POST, viewer.person(request)
    pictures = checked(request.FILES.get("cover"), crop=crop_of(pressed))
    fields = form.values()
    if wanted := pressed.get("preset"):
        fields = replace(fields, offer=offers.preset(wanted, fields.offer))
    seen_at = form.cleaned_data["version"]
    beat = actions.update_beat(beat, fields=fields, seen_at=seen_at, now=now, by=by)
    if "placed" in pressed:
        numbers = [int(number) for number in form.cleaned_data["collections"]]
        actions.place_beat(beat, collection_ids=numbers, now=now, by=by)
    return change_cover(beat, pictures=pictures, style=pressed.get("cover_style", ""), now=now, by=by)


def then(beat: Beat, pressed: QueryDict, *, by: Account, now: datetime) -> str:
    """Does what the pressed button asks beyond saving, and answers a sentence that says so.

    Raises:
        Incomplete, NotPossible: the beat cannot be published. NotDone: a credit that cannot be changed so.
    """
    action = pressed.get("action", "save")
    if action == "publish":
        actions.publish_beat(beat, now=now, by=by)
        return f"{beat.name} is public."
    if action == "unpublish":
        actions.unpublish_beat(beat, now=now, by=by)
        return f"{beat.name} is a draft again. Its plays and likes stay."
    if action == "invite":
        return _invite(beat, pressed.get("handle", ""), by=by, now=now)
    if action.startswith("withdraw:"):
        return _withdraw(beat, action.partition(":")[2], by=by, now=now)
    return "Saved."


def _invite(beat: Beat, handle: str, *, by: Account, now: datetime) -> str:
    artist = artist_by_handle(handle.strip().removeprefix("@"))
    if artist is None:
        raise NotDone(f"There is no artist with the address @{handle.strip().removeprefix('@')[:40]}.")
    try:
        actions.invite_credit(beat, artist=artist, by=by, now=now)
    except actions.CannotInvite as refusal:
        raise NotDone(str(refusal)) from None
    return f"{artist.name} is invited and counts once they accept."


def _withdraw(beat: Beat, handle: str, *, by: Account, now: datetime) -> str:
    artist = artist_by_handle(handle)
    try:
        gone = artist is not None and actions.withdraw_credit(beat, artist=artist, by=by, now=now)
    except actions.HasShare as refusal:
        raise NotDone(str(refusal)) from None
    if artist is None or not gone:
        raise NotDone("That artist is not credited on this beat.")
    return f"{artist.name} is no longer credited."
