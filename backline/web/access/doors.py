"""Who may come in, and what their role lets them do."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django_htmx.http import HttpResponseClientRedirect

from backline.people.models import Member
from backline.web.render import page
from backline.web.viewer import account, memberships, selected_member

View = Callable[..., HttpResponseBase]


def signed_in(view: View) -> View:
    """Sends a visitor who is not signed in to the sign-in page, and back afterwards."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if account(request) is None:
            return to_sign_in(request)
        return view(request, *args, **kwargs)

    return guarded


def staff_only(view: View) -> View:
    """A page of the platform team: 404 for everybody else."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        person = account(request)
        if person is None:
            return to_sign_in(request)
        if not person.is_staff:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def artist_page(title: str, *, edit: bool = False) -> Callable[[View], View]:
    """For pages of the selected artist: the view gets the account's `Member` (role and artist) as second argument.

    `edit` asks for a role that may change the catalogue. `title` heads the *No Artist Profile* state.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if account(request) is None:
                return to_sign_in(request)
            member = selected_member(request)
            if member is None:
                return page(request, "components/no_artist.html", title=title)
            if edit:
                demand_edit(member)
            return view(request, member, *args, **kwargs)

        return guarded

    return decorate


def use_memberships(request: HttpRequest, members: list[Member]) -> None:
    """Lets a request reach these artists and no others: how the API's tokens come through the same door."""
    request._memberships = members  # type: ignore[attr-defined]


def demand_edit(member: Member) -> None:
    """Lets pass whose role may change the catalogue.

    Raises:
        PermissionDenied: with the reason as a sentence.
    """
    if not member.edits:
        raise PermissionDenied(
            f"Your role in {member.artist.name} is {member.get_role_display().lower()}, which reads but does not edit. "
            "An owner can change your role."
        )


def demand_money(member: Member) -> None:
    """Lets pass whose role reads about money.

    Raises:
        PermissionDenied: with the reason as a sentence.
    """
    if not member.sees_money:
        raise PermissionDenied(
            f"Your role in {member.artist.name} reads nothing about money. An owner can change your role."
        )


def owns(request: HttpRequest, artist_id: int) -> bool:
    """Whether the account is an owner of the artist."""
    return any(
        member.artist_id == artist_id and member.role == Member.Role.OWNER for member in memberships(request)
    )


def demand_owner(member: Member) -> None:
    """Lets pass an owner.

    Raises:
        PermissionDenied: with the reason as a sentence.
    """
    if member.role != Member.Role.OWNER:
        raise PermissionDenied(f"Only an owner of {member.artist.name} may do that; you may look.")


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Sends a visitor to sign in, and back afterwards."""
    if htmx := getattr(request, "htmx", None):
        # The whole page goes to sign in: a redirect would put the sign-in page into the fragment's place.
        return HttpResponseClientRedirect(redirect_to_login(htmx.current_url_abs_path or "/").url)
    return redirect_to_login(request.get_full_path())
