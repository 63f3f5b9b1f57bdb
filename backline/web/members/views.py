"""Members of the selected artist: owners change them, the others see them."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from backline.core import clock
from backline.people import actions, queries
from backline.people.models import Member
from backline.web import access, step_up, viewer
from backline.web.members import reach
from backline.web.members.forms import InvitationForm, RoleForm
from backline.web.members.page import show
from backline.web.render import page


@require_safe
@access.artist_page("Members")
def members(request: HttpRequest, member: Member) -> HttpResponse:
    """Everybody with their role; owners see open invitations and the log of changes as well."""
    return show(request, member, InvitationForm())


@require_POST
@access.artist_page("Members")
@step_up.fresh_sign_in_required
def invite(request: HttpRequest, member: Member) -> HttpResponse:
    """Sends an invitation."""
    access.demand_owner(member)
    form = InvitationForm(request.POST)
    if form.is_valid():
        try:
            actions.invite_member(
                member.artist, by=viewer.person(request), now=clock.now(), **form.cleaned_data
            )
        except actions.NotPossible as reason:
            form.add_error("email", str(reason))
        else:
            messages.success(request, f"An invitation is on its way to {form.cleaned_data['email']}.")
            return redirect(reach.address(member))
    return show(request, member, form, status=422)


@require_POST
@access.signed_in
def withdraw(request: HttpRequest, invitation_id: int) -> HttpResponse:
    """An open invitation stops working."""
    member, invitation = access.invitation_of_owner(request, invitation_id)
    actions.withdraw_invitation(invitation, by=viewer.person(request), now=clock.now())
    messages.success(request, f"The invitation of {invitation.email} no longer works.")
    return redirect(reach.address(member))


@require_POST
@access.signed_in
@step_up.fresh_sign_in_required
def role(request: HttpRequest, member_id: int) -> HttpResponse:
    """Another role; to become an owner is offered first."""
    _, other = access.member_of_owner(request, member_id)
    form = RoleForm(request.POST)
    if not form.is_valid():
        raise Http404
    wanted, by, now = form.cleaned_data["role"], viewer.person(request), clock.now()
    with reach.told(request):
        if wanted == Member.Role.OWNER:
            actions.offer_ownership(other, by=by, now=now)
            messages.success(request, f"{reach.name(other)} becomes an owner when they say yes.")
        else:
            actions.change_role(other, role=wanted, by=by, now=now)
            messages.success(request, f"{reach.name(other)} is {other.get_role_display().lower()} now.")
    return redirect(reach.address(other))


@require_POST
@access.signed_in
def remove(request: HttpRequest, member_id: int) -> HttpResponse:
    """Ends a membership: an owner's wish, or one's own."""
    mine, other = access.member_of_owner(request, member_id, own=True)
    back = reach.address(other)
    with reach.told(request):
        own = mine.pk == other.pk
        actions.remove_member(other, by=viewer.person(request), now=clock.now())
        messages.success(request, f"{reach.name(other)} is no longer a member of {other.artist.name}.")
        back = "/dashboard/" if own else back
    return redirect(back)


@require_POST
@access.signed_in
def ownership(request: HttpRequest, member_id: int) -> HttpResponse:
    """The member's own answer to an offer."""
    mine, other = access.member_of_owner(request, member_id, own=True)
    if mine.pk != other.pk:
        raise Http404
    with reach.told(request):
        accepted = request.POST.get("answer") == "yes"
        actions.answer_ownership(mine, accepted=accepted, now=clock.now())
        messages.success(request, f"You own {mine.artist.name} now." if accepted else "You stay as you are.")
    return redirect(reach.address(mine))


@require_http_methods(["GET", "HEAD", "POST"])
@access.signed_in
def join(request: HttpRequest, invitation_id: int, secret: str) -> HttpResponse:
    """Where the link of an invitation leads: says what it is, and takes the yes."""
    invitation = queries.invitation(invitation_id, secret)
    if invitation is None:
        return page(request, "members/join.html", invitation=None, problem="", status=404)
    problem = ""
    if request.method == "POST":
        try:
            actions.accept_invitation(invitation, account=viewer.person(request), now=clock.now())
            return redirect(f"/dashboard/?artist={invitation.artist.handle}")
        except actions.NotPossible as reason:
            problem = str(reason)
    return page(
        request, "members/join.html", invitation=invitation, problem=problem, status=422 if problem else 200
    )
