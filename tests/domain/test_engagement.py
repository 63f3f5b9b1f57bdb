"""Engagement: which listens count, buckets, score, and the seconds that intervals cover."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backline.domain.engagement import bucket, covered, is_in_population, part_bp, score
from backline.domain.verdicts import Verdict

ends = (
    st.tuples(st.integers(0, 90_000), st.integers(0, 90_000))
    .map(sorted)
    .filter(lambda pair: pair[0] < pair[1])
)
heard = st.lists(ends.map(tuple), max_size=12)


@pytest.mark.parametrize("verdict", Verdict)
def test_the_population(verdict: Verdict):
    wanted = verdict in {Verdict.COUNTED, Verdict.REPEATED, Verdict.TOO_SHORT}
    assert is_in_population(verdict, distinct_ms=1_000) is wanted
    assert not is_in_population(verdict, distinct_ms=999)


@given(st.integers(0, 10_000))
def test_buckets_are_in_order(reach: int):
    assert bucket(reach) >= bucket(min(reach + 1, 10_000))


def test_the_score_of_the_example():
    assert score((10, 5, 3, 1, 1)) == 77
    assert (score((5, 0, 0, 0, 0)), score((0, 0, 0, 0, 5))) == (100, 10)


@given(st.integers(0, 10**7), st.integers(0, 10**7))
def test_a_part_is_at_most_the_whole(part: int, whole: int):
    assert 0 <= part_bp(part, beat_ms=whole) <= 10_000


@given(heard)
def test_a_second_is_covered_when_its_middle_was_heard(intervals: list[tuple[int, int]]):
    ranges = covered(intervals)
    seconds = {second for first, end in ranges for second in range(first, end)}
    wanted = {
        second for second in range(91) if any(start <= second * 1_000 + 500 < end for start, end in intervals)
    }
    assert seconds == wanted
    assert len(seconds) == sum(end - first for first, end in ranges), "no second is in two ranges"
