"""Moving within an order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from backline.domain.moving import moved

ORDERS = st.lists(st.integers(1, 50), unique=True)


@given(ORDERS, st.integers(1, 50), st.sampled_from([-1, 1]))
def test_nothing_is_lost_and_a_step_back_undoes_it(order: list[int], what: int, step: int):
    after = moved(order, what, step=step)
    assert sorted(after) == sorted(order)
    if after != order:
        assert moved(after, what, step=-step) == order


@given(ORDERS.filter(bool))
def test_the_ends_stay(order: list[int]):
    assert moved(order, order[0], step=-1) == order
    assert moved(order, order[-1], step=1) == order
