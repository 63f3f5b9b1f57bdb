"""The sandbox's time: the machine's, plus as much as somebody moved it. The only place that asks for the time."""

from __future__ import annotations

import time
from datetime import UTC, datetime

from stripe_sandbox.store import Store


def real_s() -> float:
    """Seconds since 1970 by the machine: for signatures and for when to send again."""
    return time.time()


def now(store: Store) -> int:
    """Seconds since 1970 by the sandbox's clock."""
    return int(time.time()) + int(store.setting("moved_s", 0))


def set_to(store: Store, at: int) -> None:
    """From here on the clock goes on from `at`."""
    store.set("moved_s", at - int(time.time()))


def stamp(at: int) -> str:
    """An instant as /v2 writes it.

    >>> stamp(0)
    '1970-01-01T00:00:00.000Z'
    """
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
