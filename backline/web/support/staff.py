"""Staff's inbox."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from backline.core import clock
from backline.people import actions, queries
from backline.people.models import Ticket
from backline.web import access, viewer
from backline.web.numbers import page_in
from backline.web.posted import posted
from backline.web.render import page
from backline.web.support.forms import LetterForm

SIZE = 25


@require_safe
@access.staff_only
def inbox(request: HttpRequest) -> HttpResponse:
    """Tickets in one state, longest waiting first; those that wait for staff unless asked otherwise."""
    state = request.GET.get("state", "")
    state = state if state in Ticket.State.values else Ticket.State.OPEN
    waiting = queries.inbox(state, page=page_in(request.GET), size=SIZE)
    return page(request, "support/inbox.html", waiting=waiting, state=state, states=Ticket.State.choices)


@require_http_methods(["GET", "HEAD", "POST"])
@access.staff_only
def ticket(request: HttpRequest, ticket_id: int) -> HttpResponse:
    """One ticket: answer it, answer and close, or only close."""
    found = queries.any_ticket(ticket_id)
    if found is None:
        raise Http404
    form = LetterForm(posted(request))
    if request.POST.get("action") == "close":
        actions.close_ticket(found, now=clock.now())
        return redirect("staff-support")
    if request.method == "POST" and form.is_valid():
        by, close = viewer.person(request), request.POST.get("action") == "last"
        actions.answer_ticket(found, text=form.cleaned_data["text"], by=by, close=close, now=clock.now())
        messages.success(request, "Answered. The writer is told.")
        return redirect("staff-support")
    letters, status = queries.letters(found), 422 if form.errors else 200
    return page(request, "support/staff.html", ticket=found, letters=letters, form=form, status=status)
