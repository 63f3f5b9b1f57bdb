"""Lines, bars and marks."""

from __future__ import annotations

import re
import time

from backline.web.charts.canvas import CARD, NARROW, WIDE
from backline.web.charts.lines import bars_chart, line_chart, spark
from backline.web.styleguide.examples import PLAYS


def points(path: str) -> list[tuple[float, float]]:
    """The coordinates of a path without its closing."""
    return [(float(x), float(y)) for x, y in re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", path)]


def test_the_line_is_drawn_as_in_the_design():
    chart = line_chart(CARD, PLAYS, before=PLAYS)
    assert chart.line.startswith("M36.0 164.2L60.8 157.1L85.5 100.3")
    assert chart.area == f"{chart.line}V292H36z"
    assert chart.before == chart.line
    assert [line.y for line in chart.canvas.lines] == [292.5, 221.5, 150.5, 79.5, 8.5]
    assert [(label.x, label.anchor) for label in chart.canvas.labels] == [
        (36.0, "mid"),
        (234.1, "mid"),
        (407.4, "mid"),
        (580.7, "mid"),
        (754.0, "end"),
    ]


def test_the_narrow_drawing_has_fewer_labels():
    assert [label.x for label in line_chart(NARROW, PLAYS).canvas.labels] == [28.0, 186.3, 334.0]


def test_a_missing_point_is_a_gap_and_zero_is_a_point():
    chart = line_chart(CARD, [2, None, 0, 4])
    assert chart.line.count("M") == 2
    assert len(points(chart.line)) == 3
    assert chart.area == ""
    assert points(chart.line)[1][1] == CARD.base


def test_all_zero_lies_on_the_axis():
    chart = line_chart(CARD, [0] * 7)
    assert {y for _, y in points(chart.line)} == {CARD.base}


def test_no_points_draw_nothing():
    chart = line_chart(CARD, [])
    assert (chart.line, chart.area, chart.canvas.labels) == ("", "", ())


def test_bars_stand_on_the_axis_inside_the_frame_and_zero_has_none():
    chart = bars_chart(WIDE, PLAYS, bars=[2, 0, *[3] * 27, 10], marks={29: "later", 3: "first"})
    assert len(chart.bars) == 29
    assert all(round(bar.y + bar.height, 1) == WIDE.base for bar in chart.bars)
    assert chart.bars[0].x == WIDE.left
    assert round(chart.bars[-1].x + chart.bars[-1].width, 1) == WIDE.right
    assert (chart.bars[0].width, chart.bars[-1].y) == (14.7, 147.5)
    assert [(mark.x, mark.text) for mark in chart.marks] == [(144.4, "first"), (1084.0, "later")]


def test_a_sparkline_fills_its_box():
    assert spark([0, 5, 10]) == "0.0,23.0 44.0,12.0 88.0,1.0"
    assert spark([0, 0]) == "0.0,23.0 88.0,23.0"


def test_three_years_of_days_cost_little():
    values = [day % 97 for day in range(1096)]
    begun = time.process_time()
    for _ in range(10):
        line_chart(CARD, values, before=values)
        line_chart(NARROW, values, before=values)
    # 5 ms is the budget; twice that, since other work may share the processor.
    assert (time.process_time() - begun) / 10 < 0.010
