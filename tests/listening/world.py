"""Beats and events for the tests of listening, as short as what they are about."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from backline.catalog.models import Beat, Credit, Recording
from backline.core.ids import uuid7
from backline.listening import tickets
from backline.listening.intake import ItemResult, receive
from backline.listening.origins import BackEndOrigin, PlayerOrigin, listener_key
from backline.people.models import Artist

BROWSER = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36"
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
    " Version/17.5 Mobile/15E148 Safari/604.1"
)
ROBOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
PLATFORM = BackEndOrigin(account_id=999_999)
LENGTH_MS = 180_000


def make_beat(
    artist: Artist,
    *,
    now: datetime,
    name: str = "Night Bus",
    state: str = Beat.State.PUBLIC,
    length_ms: int = LENGTH_MS,
    guests: dict[Artist, datetime] | None = None,
) -> Beat:
    """A beat of the artist; `guests` accepted their credit at that moment."""
    recording = Recording.objects.create(
        artist=artist,
        file_name="a.wav",
        original_key=f"recordings/{uuid7(now)}/original.wav",
        container="wav",
        channels=2,
        rate=44_100,
        duration_ms=length_ms,
        size_bytes=1,
        sha256="0" * 64,
        created_at=now,
    )
    beat = Beat.objects.create(
        artist=artist, recording=recording, name=name, state=state, created_at=now, updated_at=now
    )
    for position, (guest, at) in enumerate({artist: now, **(guests or {})}.items()):
        Credit.objects.create(
            beat=beat,
            artist=guest,
            position=position,
            state=Credit.State.ACCEPTED,
            invited_at=at,
            answered_at=at,
        )
    return beat


def text(instant: datetime) -> str:
    """An instant as events write it."""
    return instant.isoformat().replace("+00:00", "Z")


def listen(
    beat: Beat, *, at: datetime, listener: str | None = "lee", heard: Any = None, **more: Any
) -> dict[str, Any]:
    """A back end's final listen of 60 s that began at `at`."""
    event = {
        "id": str(uuid7(at)),
        "type": "listen",
        "beat": beat.pk,
        "listener": listener,
        "started_at": text(at),
        "heard": [[0, 60]] if heard is None else heard,
        "final": True,
    }
    return event | more


def download(beat: Beat, *, at: datetime, listener: str | None = "lee", **more: Any) -> dict[str, Any]:
    """A back end's download."""
    event = {"id": str(uuid7(at)), "type": "download", "beat": beat.pk, "listener": listener, "at": text(at)}
    return event | {"licence": {"type": "standard", "url": "https://example.com/licence/1"}} | more


def send(*events: Any, now: datetime, origin: BackEndOrigin | PlayerOrigin = PLATFORM) -> list[ItemResult]:
    """What intake answers."""
    return receive(list(events), origin=origin, now=now)


class Player:
    """A browser that plays one beat: it holds the ticket and reports what was heard."""

    def __init__(self, beat: Beat, *, now: datetime, **origin: Any) -> None:
        self.origin = PlayerOrigin(
            **({"visitor": "v" * 22, "address": "203.0.113.7", "agent": BROWSER} | origin)
        )
        self.id: UUID = uuid7(now)
        self.beat = beat
        self.started_at = now
        key = listener_key(self.origin)
        self.ticket = tickets.issue(self.id, beat_id=beat.pk, listener_key=key, now=now)

    def report(self, *heard: list[float], after_s: float, final: bool = False, **more: Any) -> ItemResult:
        """Sends a checkpoint, or the final report, so many seconds after the start."""
        event = {
            "id": str(self.id),
            "type": "listen",
            "beat": self.beat.pk,
            "heard": list(heard),
            "final": final,
        }
        event |= {"ticket": self.ticket} | more
        return send(event, now=self.started_at + timedelta(seconds=after_s), origin=self.origin)[0]
