"""Lines with a comparison, and bars with a line, over days or hours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from backline.web.charts.canvas import Canvas, Size, canvas

BAR_SHARE = 0.407  # of the distance between two points
Value = int | None


@dataclass(frozen=True)
class Bar:
    """A bar that stands on the axis."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Mark:
    """A small triangle on the axis with what it stands for."""

    x: float
    text: str


@dataclass(frozen=True)
class Chart:
    """Paths are SVG path data, empty for an absent series; missing points are gaps in them."""

    canvas: Canvas
    line: str
    area: str
    before: str
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]

    @property
    def drawn_bars(self) -> Markup:
        """The bars as SVG. All of it are figures."""
        rects = (
            f'<rect class="bar s2" x="{bar.x}" y="{bar.y}" width="{bar.width}" height="{bar.height}" />'
            for bar in self.bars
        )
        return Markup("".join(rects))


def line_chart(
    size: Size,
    values: Sequence[Value],
    *,
    before: Sequence[Value] = (),
    marks: Mapping[int, str] | None = None,
    every: int = 1,
) -> Chart:
    """One series as a line over its area, and the period before it, of the same length, dashed."""
    frame = canvas(size, points=len(values), most=_most(values, before), every=every)
    line = _path(frame, values)
    noted = _marks(frame, marks)
    return Chart(frame, line, _area(frame, values, line), _path(frame, before), bars=(), marks=noted)


def bars_chart(
    size: Size,
    values: Sequence[Value],
    *,
    bars: Sequence[int],
    marks: Mapping[int, str] | None = None,
    every: int = 1,
) -> Chart:
    """A line and, on the same scale, bars; `marks` tell what happened at a point; `every`: see `canvas`."""
    frame = canvas(size, points=len(values), most=_most(values, bars), every=every)
    line = _path(frame, values)
    noted = _marks(frame, marks)
    return Chart(frame, line, _area(frame, values, line), "", bars=_bars(frame, bars), marks=noted)


def spark(values: Sequence[int], *, width: int = 88, height: int = 24) -> str:
    """The points of one polyline that fills its box; a flat series is a line at the bottom."""
    highest, last = max(values, default=0) or 1, max(len(values) - 1, 1)
    return " ".join(
        f"{index * width / last:.1f},{height - 1 - value / highest * (height - 2):.1f}"
        for index, value in enumerate(values)
    )


def _most(*series: Iterable[Value]) -> int:
    return max((value for values in series for value in values if value is not None), default=0)


def _marks(frame: Canvas, marks: Mapping[int, str] | None) -> tuple[Mark, ...]:
    return tuple(Mark(round(frame.x(index), 1), text) for index, text in sorted((marks or {}).items()))


def _path(frame: Canvas, values: Sequence[Value]) -> str:
    left, base = frame.size.left, frame.size.base
    unit, step = (frame.y(0) - frame.y(1)), (frame.x(1) - frame.x(0))
    if len(values) < 2:
        left = int(frame.x(0))
    parts, command = [], "M"
    for index, value in enumerate(values):
        if value is None:
            command = "M"
            continue
        parts.append(f"{command}{left + index * step:.1f} {base - value * unit:.1f}")
        command = "L"
    return "".join(parts)


def _area(frame: Canvas, values: Sequence[Value], line: str) -> str:
    """The area under a line without gaps."""
    if not line or None in values or len(values) < 2:
        return ""
    return f"{line}V{frame.size.base}H{frame.size.left}z"


def _bars(frame: Canvas, values: Sequence[int]) -> tuple[Bar, ...]:
    size = frame.size
    width = min(40.0, BAR_SHARE * (size.right - size.left) / max(frame.points - 1, 1))
    bars = []
    for index, value in enumerate(values):
        if value:
            x = min(max(frame.x(index) - width / 2, size.left), size.right - width)
            y = frame.y(value)
            bars.append(Bar(round(x, 1), round(y, 1), round(width, 1), round(size.base - y, 1)))
    return tuple(bars)
