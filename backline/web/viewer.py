"""Who is asking: the account, its memberships, and the artist the page is about.

While staff look at the dashboard as somebody (`web/view_as`), everything here is that person's; `request.user` stays
the staff account.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest

from backline.people import queries as people
from backline.people.models import Account, Artist, Member

SESSION_KEY = "artist"
LOOKING_KEY = "artist_looked_at"


@dataclass(frozen=True)
class Looking:
    """Whose pages staff look at, until when; with `artist` only as a member of that one."""

    account: Account
    artist: Artist | None
    until: datetime


def looking(request: HttpRequest) -> Looking | None:
    """Whose eyes this request of staff looks through; None for everybody else's."""
    return getattr(request, "_looking", None)


def look_as(request: HttpRequest, eyes: Looking) -> None:
    """Lets the pages of this request be another account's."""
    request._looking = eyes  # type: ignore[attr-defined]


def account(request: HttpRequest) -> Account | None:
    """Whose page it is: who is signed in, or None."""
    if eyes := looking(request):
        return eyes.account
    user = request.user
    return user if isinstance(user, Account) else None


def person(request: HttpRequest) -> Account:
    """Who is signed in, for views whose door lets nobody else in."""
    found = account(request)
    assert found is not None
    return found


def memberships(request: HttpRequest) -> list[Member]:
    """The signed-in account's memberships, read once a request."""
    found: list[Member] | None = getattr(request, "_memberships", None)
    if found is None:
        asking = account(request)
        found = people.memberships(asking) if asking else []
        if (eyes := looking(request)) and eyes.artist:
            found = [member for member in found if member.artist_id == eyes.artist.pk]
        request._memberships = found  # type: ignore[attr-defined]
    return found


def selected_member(request: HttpRequest) -> Member | None:
    """The membership of the artist the page is about: `?artist=`, else the remembered one, else the first.

    Raises:
        Http404: `?artist=` names an artist the account is not a member of.
    """
    members = memberships(request)
    wanted = request.GET.get("artist")
    if wanted is not None:
        member = next((m for m in members if m.artist.handle.lower() == wanted.lower()), None)
        if member is None:
            raise Http404
        remember_artist(request, member)
        return member
    remembered = request.session.get(_remembered_in(request))
    return next((m for m in members if m.artist.handle == remembered), members[0] if members else None)


def remember_artist(request: HttpRequest, member: Member) -> None:
    """Makes the artist the selected one for the pages that follow."""
    if request.session.get(_remembered_in(request)) != member.artist.handle:
        request.session[_remembered_in(request)] = member.artist.handle


def _remembered_in(request: HttpRequest) -> str:
    return LOOKING_KEY if looking(request) else SESSION_KEY
