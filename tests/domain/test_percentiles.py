"""Top shares, against counting by the definition."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from backline.domain.percentiles import ladder, percentile_points

scores = st.lists(st.integers(0, 30), min_size=0, max_size=80)


def in_top(score: int, percent: int, everybody: list[int]) -> bool:
    """(scores as high or higher) / ranked <= p, by counting."""
    ranked = [each for each in everybody if each > 0]
    return score > 0 and sum(each >= score for each in ranked) * 100 <= percent * len(ranked)


@given(scores, st.integers(1, 100))
def test_a_score_is_in_the_top_share_exactly_from_its_cut_on(everybody, percent):
    cut = ladder(everybody, fewest=1).cut(percent)
    for score in {each for each in everybody if each > 0}:
        assert in_top(score, percent, everybody) == (cut is not None and score >= cut)


@given(scores)
def test_the_place_is_the_smallest_share_a_score_is_in(everybody):
    steps = ladder(everybody, fewest=1)
    for score in {each for each in everybody if each > 0}:
        place = steps.top_percent(score)
        assert place is not None and in_top(score, place, everybody)
        assert place == 1 or not in_top(score, place - 1, everybody)


def test_fewer_than_twenty_say_nothing_and_zeros_are_not_ranked():
    assert not ladder(range(1, 20)).is_available
    assert not ladder([*range(1, 20), 0, 0]).is_available
    assert ladder(range(1, 21)).is_available
    assert ladder(range(1, 20)).ranked == 19
    assert ladder(range(1, 21)).top_percent(0) is None


def test_a_tie_at_the_top_that_is_too_wide_is_in_no_small_share():
    steps = ladder([9] * 20)
    assert steps.cut(99) is None and steps.cut(100) == 9


@given(scores)
def test_percentiles_are_twice_those_below_and_the_others_equal(everybody):
    for score, points in zip(everybody, percentile_points(everybody), strict=True):
        below = sum(each < score for each in everybody)
        equal = sum(each == score for each in everybody) - 1
        assert points == 2 * below + equal
