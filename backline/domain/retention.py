"""Retention: which share of listens heard each second, and where it falls and rises most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LEAST_LISTENS = 20
WINDOW_S = 4
LEAST_CHANGE_BP = 200
WHOLE_BP = 10_000


@dataclass(frozen=True)
class Moment:
    """A change over a few seconds: from one share (basis points) to another."""

    at_s: int
    seconds: int
    from_bp: int
    to_bp: int


def shares(seconds: Sequence[int], *, listens: int, length_s: int) -> tuple[int, ...]:
    """The share of listens that heard each second of the beat, in basis points; seconds nobody heard are 0.

    >>> shares([20, 10], listens=20, length_s=3)
    (10000, 5000, 0)
    """
    heard = [*seconds[:length_s], *[0] * (length_s - len(seconds))]
    return tuple(min(WHOLE_BP, count * WHOLE_BP // listens) for count in heard) if listens else ()


def strongest_drop(curve: Sequence[int]) -> Moment | None:
    """The window in which most stop listening; None when the curve never falls by 2 %.

    >>> strongest_drop([9_000, 9_000, 9_000, 9_000, 9_000, 6_000, 6_000, 6_000, 6_000]).at_s
    4
    """
    return _strongest(curve, sign=-1)


def strongest_rise(curve: Sequence[int]) -> Moment | None:
    """The window in which most come back: a part that is played again; None when there is no such rise."""
    return _strongest(curve, sign=1)


def _strongest(curve: Sequence[int], *, sign: int) -> Moment | None:
    """The largest change over the window, narrowed to where it really happens; the earliest of equal ones."""
    changes = [sign * (curve[at + WINDOW_S] - curve[at]) for at in range(len(curve) - WINDOW_S)]
    best = max(changes, default=0)
    if best < LEAST_CHANGE_BP:
        return None
    first = changes.index(best)
    last = first + WINDOW_S
    while first + 1 < last and curve[first + 1] == curve[first]:
        first += 1
    while first + 1 < last and curve[last - 1] == curve[last]:
        last -= 1
    return Moment(first, last - first, curve[first], curve[last])
