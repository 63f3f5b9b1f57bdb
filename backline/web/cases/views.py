"""A case as the beat's producers see it."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from backline.core import clock
from backline.listening.queries.cases import case_steps
from backline.people.models import Account
from backline.web import access, viewer
from backline.web.cases.acting import OF_PRODUCERS, NotDone
from backline.web.cases.acting import act as do
from backline.web.cases.forms import TextForm
from backline.web.render import page


@require_safe
@access.signed_in
def case(request: HttpRequest, case_id: int) -> HttpResponse:
    """Why which plays were withdrawn, until when to appeal, and what both sides wrote."""
    member, found = access.case_of_member(request, case_id)
    viewer.remember_artist(request, member)
    return page(
        request,
        "cases/page.html",
        case=found,
        steps=case_steps(case_id, for_staff=False),
        form=TextForm(),
        can_write=member.edits,
        can_appeal=found.can_appeal(clock.now()),
    )


@require_POST
@access.signed_in
def act(request: HttpRequest, case_id: int) -> HttpResponse:
    """Appeals, or adds a note; both need a role that edits."""
    member, found = access.case_of_member(request, case_id)
    access.demand_edit(member)
    account = cast(Account, viewer.account(request))
    try:
        messages.success(request, do(OF_PRODUCERS, found, request.POST, account=account, now=clock.now()))
    except NotDone as refusal:
        messages.error(request, str(refusal))
    return redirect("case", case_id)
