"""What is worth a line in the news."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from backline.domain.notable import (
    MILESTONES,
    REJECTED_MIN,
    USUAL_DAYS,
    passed,
    swing,
    unusually_rejected,
)

COUNTS = st.integers(0, 2_000_000)


@given(COUNTS, COUNTS, COUNTS)
def test_each_milestone_is_passed_once(one: int, two: int, three: int):
    first, middle, last = sorted((one, two, three))
    assert passed(first, middle) + passed(middle, last) == passed(first, last)
    assert set(passed(0, last)) == {mark for mark in MILESTONES if mark <= last}


@given(COUNTS, COUNTS)
def test_a_swing_is_never_both_ways_and_never_small(plays: int, before: int):
    found = swing(plays, before)
    if found is not None:
        assert abs(found.plays - found.usual) >= 20
        assert found.up == (found.plays > found.usual)


def test_nothing_usual_is_nothing_to_compare_with():
    assert swing(500, 0) is None
    assert swing(40, USUAL_DAYS * 20) is not None
    assert swing(39, USUAL_DAYS * 20) is None
    assert swing(10, USUAL_DAYS * 30) is not None
    assert swing(11, USUAL_DAYS * 30) is None


def test_few_or_usual_rejections_are_no_news():
    assert not unusually_rejected(REJECTED_MIN - 1, 20, usual_rejected=0, usual_received=100)
    assert unusually_rejected(REJECTED_MIN, 100, usual_rejected=0, usual_received=100)
    assert not unusually_rejected(REJECTED_MIN, 100, usual_rejected=10, usual_received=100)
