"""Staff's queue of applications."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from backline.core import clock
from backline.domain.applications import KINDS, REASONS, ROLES, STATES, NotNow
from backline.people import actions, queries
from backline.people.models import Account, Application, Attachment
from backline.web import access, viewer
from backline.web.numbers import numbers_of, page_in
from backline.web.render import page
from backline.web.sent_files import download
from backline.web.tracks import public_beats, tracks

SIZE, HEARD = 25, 10
WAITING = ("pending", "asked")


@require_safe
@access.staff_only
def applications(request: HttpRequest) -> HttpResponse:
    """What waits, longest first; any state, kind, or one's own."""
    state, kind = request.GET.get("state", ""), request.GET.get("kind", "")
    states = (state,) if state in STATES else WAITING
    mine = viewer.person(request) if "mine" in request.GET else None
    sent = queries.application_page(
        states=states, kind=kind if kind in KINDS else "", mine=mine, page=page_in(request.GET), size=SIZE
    )
    return page(
        request, "program/queue.html", sent=sent, queue=queries.queue(), states=STATES, kinds=KINDS, state=state,
        kind=kind, mine=bool(mine),
    )  # fmt: skip


@require_safe
@access.staff_only
def application(request: HttpRequest, application_id: int) -> HttpResponse:
    """Everything about one application, with what it takes to decide."""
    found = _found(application_id)
    beats = public_beats().filter(artist=found.artist or 0).order_by("-first_published_at")
    return page(
        request, "program/staff.html", application=found, title=KINDS[found.kind], reasons=REASONS, roles=ROLES,
        events=queries.history(found.pk, for_staff=True), files=list(found.attachments.all()),
        proofs=list(found.proofs.all()), alike=queries.alike(found), state=STATES[found.state],
        taken=queries.name_conflicts(found) if found.state == "pending" else [],
        tracks=tracks(beats[:HEARD], account=viewer.account(request)),
    )  # fmt: skip


@require_POST
@access.staff_only
def act(request: HttpRequest, application_id: int) -> HttpResponse:
    """Carries out one of `STEPS`."""
    found, by = _found(application_id), viewer.person(request)
    step = STEPS.get(request.POST.get("action", ""))
    if step is None:
        raise Http404
    try:
        messages.success(request, step(found, request.POST, by))
    except (NotNow, actions.HandleTaken) as reason:
        messages.error(request, str(reason) or "The address was taken meanwhile; try again.")
    return redirect("staff-application", found.pk)


@require_safe
@access.staff_only
def attachment(request: HttpRequest, application_id: int, attachment_id: int) -> HttpResponseBase:
    """One file, to download: it is never shown as a page of this site."""
    found = Attachment.objects.filter(pk=attachment_id, application_id=application_id).first()
    if found is None:
        raise Http404
    return download(found)


def _found(application_id: int) -> Application:
    found = Application.objects.exclude(state="draft").filter(pk=application_id)
    application = found.select_related("account", "artist", "assigned_to").first()
    if application is None:
        raise Http404
    return application


def _text(sent: QueryDict) -> str:
    return sent.get("text", "").strip()[:2000]


def _approve(found: Application, sent: QueryDict, by: Account) -> str:
    seen, role = numbers_of(sent, "seen"), sent.get("role", "")
    actions.approve_application(found, by=by, now=clock.now(), role=role, seen=seen)
    return "Approved. The applicant is told."


def _deny(found: Application, sent: QueryDict, by: Account) -> str:
    reason = sent.get("reason", "")
    actions.deny_application(found, reason=reason, text=_text(sent), by=by, now=clock.now())
    return "Denied. The applicant is told why."


def _ask(found: Application, sent: QueryDict, by: Account) -> str:
    actions.ask_applicant(found, text=_text(sent), by=by, now=clock.now())
    return "Sent back with your question."


def _revoke(found: Application, sent: QueryDict, by: Account) -> str:
    actions.revoke_application(found, text=_text(sent), by=by, now=clock.now())
    return "Revoked: the profile is hidden, uploads have stopped."


def _note(found: Application, sent: QueryDict, by: Account) -> str:
    actions.note_for_staff(found, text=_text(sent), by=by, now=clock.now())
    return "Note added."


def _assign(found: Application, sent: QueryDict, by: Account) -> str:
    actions.assign_application(found, to=by if sent.get("to") == "me" else None, by=by, now=clock.now())
    return "Assigned."


STEPS: dict[str, Callable[..., str]] = {
    "approve": _approve,
    "deny": _deny,
    "ask": _ask,
    "revoke": _revoke,
    "note": _note,
    "assign": _assign,
}
