"""The domain's divisions over whole columns, for a million lines. `domain/` is the definition; tests hold both equal.

Everything is exact: where a product could leave 64 bits, Python's whole numbers are used instead.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from backline.domain.accrual import MICRO
from backline.domain.contribution import boost, decay, points_of
from backline.domain.settlement import NotWhole
from backline.domain.split import NothingToSplitBy
from backline.money.packed import NONE, Ints

LARGEST = 2**63 - 1
ID_BITS = 32
NEAR_HALF = 1e-4


def split(total: int, weights: Ints) -> Ints:
    """`domain.split.split`, equal remainders to the lower row first.

    Raises:
        NothingToSplitBy: all weights are 0 and the total is not.
    """
    whole = int(weights.sum()) if len(weights) else 0
    if not whole:
        if total:
            raise NothingToSplitBy(f"{total} cannot be divided: nobody weighs anything")
        return np.zeros(len(weights), np.int64)
    sign, amount = (-1, -total) if total < 0 else (1, total)
    each, rest = divmod(amount, whole)
    fits = max(rest, 1) * int(weights.max()) <= LARGEST and amount <= LARGEST
    wide: Any = weights if fits else weights.astype(object)
    products = wide * rest
    parts = (wide * each + products // whole).astype(np.int64)
    _give(parts, (products % whole).astype(np.int64), amount - int(parts.sum()))
    found: Ints = sign * parts
    return found


def rounded(sums: Ints, keys: Ints, *, order: Callable[[int], Any]) -> Ints:
    """`domain.settlement.rounded` over a column of sums; `keys` are what `order` settles equal remainders by.

    Raises:
        NotWhole: the total is not whole.
    """
    total, rest = divmod(int(sums.sum()), MICRO)
    if rest:
        raise NotWhole(f"{rest} micro-units are left over")
    parts, remainders = np.divmod(sums, MICRO)
    _give(parts, remainders, total - int(parts.sum()), order=lambda row: order(int(keys[row])))
    return parts


def points(days: Ints, plays: Ints) -> Ints:
    """`domain.contribution.points_of` over columns.

    Floating point decides where it is sure; products whose last digit it cannot know are computed in decimal.
    """
    ages, age_of = np.unique(days, return_inverse=True)
    counts, count_of = np.unique(plays, return_inverse=True)
    decays = np.array([float(decay(int(age))) for age in ages])
    boosts = np.array([float(boost(int(count))) for count in counts])
    if not len(days):
        return np.zeros(0, np.int64)
    near = decays[age_of] * boosts[count_of] * MICRO
    found = np.rint(near).astype(np.int64)
    unsure = np.flatnonzero(np.abs(near - np.floor(near) - 0.5) < NEAR_HALF)
    for row in unsure.tolist():
        found[row] = points_of(int(days[row]), int(plays[row]))
    return np.asarray(found, np.int64)


def key(artists: Ints, beats: Ints) -> Ints:
    """One number for each line, in the order of artist and beat.

    Raises:
        ValueError: an id is too large for it.
    """
    if len(beats) and max(int(beats.max()), int(artists.max())) >= 2 ** (ID_BITS - 1):
        raise ValueError("ids up to 2^31 are meant")
    found: Ints = (artists << ID_BITS) | beats
    return found


def artist_of(keys: Ints) -> Ints:
    """The artists of line keys."""
    found: Ints = keys >> ID_BITS
    return found


def beat_of(keys: Ints) -> Ints:
    """The beats of line keys."""
    found: Ints = keys & (2**ID_BITS - 1)
    return found


def summed(keys: Ints, values: Ints) -> tuple[Ints, Ints]:
    """Distinct keys in order, and the sum of the values of each."""
    if not len(keys):
        return keys, values
    order = np.argsort(keys, kind="stable")
    keys, values = keys[order], values[order]
    first = starts(keys)
    return keys[first], np.add.reduceat(values, first)


def starts(*columns: Ints) -> Ints:
    """The rows of sorted columns at which any of them has another value than the row before, the first row included."""
    if not len(columns[0]):
        return NONE
    new = np.any([column[1:] != column[:-1] for column in columns], axis=0)
    return np.flatnonzero(np.concatenate([[True], new]))


def aligned(keys: Ints, values: Ints, *, to: Ints) -> Ints:
    """The values in the order of the sorted keys `to`, 0 where there is none; every key must be in it."""
    found = np.zeros(len(to), np.int64)
    found[np.searchsorted(to, keys)] = values
    return found


def _give(parts: Ints, remainders: Ints, count: int, *, order: Callable[[int], Any] | None = None) -> None:
    """One more to the `count` rows with the largest remainders; of equal ones first by `order`, else the lower row."""
    if not count:
        return
    edge = int(np.partition(remainders, len(remainders) - count)[len(remainders) - count])
    above = remainders > edge
    parts[above] += 1
    equal = np.flatnonzero(remainders == edge)
    if order is not None:
        equal = np.array(sorted(equal.tolist(), key=order), np.int64)
    parts[equal[: count - int(above.sum())]] += 1
