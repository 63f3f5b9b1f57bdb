"""The ring of the level and the bars of the weeks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin, tau

from backline.standing.queries import Week
from backline.web.charts.canvas import Canvas, Label, Size, canvas

TICKS, CENTRE, RADIUS, OUTER = 40, 80, 60, 74
WIDE, NARROW = Size(690, 180, labels=6), Size(340, 170, labels=4)


@dataclass(frozen=True)
class Ring:
    """Ticks as paths, and the arc as the dash of a circle: how much is drawn, of how much."""

    ticks: tuple[str, ...]
    drawn: float
    around: float


@dataclass(frozen=True)
class Bar:
    """A week's bar; a negative week stands at zero, its figure is in the text."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Bars:
    """The frame, the bars and the labels under them."""

    canvas: Canvas
    bars: tuple[Bar, ...]
    labels: tuple[Label, ...]


def ring(progress_bp: int) -> Ring:
    """The ring of a level that is so far, in basis points."""
    around = tau * RADIUS
    return Ring(
        tuple(_tick(place) for place in range(TICKS)),
        round(around * progress_bp / 10_000, 1),
        round(around, 1),
    )


def week_bars(size: Size, weeks: Sequence[Week]) -> Bars:
    """A bar for each week, the oldest first."""
    frame = canvas(size, points=len(weeks), most=max((week.xp for week in weeks), default=0))
    pitch = (size.right - size.left) / max(len(weeks), 1)
    width = round(pitch * 0.66, 1)
    bars, labels = [], []
    every = -(-len(weeks) // size.labels)
    for index, week in enumerate(weeks):
        x = round(size.left + index * pitch + (pitch - width) / 2, 1)
        y = round(frame.y(max(week.xp, 0)), 1)
        bars.append(Bar(x, y, width, round(size.base - y, 1)))
        if (len(weeks) - 1 - index) % every == 0:
            labels.append(Label(round(x + width / 2, 1), index, "mid"))
    return Bars(frame, tuple(bars), tuple(labels))


def _tick(place: int) -> str:
    """Every fifth tick is longer."""
    angle = pi / 2 - tau * place / TICKS
    end = OUTER + (5 if place % 5 == 0 else 3)
    points = [
        f"{CENTRE + radius * cos(angle):.1f} {CENTRE - radius * sin(angle):.1f}" for radius in (OUTER, end)
    ]
    return f"M{points[0]}L{points[1]}"
