"""Parts of a whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """A part of a stacked bar: where it begins and how wide it is, of 100, and its series (1 to 6)."""

    x: float
    width: float
    series: int


def stacked(values: Sequence[int]) -> tuple[Part, ...]:
    """The parts of a bar, in order; nothing for a sum of zero. Series beyond the sixth are drawn as the sixth."""
    total, parts, done = sum(values), [], 0
    for index, value in enumerate(values):
        if value:
            x = round(done * 100 / total, 2)
            parts.append(Part(x, round((done + value) * 100 / total - x, 2), min(index + 1, 6)))
        done += value
    return tuple(parts)


def share_bp(value: int, whole: int) -> int:
    """A share in basis points, rounded half up; 0 of nothing.

    >>> share_bp(1, 3), share_bp(0, 0)
    (3333, 0)
    """
    return (value * 20_000 + whole) // (2 * whole) if whole else 0
