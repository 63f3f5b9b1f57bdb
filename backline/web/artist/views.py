"""An artist's public profile and following it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from backline.audience.actions import follow_artist, unfollow_artist
from backline.audience.queries import new_followers
from backline.core import clock
from backline.people.models import Account, Artist, Member
from backline.web import access, viewer
from backline.web.artist import queries
from backline.web.artist.feed import ATOM, atom
from backline.web.artist.forms import ProfileForm, State
from backline.web.render import page


@require_safe
def artist(request: HttpRequest, handle: str) -> HttpResponse:
    """The profile; tab, order and page are in the address."""
    found = access.public_artist(handle)
    if request.path != found.get_absolute_url():
        asked = f"?{request.GET.urlencode()}" if request.GET else ""
        return redirect(f"{found.get_absolute_url()}{asked}", permanent=True)
    return _profile(request, found, request.GET)


@require_safe
def feed(request: HttpRequest, handle: str) -> HttpResponse:
    """The newest beats as an Atom feed."""
    found = access.public_artist(handle)
    if handle != found.handle:
        return redirect("feed", found.handle, permanent=True)
    return HttpResponse(atom(found, site=f"{request.scheme}://{request.get_host()}"), content_type=ATOM)


@require_http_methods(["GET", "HEAD", "POST"])
@access.signed_in
def follow(request: HttpRequest, handle: str) -> HttpResponse:
    """Follows or unfollows; htmx swaps the button, or the profile's head with its count.

    A visitor who had to sign in first comes back here by GET and sees the profile.
    """
    found = access.public_artist(handle)
    account = viewer.account(request)
    if request.method == "POST" and account:
        following = request.POST.get("follow") != "no"
        change = follow_artist if following else unfollow_artist
        change(found, account=account, now=clock.now())
        if request.headers.get("HX-Target") == "follow":
            return page(request, "artist/follow.html", artist=found, following=following)
        if request.headers.get("HX-Target") == "profile-head":
            return _profile(
                request, found, QueryDict(request.headers.get("HX-Current-URL", "").partition("?")[2])
            )
    return redirect(found)


def _profile(request: HttpRequest, found: Artist, address: QueryDict) -> HttpResponse:
    account = viewer.account(request)
    state = ProfileForm(address).state()
    head = queries.head(found, account=account, now=clock.now())
    member = next((each for each in viewer.memberships(request) if each.artist_id == found.pk), None)
    similar = queries.similar(found)
    context = TABS[state.tab](found, account=account, state=state, member=member)
    return page(
        request, "artist/page.html", artist=found, state=state, head=head, links=list(found.links.all()),
        own=_own(found, member), similar=similar.found, similar_at=similar.made_at, **context,
    )  # fmt: skip


def _own(artist: Artist, member: Member | None) -> str:
    """For who edits the artist: what makes a page of the backstage its own; empty for everybody else."""
    return f"?artist={artist.handle}" if member and member.edits else ""


def _beats_tab(artist: Artist, *, account: Account | None, state: State, **_: object) -> dict[str, Any]:
    return {
        "list": queries.beat_list(artist, account=account, order=state.order, page=state.page),
        "partners": queries.partners(artist, limit=queries.SIDE_SHOWN),
        "collections": queries.collection_cards(artist, limit=queries.SIDE_SHOWN),
    }


def _collections_tab(artist: Artist, **_: object) -> dict[str, Any]:
    return {"collections": queries.collection_cards(artist)}


def _about_tab(artist: Artist, **_: object) -> dict[str, Any]:
    return {"photos": list(artist.photos.all())}


def _credits_tab(artist: Artist, **_: object) -> dict[str, Any]:
    return {"partners": queries.partners(artist, limit=queries.PARTNERS_SHOWN)}


def _followers_tab(artist: Artist, *, member: Member | None, **_: object) -> dict[str, Any]:
    """Names are for the artist's own members, and of those who show themselves to producers alone."""
    if member is None:
        return {"known": None}
    found = new_followers(artist.pk, since=artist.created_at, limit=queries.FOLLOWERS_SHOWN)
    return {"known": found}


def _similar_tab(artist: Artist, **_: object) -> dict[str, Any]:
    return {}  # every tab says whether there are any


TABS: dict[str, Callable[..., dict[str, Any]]] = {
    "beats": _beats_tab,
    "collections": _collections_tab,
    "about": _about_tab,
    "credits": _credits_tab,
    "followers": _followers_tab,
    "similar": _similar_tab,
}
