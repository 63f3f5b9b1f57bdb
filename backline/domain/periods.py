"""Periods: which reporting days a figure covers.

"Last 30 days" are the 30 complete days before today; today is shown apart. `today` is the reporting day of now, in
the reporting zone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

LAST_DAYS = {"7d": 7, "30d": 30, "90d": 90}
KEYS = (*LAST_DAYS, "all")
DEFAULT_KEY = "30d"
LIVE_MINUTES, LIVE_HOURS = 5, 48
LONGEST_DAYS = 36_525  # a hundred years
EARLIEST = date(1900, 1, 1)
_CUSTOM = re.compile(r"(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)", re.ASCII)


class PeriodError(ValueError):
    """No period is meant; the message is a sentence for the person who asked."""


@dataclass(frozen=True)
class Period:
    """The days from `first_on` to `last_on`, both included. `key` is how addresses name it."""

    key: str
    first_on: date
    last_on: date

    @property
    def days(self) -> int:
        """How many days, at least 1."""
        return (self.last_on - self.first_on).days + 1

    @property
    def label(self) -> str:
        """How screens name it.

        >>> Period("30d", date(2026, 2, 16), date(2026, 3, 17)).label
        'Last 30 days'
        """
        if self.key in LAST_DAYS:
            return f"Last {LAST_DAYS[self.key]} days"
        return (
            "All time" if self.key == "all" else f"{self.first_on.isoformat()} to {self.last_on.isoformat()}"
        )

    def __contains__(self, day: date) -> bool:
        return self.first_on <= day <= self.last_on


def parse(key: str, *, today: date, first_on: date) -> Period:
    """The period of a key: `7d`, `30d`, `90d`, `all`, or `YYYY-MM-DD..YYYY-MM-DD`.

    `all` runs from `first_on` (the first day with anything to count) to yesterday. A custom period may end today.

    >>> parse("7d", today=date(2026, 3, 18), first_on=date(2025, 1, 1)).first_on
    datetime.date(2026, 3, 11)

    Raises:
        PeriodError: junk, reversed, in the future, or longer than a hundred years.
    """
    yesterday = today - timedelta(days=1)
    if key in LAST_DAYS:
        return Period(key, today - timedelta(days=LAST_DAYS[key]), yesterday)
    if key == "all":
        return Period(key, min(first_on, yesterday), yesterday)
    if not (match := _CUSTOM.fullmatch(key)):
        raise PeriodError("A period is 7d, 30d, 90d, all, or two dates such as 2026-01-31..2026-02-28.")
    return custom(_day(match[1]), _day(match[2]), today=today)


def custom(first_on: date, last_on: date, *, today: date) -> Period:
    """The period between two dates, both included.

    Raises:
        PeriodError: reversed, in the future, or longer than a hundred years.
    """
    if first_on > last_on:
        raise PeriodError(f"The period ends on {last_on} before it begins on {first_on}.")
    if last_on > today:
        raise PeriodError(f"The period ends on {last_on}, which is in the future; today is {today}.")
    if first_on < EARLIEST or (last_on - first_on).days >= LONGEST_DAYS:
        raise PeriodError("A period is at most 100 years long and begins in 1900 or later.")
    return Period(f"{first_on.isoformat()}..{last_on.isoformat()}", first_on, last_on)


def previous(period: Period) -> Period | None:
    """The period of equal length that ends the day before; nothing comes before `all`.

    >>> previous(Period("7d", date(2026, 3, 11), date(2026, 3, 17))).last_on
    datetime.date(2026, 3, 10)
    """
    if period.key == "all":
        return None
    last_on = period.first_on - timedelta(days=1)
    first_on = period.first_on - timedelta(days=period.days)
    return Period(f"{first_on.isoformat()}..{last_on.isoformat()}", first_on, last_on)


def month_to_date(today: date) -> Period:
    """ "This month": from the first of the calendar month to today, today included."""
    return custom(today.replace(day=1), today, today=today)


def week_to_date(today: date) -> tuple[Period, Period]:
    """ "This week": from Monday to today, and the same days of the week before.

    >>> [period.first_on.day for period in week_to_date(date(2026, 3, 18))]
    [16, 9]
    """
    monday, week = today - timedelta(days=today.weekday()), timedelta(days=7)
    return custom(monday, today, today=today), custom(monday - week, today - week, today=today)


def reporting_day(instant: datetime, zone: ZoneInfo) -> date:
    """The day in `zone` that an aware instant falls into.

    Raises:
        ValueError: the instant has no zone, so nobody can know its day.
    """
    if instant.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return instant.astimezone(zone).date()


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise PeriodError(f"{text} is not a date.") from None
