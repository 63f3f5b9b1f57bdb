"""What was heard: merging, clipping and measuring intervals."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backline.domain import intervals

LENGTH = 400
positions = st.integers(0, LENGTH)
spans = st.tuples(positions, positions).filter(lambda pair: pair[0] < pair[1])
played = st.lists(spans, max_size=12)


def seconds_heard(heard: list[tuple[int, int]]) -> set[int]:
    return {moment for start, end in heard for moment in range(start, end)}


@given(played)
def test_distinct_is_the_size_of_the_union(heard: list[tuple[int, int]]):
    assert intervals.distinct_ms(heard) == len(seconds_heard(heard))


@given(played)
def test_replayed_is_what_was_played_beyond_the_union(heard: list[tuple[int, int]]):
    total = sum(end - start for start, end in heard)
    assert intervals.played_ms(heard) == total
    assert intervals.replayed_ms(heard) == total - len(seconds_heard(heard))


@given(played)
def test_furthest_is_the_last_moment(heard: list[tuple[int, int]]):
    assert intervals.furthest_ms(heard) == max((moment + 1 for moment in seconds_heard(heard)), default=0)


@given(played)
def test_merging_changes_no_measure_and_leaves_nothing_adjacent(heard: list[tuple[int, int]]):
    merged = intervals.merge_adjacent(heard)
    assert intervals.played_ms(merged) == intervals.played_ms(heard)
    assert seconds_heard(list(merged)) == seconds_heard(heard)
    assert all(before[1] != after[0] for before, after in pairwise(merged))


@given(played, positions)
def test_clipping_keeps_what_is_inside(heard: list[tuple[int, int]], length: int):
    inside = intervals.clip(heard, length)
    assert seconds_heard(list(inside)) == {moment for moment in seconds_heard(heard) if moment < length}


def test_reads_seconds_in_the_order_played():
    assert intervals.read([[0, 1.5], [1.5, 4], [2, 3]]) == ((0, 4_000), (2_000, 3_000))
    assert intervals.read([]) == ()


@pytest.mark.parametrize(
    "reported",
    [
        None,
        "0-30",
        {"0": 30},
        [30],
        [[0]],
        [[0, 1, 2]],
        [["0", "1"]],
        [[True, 5]],
        [[0, math.nan]],
        [[0, math.inf]],
        [[-1, 5]],
        [[5, 5]],
        [[9, 5]],
        [[0, 24 * 3600 + 1]],
        [[0, 10**300]],
        [[0, [[[[]]]]]],
        [[n * 2, n * 2 + 1] for n in range(51)],
        [[n, n + 1] for n in range(201)],
    ],
)
def test_refuses_what_cannot_have_been_heard(reported: object):
    with pytest.raises(intervals.InvalidIntervalsError):
        intervals.read(reported)


def test_takes_fifty_after_merging():
    apart = [[n * 2, n * 2 + 1] for n in range(50)]
    assert len(intervals.read(apart)) == 50
    assert intervals.read([[n, n + 1] for n in range(200)]) == ((0, 200_000),)
