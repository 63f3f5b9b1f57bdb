"""Cases as staff see them: the list, a new one with its preview, one case with its buttons."""

from __future__ import annotations

from typing import cast
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from backline.core import clock
from backline.listening.cases import open_case, selection_of
from backline.listening.queries.cases import all_cases, case_steps
from backline.listening.selection import selected
from backline.people.models import Account
from backline.web import access, viewer
from backline.web.cases.acting import OF_STAFF, NotDone
from backline.web.cases.acting import act as do
from backline.web.cases.forms import ReasonForm, SelectionForm, StateFilter, TextForm
from backline.web.cases.preview import preview
from backline.web.posted import posted
from backline.web.render import page


@require_safe
@access.staff_only
def cases(request: HttpRequest) -> HttpResponse:
    """All cases, newest first."""
    form = StateFilter(request.GET)
    form.is_valid()
    state = form.cleaned_data.get("state", "")
    found = all_cases(state=state, page=form.cleaned_data.get("page") or 1, now=clock.now())
    address = f"/staff/cases/?{urlencode({'state': state})}&page="
    return page(request, "cases/staff_list.html", cases=found, form=form, state=state, address=address)


@require_http_methods(["GET", "HEAD", "POST"])
@access.staff_only
def new_case(request: HttpRequest) -> HttpResponse:
    """The selection is in the address, with what it would change; a reason makes it a case."""
    form = SelectionForm(request.GET or None)
    shown = preview(form)
    reason = ReasonForm(posted(request))
    if request.method == "POST" and shown is not None and reason.is_valid():
        account = cast(Account, viewer.account(request))
        made = open_case(shown.selection, account=account, now=clock.now(), **reason.cleaned_data)
        return redirect("staff-case", made.pk)
    status = 422 if reason.errors else 200
    return page(request, "cases/staff_new.html", form=form, preview=shown, reason=reason, status=status)


@require_safe
@access.staff_only
def case(request: HttpRequest, case_id: int) -> HttpResponse:
    """One case; while it is open, what it would change."""
    found = access.case_of_staff(case_id)
    is_open = found.state == found.State.OPEN
    return page(
        request,
        "cases/staff_case.html",
        case=found,
        selected=selected(selection_of(found)) if is_open else None,
        steps=case_steps(case_id, for_staff=True),
        form=TextForm(),
    )


@require_POST
@access.staff_only
def act(request: HttpRequest, case_id: int) -> HttpResponse:
    """Does what the pressed button says."""
    found = access.case_of_staff(case_id)
    account = cast(Account, viewer.account(request))
    try:
        messages.success(request, do(OF_STAFF, found, request.POST, account=account, now=clock.now()))
    except NotDone as refusal:
        messages.error(request, str(refusal))
    return redirect("staff-case", case_id)
