"""Faults on request: the next requests that match go wrong in a named way, so that a client shows what it does then."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from fnmatch import fnmatch

KINDS = (
    "timeout_before", "timeout_after", "error_before", "error_after", "rate_limit", "conflict", "slow",
)  # fmt: skip
BEFORE_500, AFTER_500 = 13, 17
"""Transfers whose amount ends so answer 500 once for each key: before anything happened, and after it did."""


@dataclass
class Fault:
    """`times` requests by `method` to `path` (with `*`) go wrong, after `skip` that go right."""

    kind: str
    method: str = "POST"
    path: str = "*"
    times: int = 1
    seconds: float = 0.0
    skip: int = 0


class Faults:
    """What shall go wrong. Safe to use from several threads; forgotten when the process ends."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: list[Fault] = []
        self._seen: set[tuple[str, int]] = set()

    def add(self, fault: Fault) -> None:
        """Lets the next matching requests go wrong.

        Raises:
            ValueError: there is no such kind.
        """
        if fault.kind not in KINDS:
            raise ValueError(f"A fault is one of {', '.join(KINDS)}, not {fault.kind!r}.")
        with self._lock:
            self._waiting.append(fault)

    def clear(self) -> None:
        """Everything goes right again."""
        with self._lock:
            self._waiting.clear()
            self._seen.clear()

    def waiting(self) -> list[Fault]:
        """What has not gone wrong yet."""
        with self._lock:
            return list(self._waiting)

    def next(self, method: str, path: str) -> Fault | None:
        """What goes wrong with this request; it is used up by asking."""
        with self._lock:
            for fault in self._waiting:
                if fault.method not in ("*", method) or not fnmatch(path, fault.path):
                    continue
                if fault.skip > 0:
                    fault.skip -= 1
                    continue
                fault.times -= 1
                if fault.times <= 0:
                    self._waiting.remove(fault)
                return fault
        return None

    def by_amount(self, path: str, amount: object, key: str) -> str | None:
        """The fault that a magic transfer amount stands for, once for each key."""
        if path != "/v1/transfers" or not isinstance(amount, int) or not key:
            return None
        ending = amount % 100
        with self._lock:
            if ending not in (BEFORE_500, AFTER_500) or (key, ending) in self._seen:
                return None
            self._seen.add((key, ending))
        return "error_before" if ending == BEFORE_500 else "error_after"
