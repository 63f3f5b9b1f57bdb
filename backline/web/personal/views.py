"""Taking one's data along, closing a profile, deleting the account."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from backline.core import clock
from backline.people import actions, queries
from backline.people.models import Member
from backline.shop import queries as shop
from backline.web import access, step_up, viewer
from backline.web.personal.gathering import what_stands
from backline.web.personal.leaving import leave
from backline.web.personal.writing import everything_as_json
from backline.web.render import page


@require_safe
@access.signed_in
def data(request: HttpRequest) -> HttpResponse:
    """What can be taken along, and what stands in the way of leaving."""
    owned = [member for member in viewer.memberships(request) if member.role == Member.Role.OWNER]
    alone = [member for member in owned if len(queries.owner_ids(member.artist_id)) == 1]
    standing = {member.artist_id: what_stands(member.artist_id) for member in alone}
    held = shop.held_plan(viewer.person(request).pk)
    return page(request, "personal/page.html", alone=alone, standing=standing, held=held)


@require_safe
@access.signed_in
@step_up.fresh_sign_in_required
def export(request: HttpRequest) -> StreamingHttpResponse:
    """Everything as one JSON file, written as it is read."""
    text = everything_as_json(viewer.person(request))
    answer = StreamingHttpResponse(text, content_type="application/json")
    answer["Content-Disposition"] = 'attachment; filename="backline-data.json"'
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
@access.signed_in
@step_up.fresh_sign_in_required
def close(request: HttpRequest) -> HttpResponse:
    """Closes a profile of one's own that holds no money."""
    handle = request.POST.get("handle", "")
    owned = [
        m for m in viewer.memberships(request) if m.artist.handle == handle and m.role == Member.Role.OWNER
    ]
    if not owned:
        raise Http404
    artist = owned[0].artist
    if what_stands(artist.pk):
        messages.error(request, f"{artist.name} has money waiting. Have it paid out first.")
    else:
        actions.close_artist(artist, by=viewer.person(request), now=clock.now())
        messages.success(request, f"{artist.name} is closed.")
    return redirect("personal")


@require_POST
@access.signed_in
@step_up.fresh_sign_in_required
def delete(request: HttpRequest) -> HttpResponse:
    """Deletes the account when its own address was typed."""
    account = viewer.person(request)
    if request.POST.get("email", "").strip().lower() != account.email:
        messages.error(request, "Type your e-mail address to delete the account. Nothing was deleted.")
        return redirect("personal")
    try:
        leave(account, now=clock.now())
    except actions.NotPossible as reason:
        messages.error(request, str(reason))
        return redirect("personal")
    logout(request)
    return page(request, "personal/gone.html")
