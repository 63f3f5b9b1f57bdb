"""Letting a listener start a beat: who they are, the ticket of the listen, and where the stream is."""

from __future__ import annotations

import secrets
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, JsonResponse

from backline.catalog.covers import beat_cover
from backline.catalog.models import Beat
from backline.core import clock
from backline.listening import tickets
from backline.listening.addresses import client_address
from backline.listening.origins import VISITOR_COOKIE, PlayerOrigin, listener_key, listener_keys, visitor_id
from backline.web import viewer
from backline.web.media.addresses import stream_address
from backline.web.tracks import wave_of

BAR_BARS = 160


def admit(request: HttpRequest, beat: Beat, *, listen: UUID, ticket: str = "") -> JsonResponse:
    """The answer that starts a listen, and the visitor's cookie if there was none. Keeps a ticket that still holds."""
    now = clock.now()
    held = request.COOKIES.get(VISITOR_COOKIE, "")
    visitor = visitor_id(held) or secrets.token_urlsafe(16)
    given = {
        "ticket": _ticket(_origin(request, visitor), beat, listen=listen, ticket=ticket, now=now),
        "stream": stream_address(beat.recording_id, key=beat.recording.stream_key, listen=listen, now=now),
        "duration_ms": beat.recording.duration_ms,
        "beat": _shown(beat),
    }
    answer = JsonResponse(given)
    answer["Cache-Control"] = "no-store"
    if visitor != held:
        answer.set_cookie(VISITOR_COOKIE, visitor, httponly=True, samesite="Lax", secure=settings.BEHIND_TLS)
    return answer


def _origin(request: HttpRequest, visitor: str) -> PlayerOrigin:
    account = viewer.account(request)
    return PlayerOrigin(
        account_id=account.pk if account else None,
        visitor=visitor,
        address=client_address(
            request.META.get("REMOTE_ADDR", ""),
            request.META.get("HTTP_X_FORWARDED_FOR", ""),
            trusted_hops=settings.TRUSTED_PROXY_HOPS,
        ),
    )


def _ticket(origin: PlayerOrigin, beat: Beat, *, listen: UUID, ticket: str, now: datetime) -> str:
    """The given ticket when it is good for this listen (only the address had run out), else a new one."""
    held = tickets.read(
        ticket, listen_id=listen, beat_id=beat.pk, listener_keys=listener_keys(origin), now=now
    )
    if held is not None:
        return ticket
    return tickets.issue(listen, beat_id=beat.pk, listener_key=listener_key(origin), now=now)


def _shown(beat: Beat) -> dict[str, object]:
    """What the bar at the bottom says about the beat. A draft leads to where it is edited."""
    return {
        "id": beat.pk,
        "name": beat.name,
        "artist": beat.artist.name,
        "artist_address": beat.artist.get_absolute_url(),
        "address": beat.get_absolute_url() if beat.is_public else f"/backstage/beats/{beat.pk}/",
        "cover": beat_cover(beat).small,
        "duration_ms": beat.recording.duration_ms,
        "wave": wave_of(beat, bars=BAR_BARS),
    }
