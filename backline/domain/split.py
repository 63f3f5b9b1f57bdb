"""Dividing a whole number by weights so that nothing appears or vanishes: the method of largest remainders.

Each part is first its exact share rounded down; what is then left goes, one each, to the largest remainders. Equal
remainders are settled by a key that the caller chooses, so the order of the input never matters.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import Any, TypeVar

K = TypeVar("K", bound=Hashable)
Tie = Callable[[Any], Any]


class NothingToSplitBy(ValueError):
    """There is something to divide and nobody with a weight."""


def split(total: int, weights: Mapping[K, int], *, tie: Tie | None = None) -> dict[K, int]:
    """The whole `total` divided by `weights`. Who weighs nothing gets 0; a negative total is the mirror of a positive.

    Of equal remainders the smaller `tie(key)` goes first (the key itself when not given).

    >>> split(100, {"a": 1, "b": 1, "c": 1})
    {'a': 34, 'b': 33, 'c': 33}
    >>> split(-7, {"a": 3, "b": 1})
    {'a': -5, 'b': -2}

    Raises:
        NothingToSplitBy: all weights are 0 and the total is not.
        ValueError: a weight is negative.
    """
    whole = sum(weights.values())
    if any(weight < 0 for weight in weights.values()):
        raise ValueError("weights are counted from 0")
    if not whole:
        if total:
            raise NothingToSplitBy(f"{total} cannot be divided: nobody weighs anything")
        return dict.fromkeys(weights, 0)
    sign, amount = (-1, -total) if total < 0 else (1, total)
    parts: dict[K, int] = {}
    remainders: dict[K, int] = {}
    for key, weight in weights.items():
        parts[key], remainders[key] = divmod(amount * weight, whole)
    for key in _first(remainders, amount - sum(parts.values()), tie):
        parts[key] += 1
    return {key: sign * part for key, part in parts.items()}


def _first(remainders: Mapping[K, int], count: int, tie: Tie | None) -> list[K]:
    """The `count` keys with the largest remainders; there are always that many above 0."""
    if not count:
        return []
    order: Tie = tie if tie is not None else lambda key: key
    return sorted(
        (key for key, rest in remainders.items() if rest), key=lambda key: (-remainders[key], order(key))
    )[:count]
