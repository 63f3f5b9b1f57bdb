"""Calendar windows that come back every year, and months added to an instant."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo


def in_season(day: date, first_day: str, last_day: str) -> bool:
    """Whether a day lies in a window given as MM-DD, both ends included; it may cross the end of the year.

    >>> in_season(date(2026, 1, 2), "12-31", "01-02"), in_season(date(2026, 1, 3), "12-31", "01-02")
    (True, False)
    """
    here = f"{day:%m-%d}"
    if first_day <= last_day:
        return first_day <= here <= last_day
    return here >= first_day or here <= last_day


def season_days(first_day: str, last_day: str, *, today: date) -> tuple[date, date]:
    """The window that is open on `today`, or the next one.

    >>> season_days("12-31", "01-02", today=date(2026, 1, 1))
    (datetime.date(2025, 12, 31), datetime.date(2026, 1, 2))
    """
    crosses = first_day > last_day
    for year in (today.year - 1, today.year, today.year + 1):
        last_on = date.fromisoformat(f"{year + crosses}-{last_day}")
        if last_on >= today:
            return date.fromisoformat(f"{year}-{first_day}"), last_on
    raise AssertionError("every window comes back within a year")


def first_in_season(
    instants: Iterable[datetime], *, first_day: str, last_day: str, zone: ZoneInfo
) -> datetime | None:
    """The earliest of some instants whose day in `zone` lies in the window."""
    inside = (at for at in instants if in_season(at.astimezone(zone).date(), first_day, last_day))
    return min(inside, default=None)


def add_months(instant: datetime, months: int, *, zone: ZoneInfo) -> datetime:
    """The same day and time so many months later; the last day of a month that has no such day.

    >>> add_months(datetime(2025, 11, 30, tzinfo=ZoneInfo("UTC")), 3, zone=ZoneInfo("UTC")).day
    28
    """
    local = instant.astimezone(zone)
    month = local.year * 12 + local.month - 1 + months
    year, month = month // 12, month % 12 + 1
    day = min(local.day, monthrange(year, month)[1])
    return local.replace(year=year, month=month, day=day).astimezone(instant.tzinfo)
