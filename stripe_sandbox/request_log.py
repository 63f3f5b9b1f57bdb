"""The last requests and their answers, for a person to look at; they are forgotten when the process ends."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass

KEPT = 1000


@dataclass(frozen=True)
class Entry:
    """One request. `status` 0: the connection was closed without an answer."""

    id: str
    at: int
    method: str
    path: str
    status: int
    key: str
    account: str
    sent: str
    answer: str


class RequestLog:
    """The last requests. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._entries: OrderedDict[str, Entry] = OrderedDict()

    def add(self, entry: Entry) -> None:
        """Keeps one more, and forgets the oldest."""
        with self._lock:
            self._entries[entry.id] = entry
            while len(self._entries) > KEPT:
                self._entries.popitem(last=False)

    def last(self, count: int) -> list[Entry]:
        """The last ones, newest first."""
        with self._lock:
            return list(self._entries.values())[: -count - 1 : -1]

    def get(self, id: str) -> Entry:
        """The request with this id.

        Raises:
            LookupError: it was forgotten, or never was.
        """
        with self._lock:
            if id not in self._entries:
                raise LookupError(f"There is no request {id} (any more).")
            return self._entries[id]

    def clear(self) -> None:
        """Forgets all."""
        with self._lock:
            self._entries.clear()
