from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backline.domain.split import NothingToSplitBy, split

totals = st.integers(-(10**12), 10**12)
weighing = st.dictionaries(st.integers(0, 50), st.integers(0, 10**9), min_size=1).filter(
    lambda weights: sum(weights.values()) > 0
)


@given(totals, weighing)
def test_the_parts_are_the_whole(total, weights):
    parts = split(total, weights)
    assert sum(parts.values()) == total
    assert parts.keys() == weights.keys()


@given(totals, weighing)
def test_no_part_is_further_than_one_from_its_exact_share(total, weights):
    whole = sum(weights.values())
    for key, part in split(total, weights).items():
        exact = Fraction(abs(total) * weights[key], whole)
        assert abs(part) in (floor(exact), floor(exact) + (exact.denominator > 1))
        assert part == 0 or (part < 0) == (total < 0)
        assert weights[key] or not part


@given(totals, weighing, st.randoms())
def test_the_order_of_the_input_does_not_matter(total, weights, chance):
    shuffled = list(weights.items())
    chance.shuffle(shuffled)
    assert split(total, dict(shuffled)) == split(total, weights)


@given(totals, weighing)
def test_a_negative_total_is_the_mirror(total, weights):
    assert split(-total, weights) == {key: -part for key, part in split(total, weights).items()}


@given(st.integers(0, 10**9), weighing)
def test_who_weighs_more_never_gets_less(total, weights):
    parts = split(total, weights)
    for one in weights:
        for other in weights:
            if weights[one] > weights[other]:
                assert parts[one] >= parts[other]


def test_equal_remainders_go_by_the_given_key():
    assert split(1, {"a": 1, "b": 1}) == {"a": 1, "b": 0}
    assert split(1, {"a": 1, "b": 1}, tie=lambda key: -ord(key)) == {"a": 0, "b": 1}


def test_nobody_to_split_among():
    assert split(0, {"a": 0}) == {"a": 0}
    assert split(0, {}) == {}
    for weights in ({}, {"a": 0}):
        with pytest.raises(NothingToSplitBy):
            split(1, weights)


def test_negative_weights_are_refused():
    with pytest.raises(ValueError, match="weights are counted"):
        split(1, {"a": 2, "b": -1})
