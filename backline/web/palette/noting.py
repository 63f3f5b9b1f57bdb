"""Notes which beats, collections and artists an account opens in the backstage: what the palette offers first."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from backline.core import clock
from backline.core.latest import Latest
from backline.people.queries import artist_id_of
from backline.web import viewer
from backline.web.models import Opened
from backline.web.palette.actions import remember

log = logging.getLogger("backline.web")
NOTED = {
    "beat-form": (Opened.Kind.BEAT, "beat_id"),
    "receipts": (Opened.Kind.BEAT, "beat_id"),
    "beat-insights": (Opened.Kind.BEAT, "beat_id"),
    "collection-form": (Opened.Kind.COLLECTION, "collection_id"),
    "collection-insights": (Opened.Kind.COLLECTION, "collection_id"),
    "artist": (Opened.Kind.ARTIST, "handle"),
}
"""Names of views, with what each is about and the part of its address that says which."""
_last: Latest[int, tuple[str, int]] = Latest(most=1_000)


class NotingMiddleware:
    """After a page about one thing was shown: the account opened it. The same one again at once is not written."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "GET" and response.status_code == 200 and not getattr(request, "htmx", False):
            try:
                _note(request)
            except DatabaseError:  # the page is made, and a note of it is no reason to withhold it
                log.exception("what was opened could not be noted")
        return response


def _note(request: HttpRequest) -> None:
    if viewer.looking(request):
        return  # it is not the account that opened it
    match = request.resolver_match
    noted = NOTED.get(match.view_name) if match else None
    account = viewer.account(request) if noted else None
    if match is None or noted is None or account is None:
        return
    kind, part = noted
    said = match.kwargs[part]
    number = said if isinstance(said, int) else artist_id_of(said)
    if number is None or _last.get(account.pk) == (kind, number):
        return
    remember(account, kind=kind, number=number, now=clock.now())
    _last.put(account.pk, (kind, number))
