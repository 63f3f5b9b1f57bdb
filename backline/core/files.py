"""Files under one root, addressed by relative keys kept in the database.

A file is written beside its place, flushed to disk and renamed: a key names a whole file or none.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.conf import settings


def path(key: str) -> Path:
    """Where `key` lives.

    Raises:
        ValueError: the key leaves the root.
    """
    root = Path(settings.FILES_ROOT).resolve()
    place = (root / key).resolve()
    if not place.is_relative_to(root) or place == root:
        raise ValueError(f"{key!r} is not a file key")
    return place


def keep(draft: Path, key: str) -> None:
    """Moves the finished file `draft` to `key`, durably. `draft` must be on the same file system."""
    place = path(key)
    place.parent.mkdir(parents=True, exist_ok=True)
    with open(draft, "rb") as file:
        os.fsync(file.fileno())
    os.replace(draft, place)
    os.chmod(place, 0o640)
    # The folder may be new: its own name must reach the disk as well.
    sync_folder(place.parent)
    sync_folder(place.parent.parent)


def write(key: str, content: bytes) -> None:
    """Stores `content` under `key`, durably, in place of what was there."""
    with draft() as file:
        file.write_bytes(content)
        keep(file, key)


def write_folder(key: str, contents: Mapping[str, bytes]) -> None:
    """Stores files, by their names, in a new folder `key`: all of them or none."""
    try:
        for name, content in contents.items():
            write(f"{key}/{name}", content)
    except BaseException:
        remove_folder(key)
        raise


@contextmanager
def draft(suffix: str = "") -> Iterator[Path]:
    """An empty temporary file on the same file system as the store; removed at the end unless it was kept."""
    incoming = incoming_folder()
    descriptor, name = tempfile.mkstemp(suffix=suffix, dir=incoming)
    os.close(descriptor)
    place = Path(name)
    try:
        yield place
    finally:
        place.unlink(missing_ok=True)


def incoming_folder() -> Path:
    """Where uploads and drafts are written before they are kept; made when missing."""
    folder = Path(settings.FILES_ROOT) / "incoming"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def remove_old_drafts(*, before: datetime) -> int:
    """Removes uploads and drafts that nobody has written to since `before`; says how many."""
    old = [
        place for place in incoming_folder().iterdir() if place.is_file() and _changed_before(place, before)
    ]
    for place in old:
        place.unlink(missing_ok=True)
    return len(old)


def folders_in(key: str, *, before: datetime) -> list[str]:
    """The keys of the folders directly in folder `key` that have not changed since `before`."""
    place = path(key)
    if not place.is_dir():
        return []
    old = (folder.name for folder in place.iterdir() if folder.is_dir() and _changed_before(folder, before))
    return [f"{key}/{name}" for name in sorted(old)]


def files_in(key: str, *, before: datetime) -> list[str]:
    """The keys of the files directly in folder `key` that have not changed since `before`."""
    place = path(key)
    if not place.is_dir():
        return []
    old = (file.name for file in place.iterdir() if file.is_file() and _changed_before(file, before))
    return [f"{key}/{name}" for name in sorted(old)]


def remove_folder(key: str) -> None:
    """Removes the folder `key` and all in it; nothing happens when it is not there."""
    shutil.rmtree(path(key), ignore_errors=True)


def sync_folder(folder: Path) -> None:
    """Brings the names in a folder to the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _changed_before(place: Path, instant: datetime) -> bool:
    return place.stat().st_mtime < instant.timestamp()
