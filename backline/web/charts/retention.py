"""Retention over the waveform: the share of listens at each second as a line, the beat's shape behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from backline.domain.retention import WHOLE_BP, Moment
from backline.web.charts.canvas import Size
from backline.web.formats import duration

WIDE = Size(1090, 230, labels=5)
NARROW = Size(340, 190, labels=3)
TOP = 10.5
SHARES = (0, 25, 50, 75, 100)
MOST_POINTS = 360


@dataclass(frozen=True)
class Spot:
    """A moment to mark: where it is, and what it is called."""

    x: float
    y: float
    name: str
    note: str
    series: int
    before: bool


@dataclass(frozen=True)
class RetentionChart:
    """A drawing of `size`; `grid` are (y, percent), `times` are (x, label, anchor)."""

    size: Size
    line: str
    area: str
    grid: tuple[tuple[float, int], ...]
    times: tuple[tuple[float, str, str], ...]
    spots: tuple[Spot, ...]

    @property
    def width(self) -> int:
        """How wide the figures' area is."""
        return self.size.right - self.size.left


def retention_chart(
    size: Size, curve: Sequence[int], *, drop: Moment | None, rise: Moment | None
) -> RetentionChart:
    """Draws shares (basis points) by second; a long beat's line has a point every few seconds."""
    step = -(-len(curve) // MOST_POINTS)
    line = "L".join(
        f"{_x(size, at, curve):.1f} {_y(size, curve[at]):.1f}" for at in range(0, len(curve), step)
    )
    line = f"M{line}" if line else ""
    spots = [_spot(size, curve, "Strongest drop", drop, 5)] if drop else []
    spots += [_spot(size, curve, "Replay", rise, 4)] if rise else []
    return RetentionChart(
        size=size,
        line=line,
        area=f"{line}V{size.base}H{size.left}z" if line else "",
        grid=tuple((round(_y(size, share * 100), 1), share) for share in SHARES),
        times=_times(size, len(curve)),
        spots=tuple(spots),
    )


def _x(size: Size, second: float, curve: Sequence[int]) -> float:
    return size.left + second * (size.right - size.left) / max(len(curve) - 1, 1)


def _y(size: Size, bp: int) -> float:
    return size.base - bp * (size.base - TOP) / WHOLE_BP


def _times(size: Size, seconds: int) -> tuple[tuple[float, str, str], ...]:
    count = max(size.labels, 2)
    found = []
    for index in range(count):
        anchor = "" if index == 0 else "end" if index == count - 1 else "mid"
        at = seconds * index // (count - 1)
        found.append(
            (size.left + index * (size.right - size.left) / (count - 1), duration(at * 1000), anchor)
        )
    return tuple(found)


def _spot(size: Size, curve: Sequence[int], name: str, moment: Moment, series: int) -> Spot:
    change = f"{moment.from_bp / 100:.0f}% to {moment.to_bp / 100:.0f}% in {moment.seconds} s"
    x = _x(size, moment.at_s, curve)
    return Spot(
        x=round(x, 1),
        y=round(_y(size, curve[moment.at_s]), 1),
        name=f"{name}, {duration(moment.at_s * 1000)}",
        note=change,
        series=series,
        before=x > (size.left + size.right) / 2,
    )
