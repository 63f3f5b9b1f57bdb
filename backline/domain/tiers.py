"""Tiers: which part of the ranked somebody is in."""

from __future__ import annotations

FEWEST_RANKED = 100
TIERS = (("Diamond", 1), ("Platinum", 5), ("Gold", 15), ("Silver", 40), ("Bronze", 100))
"""Each with the percent of the ranked it reaches down to."""


def tier(last_place: int, *, ranked: int) -> str:
    """The tier of a tie whose last member stands at `last_place`: at an edge all of it gets the lower one.

    Empty when fewer than `FEWEST_RANKED` are ranked.

    >>> tier(5, ranked=118), tier(6, ranked=118), tier(1, ranked=99)
    ('Platinum', 'Gold', '')
    """
    if ranked < FEWEST_RANKED:
        return ""
    return next(name for name, percent in TIERS if last_place * 100 <= percent * ranked)


def edges(*, ranked: int) -> list[tuple[str, int, int]]:
    """Each tier with its first and last place; tiers without a place are left out, as all are below the minimum.

    >>> edges(ranked=118)[:3]
    [('Diamond', 1, 1), ('Platinum', 2, 5), ('Gold', 6, 17)]
    """
    if ranked < FEWEST_RANKED:
        return []
    found, first = [], 1
    for name, percent in TIERS:
        last = percent * ranked // 100
        if last >= first:
            found.append((name, first, last))
            first = last + 1
    return found
