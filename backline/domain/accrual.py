"""Accrual: a day's bucket divided by the day's weights, in micro-units (millionths of a minor unit).

A line is one artist's part of one beat. A correction of a closed day is the difference between what the day would have
been and what it was, so refunding everything leaves nobody with anything, and charging it again gives it back.
"""

from __future__ import annotations

from collections.abc import Mapping

from backline.domain.split import split

MICRO = 1_000_000
Line = tuple[int, int]
"""Artist id and beat id; equal remainders go to the lower artist, then to the lower beat."""


def accrue(bucket_minor: int, points: Mapping[Line, int]) -> dict[Line, int]:
    """Micro-units of each line; their sum is the bucket.

    >>> accrue(1, {(1, 10): 2, (1, 11): 1})
    {(1, 10): 666667, (1, 11): 333333}

    Raises:
        NothingToSplitBy: there is money and nothing weighs anything.
    """
    return split(bucket_minor * MICRO, points)


def corrected(
    before_minor: int,
    after_minor: int,
    *,
    points: Mapping[Line, int],
    points_after: Mapping[Line, int] | None = None,
) -> dict[Line, int]:
    """What each line gains or loses when a closed day's bucket, or its weights, turn out to be others.

    The sum is the change of the bucket. Nobody falls below what the day gave, for what remains is counted from 0.

    >>> corrected(3, 1, points={(1, 10): 2, (2, 11): 1})
    {(1, 10): -1333333, (2, 11): -666667}
    """
    was = accrue(before_minor, points)
    becomes = accrue(after_minor, points if points_after is None else points_after)
    lines = list(dict.fromkeys([*was, *becomes]))
    return {line: becomes.get(line, 0) - was.get(line, 0) for line in lines}
