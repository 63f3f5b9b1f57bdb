"""Settlement: the one rounding of a month, from micro-units to minor units.

Every sum is first rounded down; what is then missing to the whole goes, one minor unit each, to the largest
remainders. Sums may be negative where corrections outweigh a month.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable, Mapping
from typing import Any, TypeVar

from backline.domain.accrual import MICRO
from backline.domain.split import split

K = TypeVar("K", bound=Hashable)


class NotWhole(ValueError):
    """The sums do not add up to a whole number of minor units, so no rounding can keep the total."""


def tie(settlement: str, artist_id: int) -> bytes:
    """What settles equal remainders: nobody can choose it, everybody can check it.

    >>> tie("2026-03 EUR", 7).hex()[:8]
    '83b2355f'
    """
    return hashlib.sha256(f"{settlement}:{artist_id}".encode()).digest()


def rounded(sums: Mapping[K, int], *, order: Callable[[K], Any]) -> dict[K, int]:
    """Minor units of each sum of micro-units; their total is exactly that of the sums.

    >>> rounded({"a": 1_500_000, "b": 500_000, "c": -1_000_000}, order=str)
    {'a': 2, 'b': 0, 'c': -1}

    Raises:
        NotWhole: the total is not whole.
    """
    total, rest = divmod(sum(sums.values()), MICRO)
    if rest:
        raise NotWhole(f"{rest} micro-units are left over")
    return rounded_to(total, sums, order=order)


def rounded_to(total_minor: int, sums: Mapping[K, int], *, order: Callable[[K], Any]) -> dict[K, int]:
    """As `rounded`, for a total that was itself rounded from these sums: the lines of one statement.

    >>> rounded_to(1, {"low": 400_000, "high": 500_000}, order=str)
    {'low': 0, 'high': 1}

    Raises:
        ValueError: the total is not one that these sums can be rounded to.
    """
    parts = {key: micro // MICRO for key, micro in sums.items()}
    missing = total_minor - sum(parts.values())
    if not 0 <= missing <= len(parts):
        raise ValueError(f"{total_minor} is not what these sums round to")
    for key in sorted(sums, key=lambda key: (-(sums[key] % MICRO), order(key)))[:missing]:
        parts[key] += 1
    return parts


def bonuses(excluded_minor: int, earned: Mapping[K, int], *, order: Callable[[K], Any]) -> dict[K, int]:
    """What was excluded, divided among the others by what they earned themselves. Who earned nothing gets nothing.

    >>> bonuses(10, {"a": 30, "b": 10, "c": -5}, order=str)
    {'a': 8, 'b': 2, 'c': 0}

    Raises:
        NothingToSplitBy: nobody earned anything.
    """
    return split(excluded_minor, {key: max(amount, 0) for key, amount in earned.items()}, tie=order)
