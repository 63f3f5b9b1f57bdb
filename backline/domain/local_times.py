"""A day and time on somebody's clock, as an instant: where clocks are put forward, some times never come."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo


class NoSuchTime(ValueError):
    """The clocks never show this time; the text says so."""


def instant(local: datetime, zone: ZoneInfo) -> datetime:
    """The instant, in UTC, at which clocks in `zone` show `local` (no zone); of a time that comes twice the first.

    >>> instant(datetime(2026, 7, 1, 12), ZoneInfo("Europe/Berlin")).hour
    10

    Raises:
        NoSuchTime: clocks go forward over it, or it is beyond every calendar.
    """
    try:
        there = local.replace(tzinfo=zone, fold=0).astimezone(UTC)
    except OverflowError:
        raise NoSuchTime("There is no calendar for that day.") from None
    if there.astimezone(zone).replace(tzinfo=None) != local:
        raise NoSuchTime(
            f"{local:%H:%M} does not come on that day: the clocks in {zone} are put forward over it."
        )
    return there
