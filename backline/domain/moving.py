"""Moving one thing within an order, a step at a time."""

from __future__ import annotations

from collections.abc import Sequence


def moved(order: Sequence[int], what: int, *, step: int) -> list[int]:
    """The order with `what` a step later (1) or earlier (-1); at an end, or if it is not there, nothing moves.

    >>> moved([5, 6, 7], 7, step=-1)
    [5, 7, 6]
    >>> moved([5, 6, 7], 7, step=1)
    [5, 6, 7]
    """
    if what not in order:
        return list(order)
    rest = [one for one in order if one != what]
    place = min(max(0, order.index(what) + step), len(rest))
    return [*rest[:place], what, *rest[place:]]
