"""Service days: what an invoice paid for, spread over the days it bought, and what a refund takes back from them.

All in whole minor units, so that a day's bucket is money that exists.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from backline.domain.split import split


def spread(net_minor: int, *, first: date, end: date, phase: int = 0) -> dict[date, int]:
    """The amount over the days from `first` to the one before `end`; no run of days is off by a whole minor unit.

    Which days get the odd minor units depends on `phase` (any whole number, such as the invoice's): with many invoices
    of one period their odd units fall on different days, and the buckets stay even. A period without days is one day.

    >>> spread(100, first=date(2026, 3, 1), end=date(2026, 3, 4))
    {datetime.date(2026, 3, 1): 33, datetime.date(2026, 3, 2): 33, datetime.date(2026, 3, 3): 34}
    >>> list(spread(1, first=date(2026, 3, 1), end=date(2026, 3, 4), phase=2).values())
    [1, 0, 0]

    Raises:
        ValueError: the amount is negative; what is given back is a refund.
    """
    if net_minor < 0:
        raise ValueError("what was paid is counted from 0")
    days = max((end - first).days, 1)
    start = phase % days
    edges = [(number * net_minor + start) // days for number in range(days + 1)]
    return {first + timedelta(days=number): edges[number + 1] - edges[number] for number in range(days)}


def taken_back(amount_minor: int, left: Mapping[date, int]) -> dict[date, int]:
    """What each day gives back of a refund: in proportion to what is `left` of it, and never more than that.

    >>> taken_back(50, {date(2026, 3, 1): 33, date(2026, 3, 2): 0, date(2026, 3, 3): 67})
    {datetime.date(2026, 3, 1): 17, datetime.date(2026, 3, 2): 0, datetime.date(2026, 3, 3): 33}

    Raises:
        ValueError: the amount is negative or more than is left.
    """
    if not 0 <= amount_minor <= sum(left.values()):
        raise ValueError(f"{amount_minor} cannot be taken back from {sum(left.values())}")
    return split(amount_minor, left)


def after_changes(
    parts: Mapping[date, int], changes: list[int]
) -> tuple[dict[date, int], list[dict[date, int]]]:
    """What is left of each day after refunds and lost disputes in their order, and what each of them took.

    >>> left, took = after_changes({date(2026, 3, 1): 2, date(2026, 3, 2): 2}, [1, 3])
    >>> sum(left.values()), [sum(each.values()) for each in took]
    (0, [1, 3])
    """
    left, took = dict(parts), []
    for amount in changes:
        took.append(taken_back(amount, left))
        left = {day: part - took[-1][day] for day, part in left.items()}
    return left, took
