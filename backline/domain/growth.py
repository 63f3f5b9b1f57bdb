"""Growth: plays of the last 30 complete days against the 30 before, with a word for it.

A difference within the usual swing of random counts (twice the square root of their sum) is called steady, so that
nobody is told of a rise or fall that may be chance. Whole numbers only.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

DAYS = 30
ENOUGH_PLAYS = 30  # in both periods together
EXCEPTIONAL_PERCENT, STRONG_PERCENT, DECLINE_PERCENT = 15, 5, -5


class Trend(Enum):
    """What the change is called."""

    BUILDING = "Building data"
    STEADY = "Steady, within the usual swing"
    EXCEPTIONAL = "Exceptional growth"
    STRONG = "Strong growth"
    GROWING = "Growing steadily"
    SLIGHT_DECLINE = "Slight decline"
    ATTENTION = "Needs attention"

    @property
    def label(self) -> str:
        """The words of headers and cards."""
        return self.value

    @property
    def short(self) -> str:
        """The word of a row: Growing, Steady, Slowing or Building data."""
        if self is Trend.BUILDING:
            return "Building data"
        if self is Trend.STEADY:
            return "Steady"
        return "Slowing" if self in (Trend.SLIGHT_DECLINE, Trend.ATTENTION) else "Growing"


@dataclass(frozen=True)
class Growth:
    """Plays of two periods and what their difference is called."""

    recent: int
    before: int
    trend: Trend
    percent_bp: int | None
    """Difference as a share of the larger count, -10,000 to 10,000; None while data builds up."""


def growth(recent: int, before: int) -> Growth:
    """The growth from `before` plays to `recent` plays.

    >>> growth(200, 100).trend.label, growth(200, 100).percent_bp
    ('Exceptional growth', 5000)
    >>> growth(20, 9).trend.label
    'Building data'

    Raises:
        ValueError: a count is negative.
    """
    change = change_bp(recent, before)
    if change is None:
        return Growth(recent, before, Trend.BUILDING, None)
    return Growth(recent, before, _trend(recent - before, recent + before, max(recent, before)), change)


def change_bp(recent: int, before: int) -> int | None:
    """The difference as a share of the larger count, in basis points; None while data builds up.

    >>> change_bp(200, 100), change_bp(100, 200), change_bp(20, 9)
    (5000, -5000, None)

    Raises:
        ValueError: a count is negative.
    """
    if recent < 0 or before < 0:
        raise ValueError("plays are counted from 0")
    if recent + before < ENOUGH_PLAYS:
        return None
    larger, change = max(recent, before), recent - before
    share = (abs(change) * 10_000 + larger // 2) // larger
    return share if change >= 0 else -share


def _trend(change: int, both: int, larger: int) -> Trend:
    # |change| < 2 * sqrt(both), without the root.
    if change * change < 4 * both:
        return Trend.STEADY
    percent = change * 100  # of `larger`
    if percent > EXCEPTIONAL_PERCENT * larger:
        return Trend.EXCEPTIONAL
    if percent > STRONG_PERCENT * larger:
        return Trend.STRONG
    if percent > 0:
        return Trend.GROWING
    return Trend.SLIGHT_DECLINE if percent > DECLINE_PERCENT * larger else Trend.ATTENTION
