"""What was looked up a moment ago: values kept for a few seconds, so that a burst of requests asks once."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Recent(Generic[K, V]):
    """At most `most` values, none older than `for_`. Its single steps are atomic, so threads may share it."""

    def __init__(self, *, for_: timedelta, most: int) -> None:
        self._for = for_
        self._most = most
        self._kept: dict[K, tuple[datetime, V]] = {}

    def get(self, key: K, now: datetime) -> V | None:
        """The value, or None when it is not known or too old. A clock that was set back makes it too old, too."""
        entry = self._kept.get(key)
        return entry[1] if entry is not None and abs(now - entry[0]) < self._for else None

    def put(self, key: K, value: V, now: datetime) -> None:
        """Keeps a value. When there are too many all are dropped: what is in use comes back at once."""
        if len(self._kept) >= self._most:
            self._kept.clear()
        self._kept[key] = (now, value)

    def clear(self) -> None:
        """Drops everything."""
        self._kept.clear()
