"""Small bars, one an hour, without a scale: the shape of the last days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

BASE, HEIGHT, GAP = 52, 36, 2.0


@dataclass(frozen=True)
class HourBar:
    """One hour; `now` is true for hours of today."""

    x: float
    y: float
    width: float
    height: float
    value: int
    now: bool


@dataclass(frozen=True)
class HourChart:
    """The bars; `today_x` is where today begins, None when all or nothing is today."""

    width: int
    bars: tuple[HourBar, ...]
    today_x: float | None

    @property
    def drawn(self) -> Markup:
        """The bars as SVG. All of it are figures."""
        return Markup("".join(map(_rect, self.bars)))


def hour_chart(values: Sequence[int], *, today_from: int, width: int) -> HourChart:
    """One bar for each hour, oldest first; hours from the index `today_from` on are today's."""
    pitch, highest = width / max(len(values), 1), max(values, default=0) or 1
    bars = []
    for index, value in enumerate(values):
        height = max(1, round(HEIGHT * value / highest)) if value else 1
        x = round(index * pitch, 1)
        y = BASE - height if value else BASE
        bars.append(HourBar(x, y, round(pitch - GAP, 1), height, value, now=index >= today_from))
    inside = 0 < today_from < len(values)
    return HourChart(width, tuple(bars), today_x=round(today_from * pitch, 1) if inside else None)


def _rect(bar: HourBar) -> str:
    look = "s1" if bar.now else "s6"
    return (
        f'<rect class="bar {look}" x="{bar.x}" y="{bar.y}" width="{bar.width}" height="{bar.height}">'
        f"<title>{bar.value}</title></rect>"
    )
