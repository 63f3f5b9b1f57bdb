"""Files that grow piece by piece, each written by one process at a time."""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NO_ROOM = (errno.ENOSPC, errno.EDQUOT)


class Busy(Exception):
    """Somebody else has the file in hand at this moment."""


class NoRoom(Exception):
    """The disk is full; nothing of the piece was kept."""


@contextmanager
def held(place: Path) -> Iterator[int]:
    """A descriptor of the file, made when missing, that nobody else holds; a holder that is killed lets go.

    Raises:
        Busy: it is held. NoRoom: not even an empty file could be made.
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(place, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o640)
    except OSError as error:
        raise _told(error) from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise Busy from None
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def write_at(descriptor: int, offset: int, content: bytes) -> None:
    """Puts `content` at `offset`, over what a piece that was cut off left there.

    Raises:
        NoRoom: the disk is full; the file ends at `offset` again.
    """
    left, place = memoryview(content), offset
    try:
        while left:
            written = os.pwrite(descriptor, left, place)
            left, place = left[written:], place + written
    except OSError as error:
        os.ftruncate(descriptor, offset)
        raise _told(error) from error


def _told(error: OSError) -> Exception:
    return NoRoom() if error.errno in NO_ROOM else error
