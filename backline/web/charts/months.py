"""Bars of several parts, one a month, under a scale of money."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from backline.web.charts.canvas import TOP, TOP_AXIS, Line, Size, grid_values
from backline.web.charts.lines import Bar

MONTHS_WIDE, MONTHS_NARROW = Size(660, 232, labels=12), Size(340, 210, labels=4)
BAR_SHARE = 0.68  # of a month's width
GAP = 1.5  # between the parts of a bar


@dataclass(frozen=True)
class Month:
    """What a month brought, one amount a series from the bottom up; `estimated` names the series that is not final."""

    amounts: tuple[int, ...]
    estimated: int | None = None


@dataclass(frozen=True)
class MonthBar:
    """A month's bars with their series (from 1) and looks; the label stands at `x`, empty where there is no room."""

    parts: tuple[tuple[str, Bar], ...]
    x: float
    labelled: bool


@dataclass(frozen=True)
class MonthChart:
    """Grid lines by value in `unit` minor units, and a bar for each month."""

    size: Size
    lines: tuple[Line, ...]
    bars: tuple[MonthBar, ...]


def month_chart(size: Size, months: Sequence[Month], *, unit: int) -> MonthChart:
    """Draws months; `unit` is how many of the amounts make one on the scale (100 cents). Below zero draws nothing."""
    most = max((sum(max(amount, 0) for amount in month.amounts) for month in months), default=0)
    values = grid_values(-(-most // unit))
    highest = values[-1] * unit
    lines = tuple(
        Line(y=_y(size, value * unit, highest), text_y=_y(size, value * unit, highest) + 3.5, value=value)
        for value in values
    )
    pitch = (size.width - size.left) / max(len(months), 1)
    every = -(-len(months) // size.labels)
    bars = tuple(
        _bar(size, month, x=size.left + pitch * (index + 0.5), width=pitch * BAR_SHARE, highest=highest,
             labelled=(len(months) - 1 - index) % every == 0)
        for index, month in enumerate(months)
    )  # fmt: skip
    return MonthChart(size, lines, bars)


def _y(size: Size, value: int, highest: int) -> float:
    return size.base + 0.5 - int(value / highest * (size.base - TOP) + 0.5)


def _bar(size: Size, month: Month, *, x: float, width: float, highest: int, labelled: bool) -> MonthBar:
    parts, done = [], 0
    for series, amount in enumerate(month.amounts):
        if amount > 0:
            top = size.base - (done + amount) / highest * (size.base - TOP_AXIS)
            bottom = size.base - done / highest * (size.base - TOP_AXIS) - (GAP if done else 0)
            look = f"s{series + 1}{' estimated' if series == month.estimated else ''}"
            height = max(round(bottom - top, 1), 0.5)
            parts.append((look, Bar(round(x - width / 2, 1), round(top, 1), round(width, 1), height)))
            done += amount
    return MonthBar(tuple(parts), round(x, 1), labelled)
