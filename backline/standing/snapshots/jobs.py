"""What the worker runs for the boards."""

from __future__ import annotations

from backline.core import clock
from backline.standing.snapshots import actions

EVERY_S = 300.0


def take_snapshots() -> bool:
    """Takes the snapshots of now: run it every five minutes. There is never more to do at once."""
    actions.take_snapshots(clock.now())
    return False
