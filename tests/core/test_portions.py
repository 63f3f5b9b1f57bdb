"""Long lists in portions."""

from __future__ import annotations

from backline.core.portions import portions


def test_all_in_order_and_the_rest_in_a_last_one():
    assert list(portions([7, 8, 9], 2)) == [[7, 8], [9]]
    assert list(portions([7, 8], 2)) == [[7, 8]]
    assert list(portions([])) == []
    assert [len(some) for some in portions(range(1001))] == [500, 500, 1]
