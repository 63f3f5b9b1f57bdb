"""What the worker runs for the weekly summary."""

from __future__ import annotations

from backline.core import clock
from backline.web.digest.actions import sum_up_next


def sum_up_week() -> bool:
    """Writes one account's summary; says whether there was one left to write."""
    return sum_up_next(now=clock.now())
