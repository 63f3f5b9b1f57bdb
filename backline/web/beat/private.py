"""A private beat, for whoever was given its link: heard with the browser's own player, and never counted as played."""

from __future__ import annotations

from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from backline.catalog import actions
from backline.catalog.covers import beat_cover
from backline.core import clock
from backline.web import access
from backline.web.beat import queries
from backline.web.beat.playing import sound_key
from backline.web.media.addresses import stream_address
from backline.web.render import page


@require_safe
def private_beat(request: HttpRequest, token: str) -> HttpResponse:
    """The beat's page under its link."""
    link = access.private_link(token)
    if request.method == "GET":
        actions.count_open(link)
    beat = link.beat
    cover, sound = beat_cover(beat), queries.sound(beat)
    return _unseen(page(request, "beat/private.html", beat=beat, link=link, cover=cover, sound=sound))


@require_safe
def private_sound(request: HttpRequest, token: str) -> HttpResponse:
    """Leads to the beat's stream for ten minutes; 409 while it is made. A player asks anew for what it skips to."""
    link = access.private_link(token)
    recording, now = link.beat.recording, clock.now()
    if not recording.stream_key:
        return HttpResponse("The audio of this beat is still being prepared.", status=409)
    if request.method == "GET" and request.headers.get("Range", "bytes=0-").startswith("bytes=0-"):
        actions.count_private_play(link)
    key = sound_key(request, link.beat, now=now)
    return _unseen(redirect(stream_address(recording.pk, key=key, listen=uuid4(), now=now)))


def _unseen(answer: HttpResponse) -> HttpResponse:
    """No search engine lists it, no cache keeps it, and no other site learns the address."""
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Cache-Control"] = "no-store"
    answer["Referrer-Policy"] = "no-referrer"
    return answer
