"""Who is asking: the account, its memberships, and the artist the page is about."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from backline.people import queries as people
from backline.people.models import Account, Member

SESSION_KEY = "artist"


def account(request: HttpRequest) -> Account | None:
    """Who is signed in, or None."""
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
    remembered = request.session.get(SESSION_KEY)
    return next((m for m in members if m.artist.handle == remembered), members[0] if members else None)


def remember_artist(request: HttpRequest, member: Member) -> None:
    """Makes the artist the selected one for the pages that follow."""
    if request.session.get(SESSION_KEY) != member.artist.handle:
        request.session[SESSION_KEY] = member.artist.handle
