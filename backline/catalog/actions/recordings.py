"""Storing an uploaded recording: checked by content first, then kept whole with its row and steps, or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from backline.catalog.models import Recording, Step
from backline.catalog.queries.quota import quota
from backline.core import files, locks
from backline.core.ids import uuid7
from backline.domain.upload_quota import refusal
from backline.integrations import audio
from backline.people.models import Artist

LONGEST_FILE_NAME = 255


class UploadRefused(Exception):
    """The file or the artist is not accepted. `code` is stable, the text a sentence for the person who uploads."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


@dataclass(frozen=True)
class CheckedAudio:
    """A file that was decoded from beginning to end and accepted, still where it was uploaded to."""

    draft: Path
    file_name: str
    probe: audio.Probe
    size_bytes: int
    sha256: str


def store_recording(
    artist: Artist, *, draft: Path, file_name: str, now: datetime, decoded: dict[str, Any] | None = None
) -> Recording:
    """Checks the file `draft` in a limited child process, keeps it, and lets its other steps wait for the worker.

    `draft` lies in the store's incoming folder and is moved, not copied. Checking decodes the whole file and so finds
    the waveform too. When anything fails, no file, folder or row is left of it beside `draft` itself, which the caller
    owns until it was moved. `decoded` is for a file of ours, as in `audio.check`.

    Raises:
        UploadRefused: the artist may not upload, or the file is not an accepted recording.
        audio.Failed: the file could not be looked at; it may be good.
    """
    checked = check_audio(artist, draft=draft, file_name=file_name, decoded=decoded)
    with keeping(checked, now=now) as key, transaction.atomic():
        return create_recording(artist, checked=checked, key=key, now=now)


def check_audio(
    artist: Artist, *, draft: Path, file_name: str, decoded: dict[str, Any] | None = None
) -> CheckedAudio:
    """Whether the artist may upload and the file is one we take. Writes nothing; takes seconds for a long file.

    Raises:
        UploadRefused, audio.Failed: as in `store_recording`.
    """
    demand_may_upload(artist)
    try:
        probe = audio.check(draft, file_name, decoded=decoded)
    except audio.Refused as refusal:
        raise UploadRefused(refusal.code, refusal.sentence) from refusal
    with draft.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return CheckedAudio(draft, short_name(file_name), probe, draft.stat().st_size, sha256)


def demand_may_upload(artist: Artist) -> None:
    """Lets pass an artist who may upload.

    Raises:
        UploadRefused: uploading is switched off for this artist.
    """
    if not artist.can_upload or artist.revoked_at is not None:
        raise UploadRefused("cannot_upload", f"{artist.name} cannot upload at the moment. Contact support.")


def demand_room(
    artist: Artist, *, size_bytes: int, now: datetime, duration_ms: int = 0, without: UUID | None = None
) -> None:
    """Lets pass a file that the artist's quota has room for. Inside a transaction the answer holds to its end.

    Raises:
        UploadRefused: no room, and what can be done.
    """
    if connection.in_atomic_block:
        locks.hold(f"quota of {artist.pk}")
    found = refusal(
        quota(artist.pk, now=now, without=without), size_bytes=size_bytes, duration_ms=duration_ms
    )
    if found is not None:
        raise UploadRefused(found.code, found.sentence)


@contextmanager
def keeping(checked: CheckedAudio, *, now: datetime) -> Iterator[str]:
    """Moves the file to a new folder and answers its key; the folder goes again when the block fails."""
    folder = f"recordings/{uuid7(now)}"
    key = f"{folder}/original.{checked.probe.container}"
    try:
        files.keep(checked.draft, key)
        yield key
    except BaseException:
        files.remove_folder(folder)
        raise


def create_recording(artist: Artist, *, checked: CheckedAudio, key: str, now: datetime) -> Recording:
    """The rows of a kept file, inside the caller's transaction: the waveform is known, the rest waits."""
    probe = checked.probe
    recording = Recording.objects.create(
        artist=artist,
        file_name=checked.file_name,
        original_key=key,
        container=probe.container,
        channels=probe.channels,
        rate=probe.rate,
        duration_ms=probe.duration_ms,
        size_bytes=checked.size_bytes,
        sha256=checked.sha256,
        peaks=probe.peaks,
        created_at=now,
    )
    done = Step(recording=recording, kind=Step.Kind.WAVEFORM, state=Step.State.DONE, attempts=1, ended_at=now)
    # The analysis last: the lane that takes the newest step first does it while somebody fills in the form.
    later = (Step.Kind.PREVIEW, Step.Kind.STREAM, Step.Kind.ANALYSIS)
    waiting = [Step(recording=recording, kind=kind) for kind in later]
    Step.objects.bulk_create([done, *waiting])
    return recording


def short_name(file_name: str) -> str:
    """The last part of a name that may carry folders, cut from the front so that the ending stays."""
    name = "".join(
        letter for letter in file_name.replace("\\", "/").rpartition("/")[2] if letter.isprintable()
    )
    return name[-LONGEST_FILE_NAME:] or "recording"
