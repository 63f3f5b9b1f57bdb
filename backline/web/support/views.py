"""Writing to staff."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from backline.core import clock
from backline.integrations.attachments import Refused
from backline.people import actions, queries
from backline.people.actions.support import TooMany
from backline.web import access, viewer
from backline.web.posted import posted
from backline.web.render import page
from backline.web.sent_files import download, sent_in
from backline.web.support.forms import FirstLetterForm, LetterForm


@require_http_methods(["GET", "HEAD", "POST"])
@access.signed_in
def support(request: HttpRequest) -> HttpResponse:
    """One's own tickets, and the form for a new one; an error page fills in page and request id."""
    account, member = viewer.person(request), viewer.selected_member(request)
    given = {name: request.GET.get(name, "")[:300] for name in ("topic", "page", "request_id")}
    form = FirstLetterForm(posted(request), initial=given)
    if request.method == "POST" and form.is_valid():
        try:
            ticket = actions.open_ticket(
                account, matter=form.matter(), text=form.cleaned_data["text"], now=clock.now(),
                artist=member.artist if member else None, enclosed=sent_in(request, "files"),
            )  # fmt: skip
        except (Refused, TooMany) as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, "Sent. Staff answer here, and you get a mail.")
            return redirect("ticket", ticket.pk)
    mine = queries.tickets_of(account.pk)
    return page(request, "support/page.html", form=form, tickets=mine, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@access.signed_in
def ticket(request: HttpRequest, ticket_id: int) -> HttpResponse:
    """What was written so far, and a next letter."""
    found = queries.ticket_of(viewer.person(request).pk, ticket_id)
    if found is None:
        raise Http404
    form = LetterForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            text = form.cleaned_data["text"]
            actions.write_again(found, text=text, now=clock.now(), enclosed=sent_in(request, "files"))
        except (Refused, TooMany) as reason:
            form.add_error(None, str(reason))
        else:
            return redirect("ticket", found.pk)
    letters, status = queries.letters(found), 422 if form.errors else 200
    return page(request, "support/ticket.html", ticket=found, letters=letters, form=form, status=status)


@require_safe
@access.signed_in
def enclosure(request: HttpRequest, file_id: int) -> HttpResponseBase:
    """A file of a letter: for its writer, and for staff."""
    person = viewer.person(request)
    found = queries.enclosure_for(person.pk, is_staff=person.is_staff, file_id=file_id)
    if found is None:
        raise Http404
    return download(found)
