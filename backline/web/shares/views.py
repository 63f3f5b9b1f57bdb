"""Share tables: an owner proposes, the owners of everybody who is named answer."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from backline.catalog import actions
from backline.catalog.models import Beat, Credit
from backline.catalog.queries.shares import beat_shares
from backline.core import clock
from backline.listening.calendar import reporting
from backline.people.models import Member
from backline.web import access, viewer
from backline.web.numbers import number_in
from backline.web.render import page
from backline.web.shares.forms import Proposal, proposal
from backline.web.step_up import demand_fresh_sign_in


@require_http_methods(["GET", "HEAD", "POST"])
@access.signed_in
def propose(request: HttpRequest, beat_id: int) -> HttpResponse:
    """Shows what would be proposed; proposes it when that is sent."""
    member, beat = access.beat_of_member(request, beat_id, edit=True)
    access.demand_owner(member)
    viewer.remember_artist(request, member)
    sent = request.POST if request.method == "POST" else request.GET
    named = beat.credits.exclude(state=Credit.State.DECLINED).select_related("artist")
    asked = proposal(list(named), sent.dict(), today=reporting().today(clock.now()))
    if request.method != "POST":
        return _show(request, beat, asked)
    if asked.problem:
        return _show(request, beat, asked, status=422)
    return demand_fresh_sign_in(request) or _propose(request, beat, asked)


@require_safe
@access.signed_in
def table(request: HttpRequest, table_id: int) -> HttpResponse:
    """One version of a beat's shares: who gets what, and who has accepted."""
    mine, found = access.share_table_of_member(request, table_id)
    parts = list(found.parts.select_related("artist", "by"))
    asked = [part for part in parts if part.accepted_at is None and part.artist_id in _owned(mine)]
    shares = beat_shares(found.beat)
    return page(request, "shares/table.html", table=found, parts=parts, asked=asked, shares=shares)


@require_POST
@access.signed_in
def answer(request: HttpRequest, table_id: int) -> HttpResponse:
    """An owner of a named artist accepts or declines."""
    mine, found = access.share_table_of_member(request, table_id)
    member = _owned(mine).get(number_in(request.POST.get("artist", "")) or 0)
    if member is None:
        raise PermissionDenied("Only an owner of the artist that is asked may answer.")
    if again := demand_fresh_sign_in(request):
        return again
    act = actions.accept_shares if request.POST.get("answer") == "accept" else actions.decline_shares
    try:
        act(found, artist=member.artist, by=viewer.person(request), now=clock.now())
    except actions.NotPossible as refusal:
        messages.error(request, str(refusal))
    return redirect("shares", found.pk)


def _propose(request: HttpRequest, beat: Beat, asked: Proposal) -> HttpResponse:
    starts_on = asked.starts_on or reporting().today(clock.now())
    try:
        made = actions.propose_shares(
            beat, shares=asked.shares, starts_on=starts_on, by=viewer.person(request), now=clock.now()
        )
    except actions.NotPossible as refusal:
        messages.error(request, str(refusal))
        return redirect("shares-propose", beat.pk)
    messages.success(request, f"Version {made.version} is proposed. Every named artist has been told.")
    return redirect("shares", made.pk)


def _show(request: HttpRequest, beat: Beat, asked: Proposal, *, status: int = 200) -> HttpResponse:
    return page(request, "shares/propose.html", status=status, beat=beat, asked=asked)


def _owned(members: list[Member]) -> dict[int, Member]:
    return {member.artist_id: member for member in members if member.role == Member.Role.OWNER}
