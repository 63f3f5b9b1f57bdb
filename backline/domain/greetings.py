"""The greeting of the dashboard."""

from __future__ import annotations

MORNING, NOON, EVENING = 5, 12, 18  # hours at which each begins


def greeting(hour: int) -> str:
    """The greeting at a local hour, 0 to 23.

    >>> greeting(5), greeting(12), greeting(18), greeting(4)
    ('Good morning', 'Good afternoon', 'Good evening', 'Good evening')
    """
    if MORNING <= hour < NOON:
        return "Good morning"
    return "Good afternoon" if NOON <= hour < EVENING else "Good evening"
