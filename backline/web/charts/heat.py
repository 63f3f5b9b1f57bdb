"""The heat map of a week: seven rows of 24 squares, darker where more was played."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from markupsafe import Markup

from backline.web.formats import counted

LEVELS = 4
LEFT, PITCH, SIZE, ROW = 36.0, 20.5, 18, 21
LABEL_HOURS = (0, 6, 12, 18, 23)


@dataclass(frozen=True)
class HeatMap:
    """A drawing in a box of 530 by 176. `rows` are the weekdays' squares as SVG; `hours` the labels under them."""

    rows: tuple[tuple[str, int, Markup], ...]
    hours: tuple[tuple[float, str], ...]
    most: int


def level(value: int, most: int) -> int:
    """The shade of a figure, 0 for nothing and 4 for the most.

    >>> [level(value, 8) for value in (0, 1, 2, 3, 8)]
    [0, 1, 1, 2, 4]
    """
    return -(-value * LEVELS // most) if most else 0


def heat_map(grid: Sequence[Sequence[int]], *, weekdays: Sequence[str]) -> HeatMap:
    """Draws plays by weekday and hour; `weekdays` names the rows."""
    most = max((value for row in grid for value in row), default=0)
    rows = tuple(
        (name, 14 + ROW * index, Markup("".join(_cells(name, index, row, most))))
        for index, (name, row) in enumerate(zip(weekdays, grid, strict=True))
    )
    hours = tuple((round(LEFT + PITCH * hour + SIZE / 2, 1), f"{hour:02}") for hour in LABEL_HOURS)
    return HeatMap(rows, hours, most)


def _cells(name: str, index: int, row: Sequence[int], most: int) -> list[str]:
    return [
        f'<rect class="h{level(value, most)}" x="{LEFT + PITCH * hour:g}" y="{ROW * index}" width="{SIZE}"'
        f' height="{SIZE}" rx="3"><title>{escape(name)} {hour}:00, {counted(value, "play")}</title></rect>'
        for hour, value in enumerate(row)
    ]
