"""What the worker runs for the outbox: mail."""

from __future__ import annotations

from backline.core import clock
from backline.outbox import actions


def send_mail() -> bool:
    """Sends one waiting message; says whether there was one."""
    return actions.send_next(now=clock.now())
