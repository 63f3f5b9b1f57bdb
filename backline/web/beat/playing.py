"""Letting a listener start a beat: who they are, the ticket of the listen, and where the stream is."""

from __future__ import annotations

import secrets
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, JsonResponse

from backline.catalog.covers import beat_cover
from backline.catalog.models import Beat
from backline.catalog.queries import is_credited
from backline.core import clock
from backline.listening import tickets
from backline.listening.addresses import client_address
from backline.listening.origins import VISITOR_COOKIE, PlayerOrigin, listener_key, listener_keys, visitor_id
from backline.shop.queries import holds_paid_plan
from backline.web import viewer
from backline.web.media.addresses import stream_address
from backline.web.tracks import wave_of

BAR_BARS = 160


def admit(request: HttpRequest, beat: Beat, *, listen: UUID, ticket: str = "") -> JsonResponse:
    """The answer that starts a listen, and the visitor's cookie if there was none. Keeps a ticket that still holds."""
    now = clock.now()
    held = request.COOKIES.get(VISITOR_COOKIE, "")
    visitor = visitor_id(held) or secrets.token_urlsafe(16)
    key = sound_key(request, beat, now=now)
    answer = JsonResponse(
        answer_of(_origin(request, visitor), beat, key=key, listen=listen, ticket=ticket, now=now)
    )
    answer["Cache-Control"] = "no-store"
    if visitor != held:
        answer.set_cookie(VISITOR_COOKIE, visitor, httponly=True, samesite="Lax", secure=settings.BEHIND_TLS)
    return answer


def answer_of(
    origin: PlayerOrigin, beat: Beat, *, key: str, listen: UUID, ticket: str, now: datetime
) -> dict[str, object]:
    """What the player is told: its ticket, where the file with this key is for ten minutes, and what it shows."""
    return {
        "ticket": _ticket(origin, beat, listen=listen, ticket=ticket, now=now),
        "stream": stream_address(beat.recording_id, key=key, listen=listen, now=now),
        "duration_ms": beat.recording.duration_ms,
        "beat": _shown(beat),
    }


def sound_key(request: HttpRequest, beat: Beat, *, now: datetime) -> str:
    """Which file this listener hears. The signed address carries it, so that nobody can ask for the other one.

    While there is no preview yet, everybody hears the stream.
    """
    recording = beat.recording
    if not recording.preview_key or may_hear_clean(request, beat, now=now):
        return recording.stream_key
    return recording.preview_key


def may_hear_clean(request: HttpRequest, beat: Beat, *, now: datetime) -> bool:
    """Whether the listener holds a paid plan, or is a member of an artist that is credited on the beat."""
    account = viewer.account(request)
    if account is None:
        return False
    own = {member.artist_id for member in viewer.memberships(request)}
    if own and (beat.artist_id in own or is_credited(beat.pk, own)):
        return True
    return holds_paid_plan(account.pk, now=now)


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
