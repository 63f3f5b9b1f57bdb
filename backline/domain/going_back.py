"""A refund of part of what was paid, divided among the plan's part, the platform's fee and the tax."""

from __future__ import annotations


def parts_going_back(
    amount: int, *, paid: tuple[int, int, int], left: tuple[int, int, int]
) -> tuple[int, int, int]:
    """What of a refund comes from plan, fee and tax, in proportion to what was paid; `left` has not gone back yet.

    Fee and tax are rounded down and the plan takes the rest. The last refund takes exactly what is left.

    >>> parts_going_back(600, paid=(900, 300, 0), left=(900, 300, 0))
    (450, 150, 0)
    >>> parts_going_back(1, paid=(900, 300, 0), left=(450, 150, 0))
    (1, 0, 0)

    Raises:
        ValueError: more than is left.
    """
    whole, rest = sum(paid), sum(left)
    if not 0 < amount <= rest:
        raise ValueError(f"{amount} would go back, {rest} is left")
    if amount == rest:
        return left
    fee, tax = (min(amount * part // whole, have) for part, have in zip(paid[1:], left[1:], strict=True))
    plan = min(amount - fee - tax, left[0])
    short = amount - plan - fee - tax
    more = min(short, left[1] - fee)
    return plan, fee + more, tax + short - more
