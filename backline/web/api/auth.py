"""Who asks: a token opens what its account is a member of, narrowed to the token's artists and scopes."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from ninja.security import HttpBearer

from backline.core import clock
from backline.people import queries as people
from backline.people.models import Account, Member, Token
from backline.web import access, viewer
from backline.web.api.problems import Problem
from backline.web.upload.limits import too_large


class BearerToken(HttpBearer):
    """Lets a request pass whose token has the scope; after it `web/access` works as for a signed-in account."""

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Token | None:
        """The valid token, or None.

        Raises:
            Problem: 403, the token lacks the scope.
        """
        found = people.token_for(token, now=clock.now())
        if found is None:
            return None
        if self.scope not in found.scopes:
            raise Problem(403, "scope_missing", f"This token lacks the scope {self.scope}.")
        access.use_memberships(request, _members(found))
        return found


class UploadToken(BearerToken):
    """Refuses a body that is too large before any of it is read."""

    def __call__(self, request: HttpRequest) -> Token | None:
        if sentence := too_large(request):
            raise Problem(413, "too_large", sentence)
        found: Token | None = super().__call__(request)
        return found


READ = BearerToken(Token.Scope.READ)
WRITE = BearerToken(Token.Scope.CATALOG_WRITE)
UPLOAD = UploadToken(Token.Scope.CATALOG_WRITE)


def caller(request: HttpRequest) -> Account:
    """The account whose token it is."""
    token: Token = request.auth  # type: ignore[attr-defined]
    return token.account


def member_of(request: HttpRequest, handle: str) -> Member:
    """The token's membership in the artist.

    Raises:
        Http404: none, whether the artist exists or not.
    """
    for member in viewer.memberships(request):
        if member.artist.handle.lower() == handle.lower():
            return member
    raise Http404


def uploading_member(request: HttpRequest, handle: str) -> Member:
    """The membership to upload for; without a handle the only one there is.

    Raises:
        Http404: not a member. Problem: several artists and none named. PermissionDenied: the role does not edit.
    """
    members = viewer.memberships(request)
    if not handle and len(members) != 1:
        raise Problem(422, "artist_needed", "Name the artist: this token has none or several.")
    member = member_of(request, handle) if handle else members[0]
    access.demand_edit(member)
    return member


def _members(token: Token) -> list[Member]:
    chosen = set(token.artists.values_list("id", flat=True))
    return [m for m in people.memberships(token.account) if not chosen or m.artist_id in chosen]
