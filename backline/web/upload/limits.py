"""How much one request may bring, asked before anything of its body is read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.http import HttpRequest

from backline.integrations import audio

COVER_AND_FIELDS_BYTES = 6 * 1024 * 1024
RECORDING_BYTES = audio.DEFAULT.max_bytes + COVER_AND_FIELDS_BYTES


def too_large(request: HttpRequest, most_bytes: int = RECORDING_BYTES) -> str:
    """A sentence when the announced body is larger than `most_bytes`; else empty."""
    announced = request.META.get("CONTENT_LENGTH") or "0"
    if announced.isdigit() and int(announced) <= most_bytes:
        return ""
    most = (audio.DEFAULT.max_bytes if most_bytes == RECORDING_BYTES else most_bytes) // 1_000_000
    return f"What you sent is larger than {most} MB."


def path_of(file: UploadedFile[Any]) -> Path:
    """Where an uploaded file lies on disk; it is removed after the request unless it was moved."""
    # The settings name the one upload handler that streams to disk.
    assert isinstance(file, TemporaryUploadedFile)
    return Path(file.temporary_file_path())
