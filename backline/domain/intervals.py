"""The intervals of a beat that somebody heard, in the order in which they were played.

All positions are whole milliseconds from the beginning of the beat. An interval is [start, end): it contains its
start and not its end.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

MAX_INTERVALS = 50
LONGEST_MS = 24 * 3600 * 1000

Interval = tuple[int, int]


class InvalidIntervalsError(ValueError):
    """What was reported as heard cannot have been heard; the message says why in one sentence."""


def read(reported: object) -> tuple[Interval, ...]:
    """Intervals as reported (pairs of seconds), in order, adjacent ones merged.

    Raises:
        InvalidIntervalsError: not a list of pairs of finite numbers, out of range, empty or backwards, or more
            than `MAX_INTERVALS` after merging.
    """
    if not isinstance(reported, list):
        raise InvalidIntervalsError("must be a list of [from, to] pairs in seconds")
    if len(reported) > MAX_INTERVALS * 4:
        raise InvalidIntervalsError(f"has more than {MAX_INTERVALS} intervals")
    merged = merge_adjacent([_pair(pair) for pair in reported])
    if len(merged) > MAX_INTERVALS:
        raise InvalidIntervalsError(f"has more than {MAX_INTERVALS} intervals")
    return merged


def merge_adjacent(intervals: Sequence[Interval]) -> tuple[Interval, ...]:
    """Joins an interval to the one before it when it goes on exactly where that ended."""
    merged: list[Interval] = []
    for start, end in intervals:
        if merged and merged[-1][1] == start:
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return tuple(merged)


def clip(intervals: Sequence[Interval], length_ms: int) -> tuple[Interval, ...]:
    """The part of each interval inside a beat of `length_ms`."""
    inside = [(start, min(end, length_ms)) for start, end in intervals if start < length_ms]
    return merge_adjacent(inside)


def played_ms(intervals: Sequence[Interval]) -> int:
    """How long was played in all, repetitions included."""
    return sum(end - start for start, end in intervals)


def distinct_ms(intervals: Sequence[Interval]) -> int:
    """How much of the beat was heard at least once: the size of the union."""
    if len(intervals) == 1:
        return intervals[0][1] - intervals[0][0]
    total = reached = 0
    for start, end in sorted(intervals):
        if end > reached:
            total += end - max(start, reached)
            reached = end
    return total


def replayed_ms(intervals: Sequence[Interval]) -> int:
    """How much was heard again."""
    return played_ms(intervals) - distinct_ms(intervals)


def furthest_ms(intervals: Sequence[Interval]) -> int:
    """The latest position reached; 0 when nothing was heard."""
    return max((end for _, end in intervals), default=0)


def _pair(pair: object) -> Interval:
    if not isinstance(pair, list) or len(pair) != 2:
        raise InvalidIntervalsError("must hold [from, to] pairs in seconds")
    start, end = (_milliseconds(value) for value in pair)
    if start >= end:
        raise InvalidIntervalsError("has an interval that ends before it begins or is empty")
    return start, end


def _milliseconds(value: object) -> int:
    # True is an int in Python, but nobody heard a beat until True.
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InvalidIntervalsError("must hold numbers of seconds")
    if isinstance(value, float) and not math.isfinite(value):
        raise InvalidIntervalsError("must hold finite numbers")
    if not 0 <= value <= LONGEST_MS // 1000:
        raise InvalidIntervalsError("has a position outside 0 to 24 hours")
    return round(value * 1000)
