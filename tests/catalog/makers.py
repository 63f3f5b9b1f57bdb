"""Recordings and beats without decoding anything, and what a file store holds."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path

from backline.catalog import actions
from backline.catalog.fields import BeatFields
from backline.catalog.models import Beat, Recording, Step
from backline.core import files
from backline.people.models import Account, Artist

COMPLETE = BeatFields(
    name="Low Tide",
    description="Slow and wide.",
    genres=("trap",),
    tags=("dark", "sub bass", "slow"),
    bpm=140,
    key=5,
    scale="minor",
    sample_status="cleared",
    ai_declaration="human",
)


def make_recording(
    artist: Artist, *, now: datetime, file_name: str = "low-tide.wav", ready: bool = True
) -> Recording:
    """A recording of 40 s whose stream is `ready` or waits."""
    number = Recording.objects.count()
    recording = Recording.objects.create(
        artist=artist,
        file_name=file_name,
        original_key=f"recordings/{number}/original.wav",
        container="wav",
        channels=2,
        rate=44_100,
        duration_ms=40_000,
        size_bytes=7_056_044,
        sha256=hashlib.sha256(str(number).encode()).hexdigest(),
        peaks=bytes(range(240)) * 5,
        stream_key=f"recordings/{number}/stream.mp3" if ready else "",
        created_at=now,
    )
    state = Step.State.DONE if ready else Step.State.WAITING
    Step.objects.create(recording=recording, kind=Step.Kind.WAVEFORM, state=Step.State.DONE)
    Step.objects.create(recording=recording, kind=Step.Kind.STREAM, state=state)
    return recording


def make_draft(
    artist: Artist, *, account: Account, now: datetime, fields: BeatFields = COMPLETE, ready: bool = True
) -> Beat:
    """A draft, complete unless told otherwise."""
    recording = make_recording(artist, now=now, ready=ready)
    return actions.create_beat(artist, recording=recording, account=account, fields=fields, now=now)


def make_public(artist: Artist, *, account: Account, now: datetime, fields: BeatFields = COMPLETE) -> Beat:
    """A public beat."""
    return actions.publish_beat(make_draft(artist, account=account, fields=fields, now=now), now=now)


def stored_files() -> list[str]:
    """Every file in the store, drafts included, by key."""
    root = files.path("incoming").parent
    return sorted(str(place.relative_to(root)) for place in root.rglob("*") if place.is_file())


def nothing_is_stored() -> bool:
    """Neither a row nor a file of any upload."""
    return stored_files() == [] and not Recording.objects.exists() and not Beat.objects.exists()


def picture(path: Path, *, side: int = 600) -> Path:
    """A square PNG with something on it."""
    from PIL import Image

    image = Image.linear_gradient("L").resize((side, side)).convert("RGB")
    image.save(path)
    return path
