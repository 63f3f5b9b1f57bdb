"""Months by day numbers agree with the calendar."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from backline.domain.months import month_of, months_before, months_between, next_month

EPOCH = date(1970, 1, 1)
days = st.integers(0, 40_000)


@given(days)
def test_a_day_is_in_its_month(day: int):
    first, following = EPOCH + timedelta(days=month_of(day)), EPOCH + timedelta(days=next_month(day))
    on = EPOCH + timedelta(days=day)
    assert first.day == following.day == 1
    assert (first.year, first.month) == (on.year, on.month)
    assert first <= on < following


@given(days, st.integers(0, 400))
def test_months_follow_each_other(day: int, more: int):
    found = months_between(day, day + more)
    assert found[0] == month_of(day) and found[-1] == month_of(day + more)
    assert all(next_month(one) == other for one, other in pairwise(found))


@given(days, st.integers(0, 30))
def test_months_before_are_undone_by_months_after(day: int, count: int):
    month = months_before(day, count)
    for _ in range(count):
        month = next_month(month)
    assert month == month_of(day)
