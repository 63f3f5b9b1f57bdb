"""The upload calendar: a year of days as a grid of small squares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from backline.domain.streaks import shade, year_grid
from backline.web.formats import weekday_day

PITCH, FIRST_Y, HEIGHT = 16, 19, 131


class Day(NamedTuple):
    """One square. `look` is its class; a future day has no text and cannot be chosen."""

    on: date
    x: int
    y: int
    look: str
    text: str
    selected: bool
    entry: bool


@dataclass(frozen=True)
class MonthLabel:
    """The first day of the month and where its name begins."""

    on: date
    x: int


@dataclass(frozen=True)
class Calendar:
    """`rows` are the seven weekdays from the first of the week, each with its days in order."""

    width: int
    rows: tuple[tuple[Day, ...], ...]
    months: tuple[MonthLabel, ...]
    weekdays: tuple[date, ...]


@dataclass(frozen=True)
class Uploads:
    """Uploads by day: the artist's own, and of all others (None without X-Ray)."""

    own: Mapping[date, int]
    others: Mapping[date, int] | None


def calendar(
    year: int, uploads: Uploads, *, today: date, selected: date | None, first_weekday: int = 0
) -> Calendar:
    """The calendar of a year. The chosen day, else today, else the last day takes the keyboard first."""
    grid = year_grid(year, first_weekday=first_weekday)
    last = min(today, date(year, 12, 31))
    entry = selected or last
    rows = tuple(
        tuple(
            _day(on, column * PITCH, FIRST_Y + row * PITCH, uploads, today, selected, entry)
            for column, week in enumerate(grid.weeks)
            if (on := week[row]) is not None
        )
        for row in range(7)
    )
    months = tuple(MonthLabel(date(year, month, 1), column * PITCH) for month, column in grid.months)
    weekdays = tuple(day for day in grid.weeks[1] if day is not None)
    return Calendar(len(grid.weeks) * PITCH, rows, months, weekdays)


def _day(on: date, x: int, y: int, uploads: Uploads, today: date, selected: date | None, entry: date) -> Day:
    if on > today:
        return Day(on, x, y, "future", "", selected=False, entry=False)
    own = uploads.own.get(on, 0)
    others = uploads.others.get(on, 0) if uploads.others is not None else None
    return Day(
        on, x, y, _look(own, others), _text(on, own, others), selected=on == selected, entry=on == entry
    )


def _look(own: int, others: int | None) -> str:
    return f"d{shade(own)}" if own or not others else f"x{shade(others)}"


def _text(on: date, own: int, others: int | None) -> str:
    mine = f"{weekday_day(on)}: {own} upload" if own == 1 else f"{weekday_day(on)}: {own} uploads"
    return mine if others is None else f"{mine}, {others} by others"
