"""Room for requests at work: what is decoded and waits for the store never takes more memory than stated here."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic


class NoRoomError(Exception):
    """Nothing became free in time: the sender shall come again."""


class Room:
    """At most `requests` at once, whose bodies have at most `size` bytes together (one alone may have any size).

    Who finds no room waits up to `wait_s`, but not at all when nobody has left for `stalled_s`: then the store is
    stuck, and threads that wait for it would be missing for pages.
    """

    def __init__(self, *, requests: int, size: int, wait_s: float, stalled_s: float) -> None:
        self._most = requests
        self._most_size = size
        self._wait_s = wait_s
        self._stalled_s = stalled_s
        self._left = threading.Condition()
        self._requests = 0
        self._size = 0
        self._moved_at = 0.0

    @contextmanager
    def take(self, size: int) -> Iterator[None]:
        """Room for a body of `size` bytes while the block runs.

        Raises:
            NoRoomError: none became free.
        """
        with self._left:
            if not self._fits(size):
                stalled = monotonic() - self._moved_at > self._stalled_s
                if stalled or not self._left.wait_for(lambda: self._fits(size), timeout=self._wait_s):
                    raise NoRoomError
            if not self._requests:
                self._moved_at = monotonic()
            self._requests += 1
            self._size += size
        try:
            yield
        finally:
            with self._left:
                self._requests -= 1
                self._size -= size
                self._moved_at = monotonic()
                self._left.notify_all()

    def _fits(self, size: int) -> bool:
        return not self._requests or (self._requests < self._most and self._size + size <= self._most_size)
