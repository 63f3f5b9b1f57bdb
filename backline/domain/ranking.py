"""Ranks with ties, and what a place counts for in Overall.

Keys are whole numbers, or tuples of them, higher is better; whoever has the same key shares the rank and the next is
skipped: 1, 1, 3. Points of a component are counted in billionths, Overall scores in millionths of a point, so that
equal is equal.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

Key = TypeVar("Key", int, tuple[int, ...])

FULL = 100 * 10**9
"""A whole component: 100 points in billionths."""
STEP = 100_000
"""A weighted sum (percent times billionths) has this many to a millionth of a point."""


def ranks(keys: Sequence[Key]) -> list[int]:
    """The rank of each key, in the order given.

    >>> ranks([5, 9, 9, 2])
    [3, 1, 1, 4]
    """
    first: dict[Any, int] = {}
    for place, key in enumerate(sorted(keys, reverse=True), 1):
        first.setdefault(key, place)
    return [first[key] for key in keys]


def component(*, below: int, equal: int, ranked: int) -> int:
    """Points of an artist with `below` artists under it and `equal` others beside it, of `ranked`; in billionths.

    100 × (below + ½ · equal) ÷ (ranked − 1), rounded half up; 100 when alone.

    >>> component(below=97, equal=0, ranked=118) / 10**9
    82.905982906
    """
    if ranked <= 1:
        return FULL
    return (FULL * (2 * below + equal) + ranked - 1) // (2 * (ranked - 1))


def overall_sum(components: Mapping[Any, int], weights: Mapping[Any, int]) -> int:
    """The weighted sum of components: percent times billionths. One that is missing counts 0."""
    return sum(weight * components.get(name, 0) for name, weight in weights.items())


def overall_score(weighted: int) -> int:
    """An Overall score in millionths of a point, from a weighted sum; rounded half up.

    >>> overall_score(overall_sum({"a": FULL, "b": FULL // 2}, {"a": 25, "b": 75}))
    62500000
    """
    return (weighted + STEP // 2) // STEP
