"""The frame of a chart with axes: where the figures go, grid lines at round numbers, labels of the days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

NICE_STEPS = (1, 2, 5, 10, 20, 25, 50)
DAY_STEPS = (1, 2, 7, 14, 28, 56, 91, 182, 364, 728, 1456)
TOP, TOP_AXIS, FOOT, LABEL = 8.0, 8.5, 26, 7
MOST_LINES = 5


@dataclass(frozen=True)
class Size:
    """A chart's drawing area in units; `labels` is how many labels fit under it."""

    width: int
    height: int
    labels: int

    @property
    def left(self) -> int:
        """Where the figures begin; the labels of the grid stand before it."""
        return 36 if self.width > 500 else 28

    @property
    def right(self) -> int:
        """Where the figures end."""
        return self.width - 6

    @property
    def base(self) -> int:
        """The line of zero."""
        return self.height - FOOT


CARD = Size(760, 318, labels=5)
WIDE = Size(1090, 220, labels=5)
NARROW = Size(340, 190, labels=3)


@dataclass(frozen=True)
class Line:
    """A grid line and its figure; the first is the axis at zero."""

    y: float
    text_y: float
    value: int


@dataclass(frozen=True)
class Label:
    """A label under the axis, at the point numbered `index`; `anchor` is start, mid or end."""

    x: float
    index: int
    anchor: str


@dataclass(frozen=True)
class Canvas:
    """The frame: `highest` is the figure at the top line."""

    size: Size
    highest: int
    points: int
    lines: tuple[Line, ...]
    labels: tuple[Label, ...]

    def x(self, index: int) -> float:
        """Where the point numbered `index` stands; a single point stands in the middle."""
        left, right = self.size.left, self.size.right
        if self.points < 2:
            return (left + right) / 2
        return left + index * (right - left) / (self.points - 1)

    def y(self, value: float) -> float:
        """Where a figure stands."""
        return self.size.base - value / self.highest * (self.size.base - TOP)


def canvas(size: Size, *, points: int, most: int, every: int = 1) -> Canvas:
    """The frame for `points` points, the highest of which is `most`; labels only at multiples of `every`."""
    values = grid_values(most)
    base, highest = size.base, values[-1]
    lines = tuple(
        Line(y=y, text_y=y + 3.5, value=value)
        for value in values
        for y in [base + 0.5 - int(value / highest * (base - TOP) + 0.5)]
    )
    frame = Canvas(size, highest, points, lines, labels=())
    labels = tuple(
        Label(round(frame.x(index), 1), index, "end" if index == points - 1 and points > 1 else "mid")
        for index in label_places(points, most=size.labels, every=every)
    )
    return Canvas(size, highest, points, lines, labels)


def grid_values(most: int) -> tuple[int, ...]:
    """Round numbers from 0 to at least `most` in at most four equal steps, so that three to five lines show.

    >>> grid_values(32), grid_values(0), grid_values(3)
    ((0, 10, 20, 30, 40), (0, 1, 2), (0, 1, 2, 3))
    """
    scale = 1
    while True:
        for nice in NICE_STEPS:
            step = nice * scale
            if step * (MOST_LINES - 1) >= most:
                count = max(2, -(-most // step))
                return tuple(step * line for line in range(count + 1))
        scale *= 10


def label_places(points: int, *, most: int, every: int = 1) -> list[int]:
    """Which points get a label: the last, the first, and between them at even steps of days or weeks.

    >>> label_places(30, most=5), label_places(30, most=3)
    ([0, 8, 15, 22, 29], [0, 15, 29])
    >>> label_places(168, most=5, every=24)
    [0, 48, 96, 144]
    """
    if points < 1:
        return []
    if every > 1:
        return [place * every for place in label_places(points // every, most=most)]
    last = points - 1
    steps = (*DAY_STEPS, max(last, 1))
    step = next(step for step in steps if last / step < most - 0.7)
    places = [place for place in range(last, 0, -step) if place == last or place >= step * 0.6]
    return sorted({0, *places})


def is_long(days: Sequence[date]) -> bool:
    """Whether labels need the year: the days span more than ten months."""
    return bool(days) and (days[-1] - days[0]).days > 300
