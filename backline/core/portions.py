"""Long lists in portions: a statement takes so many values, a transaction so many rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

Item = TypeVar("Item")
SIZE = 500


def portions(items: Sequence[Item], size: int = SIZE) -> Iterator[Sequence[Item]]:
    """The items in order, at most `size` at a time.

    >>> list(portions([7, 8, 9], 2))
    [[7, 8], [9]]
    """
    for start in range(0, len(items), size):
        yield items[start : start + size]
