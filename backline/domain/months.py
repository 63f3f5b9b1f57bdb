"""Calendar months of day numbers (days since 1970), each named by the number of its first day."""

from __future__ import annotations

from datetime import date, timedelta

EPOCH = date(1970, 1, 1)


def month_of(day: int) -> int:
    """The first day of the month that a day is in.

    >>> month_of(20_530), month_of(20_513), month_of(20_512)
    (20513, 20513, 20485)
    """
    return (_date(day).replace(day=1) - EPOCH).days


def next_month(day: int) -> int:
    """The first day of the month after the one that a day is in.

    >>> next_month(20_485)
    20513
    """
    return month_of(month_of(day) + 31)


def months_between(first: int, last: int) -> list[int]:
    """The months that the days from `first` to `last` touch, in order.

    >>> months_between(20_500, 20_530)
    [20485, 20513]
    """
    found, month = [], month_of(first)
    while month <= last:
        found.append(month)
        month = next_month(month)
    return found


def months_before(day: int, count: int) -> int:
    """The first day of the month so many months before the one that a day is in.

    >>> months_before(20_530, 1), months_before(20_530, 13)
    (20485, 20120)
    """
    start = _date(day)
    number = start.year * 12 + start.month - 1 - count
    return (date(number // 12, number % 12 + 1, 1) - EPOCH).days


def whole_months(start: int, end: int, *, published: int) -> tuple[int, int]:
    """The months up to `published` that lie between two days: the first day of the first, and the day after the last.

    There is none when that is not later. `published` is the first day of a month, 0 when there is none.

    >>> whole_months(10, 100, published=59)  # 11 January to 11 April; March is published
    (31, 90)
    """
    begins = start if month_of(start) == start else next_month(start)
    return begins, min(month_of(end + 1), next_month(published) if published else 0)


def _date(day: int) -> date:
    return EPOCH + timedelta(days=day)
