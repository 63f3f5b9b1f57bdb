"""A plan's price, taken apart into what goes to the pool and the platform's fee."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PriceParts:
    """Minor units for the pool and for the platform; together the price."""

    plan: int
    fee: int


def price_parts(amount: int, *, fee_percent: int) -> PriceParts:
    """The fee is rounded down: the pool gets what is left.

    >>> price_parts(1200, fee_percent=25)
    PriceParts(plan=900, fee=300)
    """
    fee = amount * fee_percent // 100
    return PriceParts(amount - fee, fee)
