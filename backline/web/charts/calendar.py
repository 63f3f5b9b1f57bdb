"""The upload calendar: a year of days as a grid of small squares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from html import escape
from typing import NamedTuple

from markupsafe import Markup

from backline.domain.streaks import shade, year_grid
from backline.web.formats import language, weekday_day

PITCH, FIRST_Y, HEIGHT = 16, 19, 131

_SELECTED = ' aria-selected="true"'


class Place(NamedTuple):
    """Where a day's square stands, and the day's name."""

    on: date
    x: int
    y: int
    name: str


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

    @property
    def squares(self) -> list[Markup]:
        """The days of each row as SVG: 365 turns of a template's loop took a seventh of the page."""
        return [Markup("".join(map(_square, row))) for row in self.rows]


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
    entry = selected or min(today, date(year, 12, 31))
    rows = tuple(
        tuple(_day(place, uploads, today, selected, entry) for place in row)
        for row in _places(year, first_weekday, language())
    )
    months = tuple(MonthLabel(date(year, month, 1), column * PITCH) for month, column in grid.months)
    weekdays = tuple(day for day in grid.weeks[1] if day is not None)
    return Calendar(len(grid.weeks) * PITCH, rows, months, weekdays)


@lru_cache(maxsize=64)
def _places(year: int, first_weekday: int, _language: str) -> tuple[tuple[Place, ...], ...]:
    """What the calendars of all artists share; `_language` is the current one, in which days are named."""
    grid = year_grid(year, first_weekday=first_weekday)
    return tuple(
        tuple(
            Place(on, column * PITCH, FIRST_Y + row * PITCH, weekday_day(on))
            for column, week in enumerate(grid.weeks)
            if (on := week[row]) is not None
        )
        for row in range(7)
    )


def _day(place: Place, uploads: Uploads, today: date, selected: date | None, entry: date) -> Day:
    on, x, y, name = place
    if on > today:
        return Day(on, x, y, "future", "", selected=False, entry=False)
    own = uploads.own.get(on, 0)
    others = uploads.others.get(on, 0) if uploads.others is not None else None
    text = _text(name, own, others)
    return Day(on, x, y, _look(own, others), text, selected=on == selected, entry=on == entry)


def _look(own: int, others: int | None) -> str:
    if not own and not others:
        return "d0"
    return f"d{shade(own)}" if own or not others else f"x{shade(others)}"


def _text(name: str, own: int, others: int | None) -> str:
    mine = f"{name}: {own} upload" if own == 1 else f"{name}: {own} uploads"
    return mine if others is None else f"{mine}, {others} by others"


# Nearly all days of all calendars are alike: nothing came out on them.
@lru_cache(maxsize=4096)
def _square(day: Day) -> str:
    if not day.text:
        return f'<rect class="future" x="{day.x}.5" y="{day.y}.5" width="12" height="12" rx="3" aria-hidden="true" />'
    return (
        f'<rect class="{day.look}" x="{day.x}" y="{day.y}" width="13" height="13" rx="3" role="gridcell"'
        f' tabindex="{0 if day.entry else -1}"{_SELECTED if day.selected else ""}'
        f' data-day="{day.on}" aria-label="{escape(day.text)}" />'
    )
