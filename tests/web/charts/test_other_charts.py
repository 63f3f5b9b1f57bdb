"""Hours, calendar, shares."""

from __future__ import annotations

from datetime import date

from backline.web.charts.calendar import Uploads, calendar
from backline.web.charts.hours import hour_chart
from backline.web.charts.shares import share_bp, stacked

TODAY = date(2026, 11, 23)
FRIDAY = date(2026, 7, 17)


def found(year, on: date):
    """The square of a day."""
    return next(day for row in year.rows for day in row if day.on == on)


def test_hours_as_in_the_design():
    chart = hour_chart([2, 0, *[1] * 28, 4, *[0] * 17], today_from=30, width=530)
    first, second = chart.bars[:2]
    assert (first.x, first.y, first.width, first.height) == (0.0, 34, 9.0, 18)
    assert (second.y, second.height) == (52, 1)
    assert (chart.today_x, chart.bars[29].now, chart.bars[30].now) == (331.2, False, True)


def test_no_hours_draw_nothing():
    assert hour_chart([], today_from=0, width=320).bars == ()


def test_a_year_as_in_the_design():
    year = calendar(2026, Uploads({FRIDAY: 7}, None), today=TODAY, selected=FRIDAY)
    assert (year.width, len(year.rows)) == (848, 7)
    assert sum(len(row) for row in year.rows) == 365
    square = found(year, FRIDAY)
    assert (square.x, square.y, square.look, square.selected) == (448, 83, "d4", True)
    assert square.text == "Fri 17 Jul: 7 uploads"
    assert [label.x for label in year.months][:3] == [0, 64, 128]


def test_days_to_come_cannot_be_chosen():
    year = calendar(2026, Uploads({}, {}), today=TODAY, selected=None)
    tomorrow = found(year, date(2026, 11, 24))
    assert (tomorrow.look, tomorrow.text) == ("future", "")


def test_exactly_one_day_takes_the_keyboard_first():
    for year, entry in ((2026, TODAY), (2025, date(2025, 12, 31))):
        drawn = calendar(year, Uploads({}, None), today=TODAY, selected=None)
        assert [day.on for row in drawn.rows for day in row if day.entry] == [entry]


def test_xray_colours_only_days_without_own_uploads():
    own, others = {FRIDAY: 1}, {FRIDAY: 11, date(2026, 7, 16): 5}
    year = calendar(2026, Uploads(own, others), today=TODAY, selected=None)
    assert [found(year, day).look for day in (FRIDAY, date(2026, 7, 16), date(2026, 7, 15))] == [
        "d1",
        "x3",
        "d0",
    ]
    assert found(year, FRIDAY).text == "Fri 17 Jul: 1 upload, 11 by others"


def test_the_week_begins_on_the_accounts_first_day():
    year = calendar(2026, Uploads({}, None), today=TODAY, selected=None, first_weekday=6)
    assert year.weekdays[0].weekday() == 6
    assert {day.on.weekday() for day in year.rows[0]} == {6}


def test_parts_of_a_bar_fill_it():
    parts = stacked([62, 0, 24, 14])
    assert [(part.x, part.width, part.series) for part in parts] == [(0, 62, 1), (62, 24, 3), (86, 14, 4)]
    assert stacked([0, 0]) == ()
    assert share_bp(2, 3) == 6667
