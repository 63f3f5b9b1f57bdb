"""Bars of two parts, one a day: what counts below, what does not above it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from backline.web.charts.canvas import Canvas, Size, canvas
from backline.web.charts.lines import Bar

BAR_SHARE = 0.66  # of a day's width
WIDEST = 40.0


@dataclass(frozen=True)
class Stack:
    """One day: its lower and its upper part, None where there is nothing, and the day in words."""

    lower: Bar | None
    upper: Bar | None
    says: str


@dataclass(frozen=True)
class StackChart:
    """The frame and its bars, oldest first."""

    canvas: Canvas
    stacks: tuple[Stack, ...]


def stack_chart(size: Size, lower: Sequence[int], upper: Sequence[int], *, says: Sequence[str]) -> StackChart:
    """A bar for each day; `says` has a line per day for its tooltip."""
    most = max((low + up for low, up in zip(lower, upper, strict=True)), default=0)
    frame = canvas(size, points=len(lower), most=most)
    pitch = (size.right - size.left) / max(len(lower) - 1, 1)
    width = round(min(WIDEST, BAR_SHARE * pitch), 1)
    stacks = []
    for index, (low, up, words) in enumerate(zip(lower, upper, says, strict=True)):
        x = round(min(max(frame.x(index) - width / 2, size.left), size.right - width), 1)
        stacks.append(
            Stack(_part(frame, x, width, 0, low), _part(frame, x, width, low, low + up), says=words)
        )
    return StackChart(frame, tuple(stacks))


def _part(frame: Canvas, x: float, width: float, bottom: int, top: int) -> Bar | None:
    if top == bottom:
        return None
    y = round(frame.y(top), 1)
    return Bar(x, y, width, round(frame.y(bottom) - y, 1))
