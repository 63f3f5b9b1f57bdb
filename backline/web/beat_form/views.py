"""The beat form."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from backline.catalog import actions
from backline.catalog import queries as catalog
from backline.catalog.fields import BeatFields, fields_of
from backline.catalog.models import Beat
from backline.core import clock
from backline.domain import suggestions
from backline.domain.offers import PRESETS
from backline.web import access, viewer
from backline.web.beat_form import queries
from backline.web.beat_form.forms import BeatForm, initial
from backline.web.beat_form.saving import NotDone, save, then
from backline.web.render import page
from backline.web.upload.limits import COVER_AND_FIELDS_BYTES, too_large


@csrf_exempt  # `_press` checks it: here the body would be read before the person's rights are known
@require_http_methods(["GET", "HEAD", "POST"])
@access.signed_in
def beat_form(request: HttpRequest, beat_id: int) -> HttpResponse:
    """Shows the form; saves it and does what the pressed button says."""
    member, beat = access.beat_of_member(request, beat_id, edit=True)
    viewer.remember_artist(request, member)  # the frame is about this beat's artist
    if request.method != "POST":
        return _show(request, beat)
    if sentence := too_large(request, COVER_AND_FIELDS_BYTES):
        return _show(request, beat, refusal=sentence, status=413)
    return _press(request, beat)


@require_POST
@access.signed_in
def check(request: HttpRequest, beat_id: int) -> HttpResponse:
    """What the form would still lack, without saving it."""
    _, beat = access.beat_of_member(request, beat_id, edit=True)
    form = _bound(request, beat)
    form.is_valid()
    ready = queries.readiness(form.values(), beat)
    return page(request, "beat_form/side.html", beat=beat, ready=ready, here=_here(beat))


@require_safe
@access.signed_in
def detected(request: HttpRequest, beat_id: int) -> HttpResponse:
    """What was heard in the audio so far, asked for while the worker still listens."""
    _, beat = access.beat_of_member(request, beat_id, edit=True)
    return page(request, "beat_form/detected.html", sheet=queries.sheet(beat), here=_here(beat))


@require_safe
@access.signed_in
def published(request: HttpRequest, beat_id: int) -> HttpResponse:
    """After publishing: what to do next. A draft leads back to its form."""
    _, beat = access.beat_of_member(request, beat_id, edit=True)
    if not beat.is_public:
        return redirect("beat-form", beat_id)
    card = catalog.beat_cards([beat.pk])[beat.pk]
    address = request.build_absolute_uri(card.url)
    return page(request, "beat_form/published.html", beat=beat, card=card, address=address)


@require_POST
@access.signed_in
def retry(request: HttpRequest, beat_id: int, kind: str) -> HttpResponse:
    """Lets a failed step run again."""
    _, beat = access.beat_of_member(request, beat_id, edit=True)
    actions.retry_step(beat.recording, kind=kind)
    if request.htmx:  # type: ignore[attr-defined]
        return _show(request, beat)
    return redirect("beat-form", beat_id)


@require_POST
@access.signed_in
def appeal(request: HttpRequest, beat_id: int) -> HttpResponse:
    """Asks staff to let a recording be published although it sounds like another artist's."""
    _, beat = access.beat_of_member(request, beat_id, edit=True)
    try:
        actions.appeal(
            beat.recording, by=viewer.person(request), note=request.POST.get("note", ""), now=clock.now()
        )
    except actions.CannotAppeal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Sent. The team will answer here.")
    return redirect("beat-form", beat.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@access.signed_in
def answer(request: HttpRequest, credit_id: int) -> HttpResponse:
    """What an invitation is about; accepts or declines it, and returns to the dashboard."""
    credit = access.invitation_of_member(request, credit_id)
    if request.method != "POST":
        card = catalog.beat_cards([credit.beat_id])[credit.beat_id]
        return page(request, "beat_form/invitation.html", credit=credit, card=card)
    accept = request.POST.get("answer") == "accept"
    try:
        actions.answer_credit(credit, accept=accept, now=clock.now())
    except actions.NotInvited as refusal:
        messages.error(request, str(refusal))
    else:
        done = "is credited" if accept else "is not credited"
        messages.success(request, f"{credit.artist.name} {done} on {credit.beat.name}.")
    return redirect(f"/dashboard/?artist={credit.artist.handle}")


@csrf_protect
def _press(request: HttpRequest, beat: Beat) -> HttpResponse:
    form = _bound(request, beat)
    if not form.is_valid():
        return _show(request, beat, form=form, status=422)
    try:
        beat = save(beat, form, request, now=clock.now())
    except actions.EditedMeanwhile:
        return _conflict(request, beat, form)
    except actions.InvalidFields as refusal:
        for field, sentence in refusal.problems.items():
            form.add_error(field if field in form.fields else None, sentence)
        return _show(request, beat, form=form, status=422)
    except (actions.CoverRefused, actions.Incomplete, actions.NotPossible) as refusal:
        return _show(request, beat, form=form, refusal=str(refusal), status=422)
    return _go_on(request, beat)


def _go_on(request: HttpRequest, beat: Beat) -> HttpResponse:
    try:
        by = viewer.person(request)
        messages.success(request, then(beat, request.POST, by=by, now=clock.now()))
    except (actions.Incomplete, actions.NotPossible) as refusal:
        return _show(request, beat, refusal=f"Saved, but not published. {refusal}", status=422)
    except NotDone as refusal:
        return _show(request, beat, refusal=f"Saved. {refusal}", status=422)
    if request.POST.get("action") == "publish":
        return redirect("beat-published", beat.pk)
    return redirect("beat-form", beat.pk)


def _conflict(request: HttpRequest, beat: Beat, form: BeatForm) -> HttpResponse:
    """The second of two edits keeps what it typed, sees what the first saved, and may save over it knowingly."""
    _, beat = access.beat_of_member(request, beat.pk, edit=True)
    differing = queries.differences(beat, form.values())
    fresh = _bound(request, beat, version=beat.updated_at.isoformat())
    return _show(request, beat, form=fresh, conflict=True, differing=differing, status=409)


def _bound(request: HttpRequest, beat: Beat, *, version: str = "") -> BeatForm:
    data = request.POST.copy()
    if version:
        data["version"] = version
    if fix := data.get("name_fix"):
        data["name"] = fix
    data.update(suggestions.parse(data.get("use", "")))
    return BeatForm(data, choices=queries.choices(beat.artist_id))


def _filled(beat: Beat, fields: BeatFields) -> BeatForm:
    values = initial(fields, version=beat.updated_at, collections=queries.places(beat))
    return BeatForm(initial=values, choices=queries.choices(beat.artist_id))


def _here(beat: Beat) -> str:
    return f"/backstage/beats/{beat.pk}/"


def _show(
    request: HttpRequest, beat: Beat, *, form: BeatForm | None = None, status: int = 200, **more: Any
) -> HttpResponse:
    fields: BeatFields = fields_of(beat)
    context = {
        "beat": beat,
        "form": form or _filled(beat, fields),
        "sheet": queries.sheet(beat),
        "ready": queries.readiness(fields, beat),
        "owns": access.owns(request, beat.artist_id),
        "presets": PRESETS,
        "schedule_at": queries.scheduled_local(beat, viewer.person(request).zone_info),
    }
    context |= {
        "here": _here(beat),
        "refusal": "",
        "conflict": False,
        "differing": [],
    } | more
    return page(request, "beat_form/page.html", status=status, **context)
