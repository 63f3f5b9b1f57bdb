"""The charts of insights: heat map, world, retention, durations, colours."""

from __future__ import annotations

import doctest
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backline.domain.retention import Moment
from backline.web.charts import heat, palette, world
from backline.web.charts.canvas import Size
from backline.web.charts.durations import WIDE as DURATIONS
from backline.web.charts.durations import Average, duration_chart
from backline.web.charts.lines import line_chart
from backline.web.charts.retention import NARROW, WIDE, retention_chart


@pytest.mark.parametrize("module", [heat, palette])
def test_examples(module: object):
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]


def test_the_busiest_hour_is_darkest_and_nothing_is_lightest():
    grid = [[0] * 24 for _ in range(7)]
    grid[4][20], grid[0][0] = 8, 1
    found = heat.heat_map(grid, weekdays=["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"])
    assert found.most == 8
    assert '<rect class="h4" x="446" y="84"' in found.rows[4][2]
    assert "<title>Fri 20:00, 8 plays</title>" in found.rows[4][2]
    assert found.rows[0][2].count('class="h1"') == 1 and found.rows[1][2].count('class="h0"') == 24


def test_a_week_without_plays_is_all_of_the_lightest_shade():
    found = heat.heat_map([[0] * 24] * 7, weekdays=list("abcdefg"))
    assert found.most == 0 and all(row[2].count('class="h0"') == 24 for row in found.rows)


def test_countries_are_shaded_by_their_plays_and_small_ones_named():
    found = world.world_map({"NL": 10, "DE": 40, "SG": 12})
    assert [(shade.code, shade.level) for shade in found.shades] == [("NL", 1), ("DE", 4)]
    assert found.missing == ("SG",)


def test_the_map_has_the_countries_and_no_streak_across_it():
    shapes = world.shapes()
    assert len(shapes) > 165
    assert "AQ" not in shapes
    assert set(shapes) >= {"US", "RU", "FJ", "NZ", "BR", "NG"}
    for code, path in shapes.items():
        for part in re.findall(r"l([^z]*)z", path):
            steps = [float(number) for number in re.findall(r"-?[\d.]+", part)]
            assert all(abs(step) < 150 for step in steps), code


def test_retention_marks_its_moments_where_they_are():
    curve = [10_000, 9_000, 9_000, 5_000, 5_000, 6_000]
    found = retention_chart(WIDE, curve, drop=Moment(2, 1, 9_000, 5_000), rise=Moment(4, 1, 5_000, 6_000))
    assert [spot.name for spot in found.spots] == ["Strongest drop, 0:02", "Replay, 0:04"]
    assert found.spots[0].note == "90% to 50% in 1 s"
    assert found.line.startswith("M36.0 10.5L")
    assert found.grid[0] == (204.0, 0)
    assert [label for _, label, _ in found.times] == ["0:00", "0:01", "0:03", "0:04", "0:06"]


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=2_000), st.sampled_from([WIDE, NARROW]))
def test_retention_stays_inside_its_box(curve: list[int], size: Size):
    found = retention_chart(size, curve, drop=None, rise=None)
    numbers = [float(number) for number in re.findall(r"-?[\d.]+", found.line)]
    assert all(size.left <= x <= size.right + 0.1 for x in numbers[::2])
    assert all(10 <= y <= size.base + 0.1 for y in numbers[1::2])
    assert len(numbers) <= 2 * 361


@given(st.lists(st.none() | st.integers(0, 4_000_000), max_size=400))
def test_bars_of_durations_stay_inside_their_box(lengths: list[int | None]):
    averages = [Average(ms, 5_000, "x") for ms in lengths]
    found = duration_chart(DURATIONS, averages)
    assert found.bars.count("<rect") == sum(ms is not None for ms in lengths)
    assert all(float(y) >= 11 for y in re.findall(r' y="(-?[\d.]+)"', found.bars))
    assert found.grid[0][1] == "0:00" and len(found.grid) <= 8


def test_a_line_has_marks_and_a_line_before():
    found = line_chart(WIDE, [1, 2, 3], before=[3, 2], marks={1: "Released"})
    assert found.before and found.marks[0].text == "Released"


def test_colours_of_files_are_those_of_the_light_theme():
    assert palette.colours().keys() >= {"data-1", "data-6", "panel", "text", "grid", "cal-x3", "accent"}
    assert all(re.fullmatch("#[0-9a-f]{6}", colour) for colour in palette.colours().values())
