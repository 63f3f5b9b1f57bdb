"""What the embedded player shows, and how others learn of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, JsonResponse

from backline.catalog.covers import Cover, beat_cover
from backline.catalog.models import Beat
from backline.catalog.queries import featured_beat
from backline.core import clock
from backline.listening.addresses import client_address
from backline.listening.origins import PlayerOrigin
from backline.people.queries import artist_by_handle
from backline.web.beat.playing import answer_of
from backline.web.numbers import number_in
from backline.web.tracks import wave_of

BARS = 120
WIDTH, HEIGHT, LEAST_WIDTH = 480, 160, 240
_BEAT = re.compile(r"/beats/(\d{1,15})(?:-[\w-]*)?/?", re.ASCII)
_ARTIST = re.compile(r"/@([\w-]{1,40})/?", re.ASCII)


@dataclass(frozen=True)
class Shown:
    """One beat in a small frame; `wave` is an SVG path of `BARS`."""

    cover: Cover
    wave: str
    ready: bool


def shown(beat: Beat) -> Shown:
    """What the frame shows."""
    return Shown(beat_cover(beat), wave_of(beat, bars=BARS), bool(beat.recording.stream_key))


def site(request: HttpRequest) -> str:
    """Scheme and host: links lead out of the frame."""
    return f"{request.scheme}://{request.get_host()}"


def begin(request: HttpRequest, beat: Beat, *, listen: UUID, ticket: str) -> JsonResponse:
    """The answer that starts a listen: a visitor's, known by the network address alone, who hears the preview."""
    address = client_address(
        request.META.get("REMOTE_ADDR", ""),
        request.META.get("HTTP_X_FORWARDED_FOR", ""),
        trusted_hops=settings.TRUSTED_PROXY_HOPS,
    )
    recording = beat.recording
    key = recording.preview_key or recording.stream_key
    origin = PlayerOrigin(address=address)
    return JsonResponse(answer_of(origin, beat, key=key, listen=listen, ticket=ticket, now=clock.now()))


def beat_in(url: str, request: HttpRequest) -> int | None:
    """The beat that stands for this address of this site: its own page's, or what a profile leads with; else None."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.netloc != request.get_host():
        return None
    if match := _BEAT.fullmatch(parts.path):
        return int(match[1])
    profile = _ARTIST.fullmatch(parts.path)
    return _leading_beat(profile[1]) if profile else None


def _leading_beat(handle: str) -> int | None:
    """The beat that the artist features, else its newest; an address the artist had before leads there too."""
    artist = artist_by_handle(handle)
    if artist is None:
        return None
    chosen = featured_beat(artist.pk)
    if chosen and chosen.shown:
        return chosen.id
    own = Beat.objects.public().credited_to(artist.pk).order_by("-first_published_at", "-id")
    return own.values_list("pk", flat=True).first()


def oembed(beat: Beat, request: HttpRequest) -> dict[str, object]:
    """The answer, in the size that the asking page has room for."""
    width = max(LEAST_WIDTH, min(WIDTH, number_in(request.GET.get("maxwidth", "")) or WIDTH))
    height = min(HEIGHT, number_in(request.GET.get("maxheight", "")) or HEIGHT)
    here, cover = site(request), beat_cover(beat).large
    title = f"{beat.name} by {beat.artist.name}"
    return {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "author_name": beat.artist.name,
        "author_url": f"{here}{beat.artist.get_absolute_url()}",
        "provider_name": "Backline",
        "provider_url": here,
        "thumbnail_url": f"{here}{cover}",
        "thumbnail_width": 800,
        "thumbnail_height": 800,
        "width": width,
        "height": height,
        "html": frame(f"{here}/embed/{beat.pk}/", title, width=width, height=height),
    }


def frame(address: str, title: str, *, width: int, height: int = HEIGHT) -> str:
    """The HTML that shows the player in another page."""
    return (
        f'<iframe src="{escape(address)}" title="{escape(title)}" width="{width}" height="{height}"'
        ' frameborder="0" allow="autoplay" loading="lazy"></iframe>'
    )
