"""Which members and invitations an account may touch, and how refusals are told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from backline.people import actions
from backline.people.models import Invitation, Member
from backline.web import viewer


def demand_owner(member: Member) -> None:
    """Lets owners pass.

    Raises:
        PermissionDenied: with the reason as a sentence.
    """
    if member.role != Member.Role.OWNER:
        raise PermissionDenied(f"Only owners of {member.artist.name} change who belongs to it.")


def member_of_owner(request: HttpRequest, member_id: int, *, own: bool = False) -> tuple[Member, Member]:
    """The account's own membership and the other one of the same artist. `own`: one may be after oneself, in any role.

    Raises:
        Http404: no such member for this account. PermissionDenied: not an owner.
    """
    other = Member.objects.filter(pk=member_id).select_related("artist", "account").first()
    mine = next((m for m in viewer.memberships(request) if other and m.artist_id == other.artist_id), None)
    if other is None or mine is None:
        raise Http404
    if not (own and mine.pk == other.pk):
        demand_owner(mine)
    return mine, other


def invitation_of_owner(request: HttpRequest, invitation_id: int) -> tuple[Member, Invitation]:
    """An invitation to one of the account's artists.

    Raises:
        Http404: no such invitation for this account. PermissionDenied: not an owner.
    """
    invitation = Invitation.objects.filter(pk=invitation_id).select_related("artist").first()
    members = viewer.memberships(request)
    mine = next((m for m in members if invitation and m.artist_id == invitation.artist_id), None)
    if invitation is None or mine is None:
        raise Http404
    demand_owner(mine)
    return mine, invitation


@contextmanager
def told(request: HttpRequest) -> Iterator[None]:
    """What is not possible is said on the next page."""
    try:
        yield
    except actions.NotPossible as reason:
        messages.error(request, str(reason))


def address(member: Member) -> str:
    """The members' page of the member's artist."""
    return f"/backstage/members/?artist={member.artist.handle}"


def name(member: Member) -> str:
    """What to call a member."""
    return member.account.name or member.account.email
