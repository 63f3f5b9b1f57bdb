"""What would lift an artist one place: the smallest change, found by halving, and how long it takes at the own pace."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from backline.domain import quality


def smallest(enough: Callable[[int], bool], *, most: int) -> int | None:
    """The smallest number from 1 to `most` that is enough; None when not even `most` is.

    `enough` must not stop being true as the number grows.

    >>> smallest(lambda plays: plays >= 212, most=10**9)
    212
    """
    if most < 1 or not enough(most):
        return None
    too_few, found = 0, most
    # Small changes are the usual case: doubling finds their neighbourhood in few questions.
    reach = 1
    while reach < most:
        if enough(reach):
            found = reach
            break
        too_few, reach = reach, reach * 2
    while found - too_few > 1:
        middle = (too_few + found) // 2
        if enough(middle):
            found = middle
        else:
            too_few = middle
    return found


def days_at(amount: int, *, recent: int, days: int = 30) -> int | None:
    """How many days an amount takes at the pace of `recent` in `days`, rounded up; None without any pace.

    >>> days_at(212, recent=640), days_at(3, recent=0)
    (10, None)
    """
    if recent <= 0:
        return None
    needed = Fraction(amount * days, recent)
    return -(-needed.numerator // needed.denominator)


def completed_mean_bp(percents: list[int], *, completed: int) -> tuple[int, int]:
    """Mean completeness in basis points and number of complete beats, once the `completed` emptiest are complete.

    Which ones are completed decides how far it lifts: the emptiest first, since fewest are then needed.

    >>> completed_mean_bp([100, 60, 20], completed=1)
    (8667, 2)
    """
    ordered = sorted(percents)
    after = [100] * completed + ordered[completed:]
    return quality.mean_bp(after) or 0, sum(1 for percent in after if percent == 100)
