"""What of the figures is worth a line in the news: milestones, a spike or a sudden drop, unusually many rejections."""

from __future__ import annotations

from dataclasses import dataclass

MILESTONES = (100, 1_000, 10_000, 100_000, 1_000_000)
USUAL_DAYS = 28
SWING_MIN_PLAYS = 20
SPIKE_TIMES = 2
DROP_SHARE = 3
REJECTED_MIN = 20
REJECTED_TIMES = 2


@dataclass(frozen=True)
class Swing:
    """A day's plays against the mean of the four weeks before; `up` for a spike, else a sudden drop."""

    plays: int
    usual: int
    up: bool


def passed(before: int, after: int) -> list[int]:
    """The milestones between two numbers of plays.

    >>> passed(90, 1_000)
    [100, 1000]
    """
    return [mark for mark in MILESTONES if before < mark <= after]


def swing(plays: int, plays_before: int) -> Swing | None:
    """A day against the sum of the 28 days before it; None within the usual, or without anything usual.

    >>> swing(60, 28 * 20), swing(59, 28 * 40)
    (Swing(plays=60, usual=20, up=True), None)
    """
    usual = round(plays_before / USUAL_DAYS)
    if not usual:
        return None
    if plays >= usual * SPIKE_TIMES and plays - usual >= SWING_MIN_PLAYS:
        return Swing(plays, usual, up=True)
    if plays * DROP_SHARE <= usual and usual - plays >= SWING_MIN_PLAYS:
        return Swing(plays, usual, up=False)
    return None


def unusually_rejected(rejected: int, received: int, *, usual_rejected: int, usual_received: int) -> bool:
    """Whether at least 20 listens were rejected and their share is more than twice the usual one.

    >>> unusually_rejected(20, 100, usual_rejected=9, usual_received=100)
    True
    """
    return rejected >= REJECTED_MIN and rejected * usual_received > REJECTED_TIMES * usual_rejected * received
