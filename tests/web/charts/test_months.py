"""Bars of months: parts stand on each other, an estimate is told apart, nothing below zero is drawn."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from backline.web.charts.months import MONTHS_NARROW, MONTHS_WIDE, Month, month_chart

AMOUNTS = st.tuples(*(st.integers(-10_000, 10_000_000) for _ in range(3)))


def test_parts_stand_on_each_other():
    (bar,) = month_chart(MONTHS_WIDE, [Month((10_000, 20_000, 30_000), estimated=0)], unit=100).bars
    looks, parts = zip(*bar.parts, strict=True)
    assert looks == ("s1 estimated", "s2", "s3")
    assert all(above.y + above.height <= below.y + 0.2 for below, above in pairwise(parts))


def test_labels_thin_out_and_the_last_month_keeps_its_own():
    chart = month_chart(MONTHS_NARROW, [Month((1, 0, 0))] * 12, unit=1)
    assert [bar.labelled for bar in chart.bars] == [False, False, True] * 4


def test_the_scale_is_in_whole_units():
    chart = month_chart(MONTHS_WIDE, [Month((60_000, 0, 0))], unit=100)
    assert [line.value for line in chart.lines] == [0, 200, 400, 600]


@given(st.lists(AMOUNTS, max_size=5), st.sampled_from([1, 100, 1000]))
def test_everything_stays_inside(amounts, unit):
    chart = month_chart(MONTHS_WIDE, [Month(each) for each in amounts], unit=unit)
    for bar, each in zip(chart.bars, amounts, strict=True):
        assert len(bar.parts) == sum(amount > 0 for amount in each)
        for _, part in bar.parts:
            assert part.y >= 0 and part.y + part.height <= MONTHS_WIDE.base + 1
            assert MONTHS_WIDE.left <= part.x and part.x + part.width <= MONTHS_WIDE.width
