"""An artist's public profile and following it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from backline.audience.actions import follow_artist, unfollow_artist
from backline.core import clock
from backline.people.models import Artist
from backline.web import access, viewer
from backline.web.artist import queries
from backline.web.artist.forms import ProfileForm
from backline.web.render import page


def artist(request: HttpRequest, handle: str) -> HttpResponse:
    """The profile; tab, order and page are in the address."""
    found = access.public_artist(handle)
    if request.path != found.get_absolute_url():
        return redirect(found.get_absolute_url(), permanent=True)
    return _profile(request, found, request.GET)


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
    context: dict[str, Any] = {"state": state, "head": queries.head(found, account=account, now=clock.now())}
    if state.tab == "beats":
        context["list"] = queries.beat_list(found, account=account, order=state.order, page=state.page)
        context["partners"] = queries.partners(found)
    if state.tab != "about":
        limit = queries.SIDE_SHOWN if state.tab == "beats" else None
        context["collections"] = queries.collection_cards(found, limit=limit)
    return page(request, "artist/page.html", artist=found, **context)
