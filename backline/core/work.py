"""The worker: lanes of small jobs, each a thread that calls its job again and again.

A job claims one piece of work by a conditional UPDATE, does it and says whether there was any. A lane whose job
found nothing rests for its interval; a job that raises is logged and tried again after a growing pause, so that
one broken piece never stops the others.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import connections

log = logging.getLogger("backline.worker")
LONGEST_PAUSE_S = 60.0


@dataclass(frozen=True)
class Lane:
    """A named job and how long it rests, in seconds, when it found nothing to do."""

    name: str
    job: Callable[[], bool]
    rest_s: float


def run(lanes: Sequence[Lane], stop: threading.Event) -> None:
    """Runs every lane until `stop` is set, then waits for the work in hand to end."""
    threads = [
        threading.Thread(target=_drive, args=(lane, stop), name=lane.name, daemon=True) for lane in lanes
    ]
    for thread in threads:
        thread.start()
    stop.wait()
    for thread in threads:
        thread.join(timeout=20)


def _drive(lane: Lane, stop: threading.Event) -> None:
    failures = 0
    while not stop.is_set():
        try:
            busy = lane.job()
            failures = 0
        except Exception:
            failures += 1
            busy = False
            log.exception("%s failed (%d in a row)", lane.name, failures)
            connections.close_all()
        if not busy:
            stop.wait(min(LONGEST_PAUSE_S, lane.rest_s * 2**failures))
    connections.close_all()
