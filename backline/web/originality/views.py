"""The staff page of appeals against *Duplicate audio detected*."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from backline.catalog import actions
from backline.catalog import queries as catalog
from backline.core import clock
from backline.web import access, viewer
from backline.web.render import page


@require_safe
@access.staff_only
def appeals(request: HttpRequest) -> HttpResponse:
    """Appeals that wait, the oldest first, and the last answers."""
    waiting, answered = catalog.open_appeals(), catalog.answered_appeals()
    return page(request, "originality/page.html", waiting=waiting, answered=answered)


@require_POST
@access.staff_only
def answer(request: HttpRequest, appeal_id: int) -> HttpResponse:
    """Allows the recording, or lets it stay held back; the first answer stands."""
    said, verdict = request.POST.get("answer", ""), request.POST.get("verdict")
    if verdict not in ("allow", "refuse") or not said.strip():
        messages.error(request, "Nothing was answered: write the producer a sentence and choose a button.")
        return redirect("staff-originality")
    by = viewer.person(request)
    done = actions.answer_appeal(appeal_id, by=by, allow=verdict == "allow", answer=said, now=clock.now())
    messages.info(request, "Answered." if done else "Nothing changed: somebody had answered it already.")
    return redirect("staff-originality")
