"""What the worker runs for XP and achievements. Each job says whether there is more to do at once."""

from __future__ import annotations

from backline.core import clock
from backline.standing import actions

ROUND_EVERY_S = 300.0


def run_round() -> bool:
    """Brings everybody up to date: run it every five minutes."""
    actions.run_round(now=clock.now())
    return False


def answer_request() -> bool:
    """Computes one artist that somebody asked for: run it every second."""
    return actions.answer_request(now=clock.now())
