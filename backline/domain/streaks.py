"""The upload calendar: shades, the weeks of a year, streaks and the busiest weekday.

Weekdays are numbered from 0 for Monday. A week begins on the account's first weekday and is named by that date.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

SHADES_FROM = (1, 3, 5, 7)  # uploads a day from which each darker shade begins


@dataclass(frozen=True)
class Grid:
    """A year as columns of weeks; days outside the year are None. `months` are (month, column) of the labels."""

    weeks: tuple[tuple[date | None, ...], ...]
    months: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Streak:
    """Weeks in a row with an upload: from the first day of the first to the last day of the last."""

    weeks: int
    first_on: date
    last_on: date


def shade(uploads: int) -> int:
    """Shade 0 to 4 of a day.

    >>> [shade(uploads) for uploads in (0, 1, 2, 3, 5, 7, 40)]
    [0, 1, 1, 2, 3, 4, 4]
    """
    return sum(uploads >= least for least in SHADES_FROM)


def shade_texts() -> list[tuple[int, str]]:
    """Each shade with the uploads it stands for.

    >>> shade_texts()
    [(0, '0'), (1, '1 to 2'), (2, '3 to 4'), (3, '5 to 6'), (4, '7 or more')]
    """
    bounds = [*pairwise(SHADES_FROM), (SHADES_FROM[-1], 0)]
    texts = [f"{low} to {high - 1}" if high else f"{low} or more" for low, high in bounds]
    return list(enumerate(["0", *texts]))


def week_of(day: date, *, first_weekday: int = 0) -> date:
    """The first day of the week that `day` is in.

    >>> week_of(date(2026, 3, 18)).isoformat(), week_of(date(2026, 3, 18), first_weekday=6).isoformat()
    ('2026-03-16', '2026-03-15')
    """
    return day - timedelta(days=(day.weekday() - first_weekday) % 7)


def year_grid(year: int, *, first_weekday: int = 0) -> Grid:
    """The 53 or 54 weeks that touch a year; a month's label stands over the week of its first day."""
    start = week_of(date(year, 1, 1), first_weekday=first_weekday)
    columns = (date(year, 12, 31) - start).days // 7 + 1
    days = [[start + timedelta(days=7 * column + row) for row in range(7)] for column in range(columns)]
    weeks = tuple(tuple(day if day.year == year else None for day in week) for week in days)
    months = tuple((month, (date(year, month, 1) - start).days // 7) for month in range(1, 13))
    return Grid(weeks, months)


def longest_streak(days: Iterable[date], *, first_weekday: int = 0) -> Streak | None:
    """The longest streak, the latest of equally long ones; None without uploads."""
    return max(
        _streaks(days, first_weekday), key=lambda streak: (streak.weeks, streak.first_on), default=None
    )


def current_streak(days: Iterable[date], *, today: date, first_weekday: int = 0) -> Streak | None:
    """The streak that reaches this week or the last one: a week that is not over breaks nothing."""
    this_week = week_of(today, first_weekday=first_weekday)
    latest = max(
        (streak for streak in _streaks(days, first_weekday) if streak.first_on <= today),
        key=lambda streak: streak.first_on,
        default=None,
    )
    return latest if latest and latest.last_on >= this_week - timedelta(days=1) else None


def busiest_weekday(uploads: Mapping[date, int]) -> tuple[int, int] | None:
    """The weekday with the most uploads and how many; the earlier in the week of equals; None without any.

    >>> busiest_weekday({date(2026, 3, 16): 2, date(2026, 3, 18): 3, date(2026, 3, 23): 2})
    (0, 4)
    """
    sums = [0] * 7
    for day, count in uploads.items():
        sums[day.weekday()] += count
    most = max(sums)
    return (sums.index(most), most) if most else None


def _streaks(days: Iterable[date], first_weekday: int) -> list[Streak]:
    """Every run of weeks, in order."""
    streaks: list[Streak] = []
    for week in sorted({week_of(day, first_weekday=first_weekday) for day in days}):
        last_on = week + timedelta(days=6)
        if streaks and streaks[-1].last_on == week - timedelta(days=1):
            streaks[-1] = Streak(streaks[-1].weeks + 1, streaks[-1].first_on, last_on)
        else:
            streaks.append(Streak(1, week, last_on))
    return streaks
