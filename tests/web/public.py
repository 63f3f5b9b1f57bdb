"""Public beats for the tests of public pages."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from backline.catalog.models import Beat
from backline.core import files
from backline.people.models import Artist
from tests.listening.world import make_beat

AUDIO = b"\xff\xfb" + bytes(4000)


def public_beat(
    artist: Artist, *, now: datetime, name: str = "Night Bus", ready: bool = True, **more: Any
) -> Beat:
    """A beat that everybody may hear; `ready` when its stream and waveform are made."""
    beat = make_beat(artist, now=now, name=name, **more)
    beat.first_published_at = beat.published_at = now
    beat.bpm, beat.key, beat.scale = 86, 2, Beat.Scale.MINOR
    beat.save()
    if ready:
        recording = beat.recording
        recording.peaks, recording.stream_key = bytes(range(256)), f"{recording.folder}/stream.mp3"
        files.write(recording.stream_key, AUDIO)
        recording.save()
    return beat


def many(artist: Artist, count: int, *, now: datetime) -> list[Beat]:
    """So many public beats, the first the oldest."""
    return [public_beat(artist, now=now + timedelta(minutes=n), name=f"Beat {n + 1}") for n in range(count)]
