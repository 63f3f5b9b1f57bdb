"""A beat's life on the screens: the buttons beside its form, its history, the trash."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from backline.catalog import actions
from backline.core import clock
from backline.people.models import Member
from backline.web import access, viewer
from backline.web.beat_life import queries
from backline.web.beat_life.acts import ACTS, Press
from backline.web.numbers import page_in
from backline.web.render import page


@require_POST
@access.signed_in
def act(request: HttpRequest, beat_id: int) -> HttpResponse:
    """Does what the pressed button says, and returns to the form, or to the trash."""
    _, beat = access.beat_of_member(request, beat_id, edit=True)
    name = request.POST.get("action", "")
    if name not in ACTS:
        raise BadRequest("There is no such action.")
    press = Press(viewer.person(request), clock.now(), at=request.POST.get("at", ""))
    try:
        messages.success(request, ACTS[name](beat, press))
    except (actions.NotPossible, actions.Incomplete) as refusal:
        messages.error(request, str(refusal))
        return redirect("beat-form", beat.pk)
    return redirect("trash") if name == "delete" else redirect("beat-form", beat.pk)


@require_safe
@access.signed_in
def history(request: HttpRequest, beat_id: int) -> HttpResponse:
    """Who changed what, when: old and new."""
    member, beat = access.beat_of_member(request, beat_id, edit=True)
    viewer.remember_artist(request, member)
    changes = queries.history(beat, page=page_in(request.GET))
    return page(request, "beat_life/history.html", beat=beat, history=changes)


@require_safe
@access.artist_page("Trash", edit=True)
def trash(request: HttpRequest, member: Member) -> HttpResponse:
    """The artist's deleted beats, with the day on which each is gone."""
    return page(request, "beat_life/trash.html", deleted=queries.deleted(member.artist_id))


@require_POST
@access.signed_in
def restore(request: HttpRequest, beat_id: int) -> HttpResponse:
    """Takes a beat out of the trash."""
    beat = access.trashed_beat_of_member(request, beat_id)
    try:
        back = actions.restore_beat(beat, now=clock.now(), by=viewer.person(request))
    except actions.NotPossible as refusal:
        messages.error(request, str(refusal))
        return redirect("trash")
    messages.success(request, f"{back.name} is back: {back.get_state_display().lower()}.")
    return redirect("beat-form", back.pk)


@require_safe
@access.signed_in
def artists(request: HttpRequest, beat_id: int) -> HttpResponse:
    """Artists whose name or address is like what was typed, as choices for a field."""
    _, beat = access.beat_of_member(request, beat_id, edit=True)
    found = queries.artists_like(request.GET.get("handle", ""), besides=beat.artist_id)
    return page(request, "beat_life/artists.html", artists=found)
