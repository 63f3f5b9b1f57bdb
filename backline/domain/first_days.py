"""A beat's first days against other beats at the same age."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

DAYS = 7
OTHERS = 10


@dataclass(frozen=True)
class Start:
    """Plays since release, added up by day. `usual` is the median of the others at the same age, empty without any.

    `place` is 1 for the best of `field` beats, this one included; beats with as many plays share a place.
    """

    mine: tuple[int, ...]
    usual: tuple[float, ...]
    place: int
    field: int


def added_up(days: Sequence[int]) -> tuple[int, ...]:
    """Running totals.

    >>> added_up([3, 0, 2])
    (3, 3, 5)
    """
    total, found = 0, []
    for plays in days:
        total += plays
        found.append(total)
    return tuple(found)


def start(mine: Sequence[int], others: Sequence[Sequence[int]]) -> Start:
    """Compares plays by day since release. Only others at least as old are comparable; all are cut to its age.

    >>> start([5, 5], [[1, 2, 3], [9, 9, 9], [4]])
    Start(mine=(5, 10), usual=(5.0, 10.5), place=2, field=3)
    """
    age = len(mine)
    own = added_up(mine)
    curves = [added_up(other[:age]) for other in others if len(other) >= age]
    usual = tuple(float(median(curve[day] for curve in curves)) for day in range(age)) if curves else ()
    last = own[-1] if own else 0
    better = sum(curve[-1] > last for curve in curves if curve)
    return Start(own, usual, better + 1, len(curves) + 1)
