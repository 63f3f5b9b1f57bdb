"""The members' page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from backline.core import clock
from backline.outbox.queries import audit_of_artist
from backline.people import queries
from backline.people.models import Member
from backline.web.members.forms import InvitationForm
from backline.web.render import page

CHANGES_SHOWN = 30


def show(request: HttpRequest, member: Member, form: InvitationForm, *, status: int = 200) -> HttpResponse:
    """The page with this invitation form."""
    owner = member.role == Member.Role.OWNER
    return page(
        request, "members/page.html", status=status, mine=member, owner=owner, form=form,
        people=queries.members_of(member.artist_id), roles=Member.Role.choices,
        invitations=queries.open_invitations(member.artist_id, now=clock.now()) if owner else [],
        changes=audit_of_artist(member.artist_id, limit=CHANGES_SHOWN) if owner else [],
    )  # fmt: skip
