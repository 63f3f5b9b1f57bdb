"""Bars of how long was listened on average, coloured by how far listens got."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import ceil

from markupsafe import Markup

from backline.domain.engagement_levels import colour
from backline.web.charts.canvas import Size
from backline.web.formats import duration

WIDE = Size(530, 146, labels=2)
NARROW = Size(320, 146, labels=2)
TOP = 12.0
STEPS_S = (15, 30, 60, 120, 300, 600, 1_200, 3_600)


@dataclass(frozen=True)
class Average:
    """One step of time: the average in milliseconds and how far listens got; None when nobody listened."""

    ms: int | None
    reach_bp: int | None
    says: str


@dataclass(frozen=True)
class DurationChart:
    """Bars as SVG over a grid of (y, label)."""

    size: Size
    grid: tuple[tuple[float, str], ...]
    bars: Markup


def duration_chart(size: Size, averages: Sequence[Average]) -> DurationChart:
    """Draws a bar for each step of time, oldest first."""
    longest_s = max(((one.ms or 0) / 1000 for one in averages), default=0)
    step = next((step for step in STEPS_S if step * 3 >= longest_s), STEPS_S[-1])
    top_s = step * max(1, ceil(longest_s / step))
    height = size.base - TOP
    grid = tuple(
        (round(size.base - at * height / top_s) + 0.5, duration(at * 1000))
        for at in range(0, top_s + 1, step)
    )
    pitch = (size.width - size.left) / max(len(averages), 1)
    bars = [
        _bar(size.left + index * pitch, pitch, one, (one.ms / 1000) * height / top_s, size.base)
        for index, one in enumerate(averages)
        if one.ms is not None
    ]
    return DurationChart(size, grid, Markup("".join(bars)))


def _bar(x: float, pitch: float, one: Average, height: float, base: int) -> str:
    width = max(0.8, min(40.0, pitch * 0.84))
    return (
        f'<rect class="c{colour(one.reach_bp or 0)}" x="{x:.1f}" y="{base - height:.1f}" width="{width:.1f}"'
        f' height="{height:.1f}"><title>{escape(one.says)}</title></rect>'
    )
