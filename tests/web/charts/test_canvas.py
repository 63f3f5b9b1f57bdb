"""The frame of charts: round grid lines from zero, labels that do not crowd."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backline.web.charts.canvas import CARD, NARROW, canvas, grid_values, label_places


@given(st.integers(0, 10**9))
def test_grid_lines_start_at_zero_reach_the_highest_figure_and_are_three_to_five(most: int):
    values = grid_values(most)
    steps = {high - low for low, high in pairwise(values)}
    assert values[0] == 0
    assert values[-1] >= most
    assert 3 <= len(values) <= 5
    assert len(steps) == 1


@given(st.integers(1, 4000), st.sampled_from([3, 5]))
def test_labels_are_few_in_order_and_include_both_ends(points: int, most: int):
    places = label_places(points, most=most)
    assert places == sorted(set(places))
    assert (places[0], places[-1]) == (0, points - 1)
    assert len(places) <= most + 1


def test_no_points_no_labels():
    assert label_places(0, most=5) == []


@pytest.mark.parametrize("size", [CARD, NARROW])
def test_zero_stands_on_the_axis_and_the_highest_figure_on_the_top_line(size):
    frame = canvas(size, points=30, most=40)
    assert frame.y(0) == size.base
    assert frame.y(40) == 8
    assert (frame.x(0), frame.x(29)) == (size.left, size.right)


def test_a_single_point_stands_in_the_middle():
    assert canvas(CARD, points=1, most=3).x(0) == (CARD.left + CARD.right) / 2
