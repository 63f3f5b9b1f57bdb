"""Bars of two parts."""

from __future__ import annotations

from backline.web.charts.canvas import NARROW, WIDE
from backline.web.charts.stacks import stack_chart


def test_parts_stand_on_each_other_and_nothing_is_drawn_for_nothing():
    chart = stack_chart(WIDE, [2, 0, 4], [2, 0, 0], says=["a", "b", "c"])
    first, empty, last = chart.stacks
    assert first.lower is not None and first.upper is not None
    assert first.lower.y == round(first.upper.y + first.upper.height, 1)
    assert first.lower.y + first.lower.height == WIDE.base
    assert (empty.lower, empty.upper) == (None, None)
    assert last.upper is None and last.lower is not None
    assert last.lower.height == round(first.lower.height + first.upper.height, 1)


def test_bars_stay_inside_the_frame():
    for size in (WIDE, NARROW):
        for count in (1, 2, 31):
            for stack in stack_chart(size, [1] * count, [1] * count, says=[""] * count).stacks:
                assert stack.lower is not None
                assert size.left <= stack.lower.x <= stack.lower.x + stack.lower.width <= size.right + 0.1
