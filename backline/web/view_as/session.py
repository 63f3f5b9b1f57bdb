"""Whom a staff member looks as: kept in their own session, checked anew at every request."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.middleware.csrf import rotate_token

from backline.people.models import Account, Artist, Member
from backline.web.viewer import LOOKING_KEY, Looking

KEY = "view_as"
LASTS = timedelta(minutes=30)


class NotToBeSeen(Exception):
    """This account cannot be looked as; the text says why."""


def begin(request: HttpRequest, *, account: Account, artist: Artist | None, now: datetime) -> None:
    """From the next request on the pages are this account's.

    Raises:
        NotToBeSeen: it is staff, or cannot sign in.
    """
    if reason := hindrance(account):
        raise NotToBeSeen(reason)
    request.session[KEY] = {
        "by": request.user.pk,
        "account": account.pk,
        "artist": artist.pk if artist else None,
        "until": (now + LASTS).timestamp(),
    }
    # A form that was open before belongs to another person's pages than one that is open now.
    rotate_token(request)


def end(request: HttpRequest) -> int | None:
    """The pages are the staff member's own again. Returns the account that was looked as."""
    request.session.pop(LOOKING_KEY, None)
    kept = request.session.pop(KEY, None)
    rotate_token(request)
    return kept["account"] if kept else None


def current(session: SessionBase, *, staff: Account, now: datetime) -> Looking | None:
    """Whom the session looks as; None when the time is over, or when it may not be any more. Up to two queries."""
    kept = session[KEY]
    until = datetime.fromtimestamp(kept["until"], UTC)
    if not staff.is_staff or kept["by"] != staff.pk or now >= until:
        return None
    account = Account.objects.filter(pk=kept["account"]).first()
    if account is None or hindrance(account):
        return None
    if kept["artist"] is None:
        return Looking(account, None, until)
    members = Member.objects.filter(account=account, artist_id=kept["artist"]).select_related("artist")
    member = members.first()
    return Looking(account, member.artist, until) if member else None


def hindrance(account: Account) -> str:
    """Why nobody looks as this account; empty when staff may."""
    if account.is_staff:
        return "Nobody looks at the pages as another staff account."
    return "" if account.is_active else "This account cannot sign in, so there are no pages to see."


def eyes_of(artist: Artist) -> Account | None:
    """As whom an artist's pages are seen: the owner who has been one for longest and may be looked as."""
    owners = Member.objects.filter(artist=artist, role=Member.Role.OWNER).select_related("account")
    accounts = (owner.account for owner in owners.order_by("joined_at", "pk"))
    return next((account for account in accounts if not hindrance(account)), None)
