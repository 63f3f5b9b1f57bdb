"""How deeply a beat is heard: what a listen adds to its engagement, and what the sums mean.

The population are final listens that were counted, repeated or too short and heard at least a second. Shares are in
basis points: *reach* is how far a listen got, *share* how much of the beat it heard.
"""

from __future__ import annotations

from collections.abc import Sequence

from backline.domain.intervals import Interval
from backline.domain.verdicts import Verdict

POPULATION = frozenset({Verdict.COUNTED, Verdict.REPEATED, Verdict.TOO_SHORT})
LEAST_MS = 1_000
WHOLE_BP = 10_000
WEIGHTS = (100, 70, 50, 30, 10)
SECOND_MS = 1_000


def is_in_population(verdict: Verdict, *, distinct_ms: int) -> bool:
    """Whether a listen says something about how the beat is heard."""
    return distinct_ms >= LEAST_MS and verdict in POPULATION


def part_bp(part_ms: int, *, beat_ms: int) -> int:
    """A part of the beat in basis points, at most the whole.

    >>> part_bp(45_000, beat_ms=180_000), part_bp(200_000, beat_ms=180_000)
    (2500, 10000)
    """
    return min(part_ms * WHOLE_BP // beat_ms, WHOLE_BP) if beat_ms > 0 else 0


def bucket(reach_bp: int) -> int:
    """Completed (0), mostly (1), half (2), partial (3) or skipped (4).

    >>> [bucket(reach) for reach in (10_000, 8_001, 8_000, 6_000, 4_000, 2_000, 1_999, 0)]
    [0, 0, 1, 1, 2, 3, 4, 4]
    """
    if reach_bp > 8_000:
        return 0
    return 1 if reach_bp >= 6_000 else 2 if reach_bp >= 4_000 else 3 if reach_bp >= 2_000 else 4


def score(buckets: Sequence[int]) -> int | None:
    """The engagement score, 10 to 100: the weighted mean of the five buckets; None without listens.

    >>> score((10, 5, 3, 1, 1)), score((0, 0, 0, 0, 0))
    (77, None)
    """
    population = sum(buckets)
    if not population:
        return None
    return round(sum(weight * count for weight, count in zip(WEIGHTS, buckets, strict=True)) / population)


def covered(heard: Sequence[Interval]) -> list[tuple[int, int]]:
    """The seconds that intervals cover, as ranges [first, end), apart and in order.

    A second counts when its middle was heard.

    >>> covered([(0, 3_000), (2_000, 5_400)]), covered([(400, 600), (9_000, 9_400)])
    ([(0, 5)], [(0, 1)])
    """
    ranges: list[tuple[int, int]] = []
    half = SECOND_MS // 2 - 1
    for start_ms, end_ms in heard if len(heard) == 1 else sorted(heard):
        first, end = (start_ms + half) // SECOND_MS, (end_ms + half) // SECOND_MS
        if ranges and first <= ranges[-1][1]:
            first, end = ranges[-1][0], max(end, ranges.pop()[1])
        if first < end:
            ranges.append((first, end))
    return ranges
