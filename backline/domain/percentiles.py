"""Top shares: which score reaches the top p percent, and how high a score stands.

A score is in the top p percent when (scores as high or higher) / ranked <= p. Only scores above zero are ranked, and
with too few of them nothing is said.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

FEWEST_RANKED = 20
FEWEST_GENRE_BEATS = 20
FEWEST_GENRE_ARTISTS = 10


@dataclass(frozen=True)
class Ladder:
    """The score at which each of the top 1 to 100 percent begins; None where not even the best score is in it."""

    ranked: int
    cuts: tuple[int | None, ...] = ()

    @property
    def is_available(self) -> bool:
        """Enough scores are ranked to speak of shares."""
        return bool(self.cuts)

    def cut(self, percent: int) -> int | None:
        """The lowest score in the top `percent`; None when there is none or too few are ranked."""
        return self.cuts[percent - 1] if self.cuts else None

    def top_percent(self, score: int) -> int | None:
        """The smallest whole top share a score is in; None when it is not ranked or too few are."""
        if score <= 0:
            return None
        shares = (percent for percent, cut in enumerate(self.cuts, 1) if cut is not None and score >= cut)
        return next(shares, None)


def ladder(scores: Iterable[int], *, fewest: int = FEWEST_RANKED) -> Ladder:
    """The ladder of some scores; without cuts when fewer than `fewest` are above zero.

    >>> steps = ladder(range(1, 41))
    >>> steps.cut(10), steps.cut(50), steps.top_percent(36)
    (37, 21, 13)
    """
    ranked = sorted((score for score in scores if score > 0), reverse=True)
    if len(ranked) < fewest:
        return Ladder(len(ranked))
    steps = list(dict.fromkeys(ranked))
    counts = Counter(ranked)
    ends = list(accumulate(counts[step] for step in steps))
    places = (bisect_right(ends, len(ranked) * percent // 100) for percent in range(1, 101))
    return Ladder(len(ranked), tuple(steps[place - 1] if place else None for place in places))


def percentile_points(scores: Sequence[int]) -> list[int]:
    """For each score twice those below plus the others that are equal: a percentile in whole numbers.

    >>> percentile_points([5, 9, 5])
    [1, 4, 1]
    """
    order = sorted(scores)
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for place, score in enumerate(order):
        first.setdefault(score, place)
        last[score] = place
    return [first[score] + last[score] for score in scores]
