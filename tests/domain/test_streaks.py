from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backline.domain import streaks
from backline.domain.streaks import Streak

TODAY = date(2026, 3, 18)  # a Wednesday
weekdays = st.integers(0, 6)
days_of_years = st.dates(min_value=date(2023, 1, 1), max_value=date(2026, 12, 31))


@pytest.mark.parametrize(
    ("uploads", "shade"), [(0, 0), (1, 1), (2, 1), (3, 2), (4, 2), (5, 3), (6, 3), (7, 4), (99, 4)]
)
def test_shades(uploads, shade):
    assert streaks.shade(uploads) == shade


@given(st.integers(1971, 2100), weekdays)
def test_a_grid_holds_each_day_of_its_year_once_in_its_row(year, first_weekday):
    grid = streaks.year_grid(year, first_weekday=first_weekday)
    days = [day for week in grid.weeks for day in week if day]
    assert days == [date(year, 1, 1) + timedelta(days=number) for number in range(len(days))]
    assert days[-1] == date(year, 12, 31)
    assert len(grid.weeks) in (53, 54)
    for week in grid.weeks:
        assert len(week) == 7
        assert all(day is None or (day.weekday() - first_weekday) % 7 == row for row, day in enumerate(week))


@given(st.integers(1971, 2100), weekdays)
def test_a_month_stands_over_its_first_day(year, first_weekday):
    grid = streaks.year_grid(year, first_weekday=first_weekday)
    assert [month for month, _ in grid.months] == list(range(1, 13))
    assert all(date(year, month, 1) in grid.weeks[column] for month, column in grid.months)


def test_a_streak_counts_weeks_not_days():
    days = [TODAY - timedelta(days=back) for back in (0, 1, 7, 14)]
    assert streaks.longest_streak(days) == Streak(3, date(2026, 3, 2), date(2026, 3, 22))
    assert streaks.current_streak(days, today=TODAY) == Streak(3, date(2026, 3, 2), date(2026, 3, 22))


def test_a_week_that_is_not_over_breaks_nothing():
    last_week = [date(2026, 3, 9), date(2026, 3, 2)]
    assert streaks.current_streak(last_week, today=TODAY) == Streak(2, date(2026, 3, 2), date(2026, 3, 15))
    assert streaks.current_streak(last_week, today=date(2026, 3, 23)) is None


def test_the_first_weekday_decides_which_week_a_day_is_in():
    sunday, monday = date(2026, 3, 15), date(2026, 3, 16)
    assert streaks.longest_streak([sunday, monday]) == Streak(2, date(2026, 3, 9), date(2026, 3, 22))
    assert streaks.longest_streak([sunday, monday], first_weekday=6) == Streak(1, sunday, date(2026, 3, 21))


def test_nothing_uploaded():
    assert streaks.longest_streak([]) is None
    assert streaks.current_streak([], today=TODAY) is None
    assert streaks.busiest_weekday({}) is None
    assert streaks.busiest_weekday({TODAY: 0}) is None


def test_of_equal_streaks_the_latest_is_the_longest():
    found = streaks.longest_streak([date(2026, 1, 5), date(2026, 2, 2)])
    assert found == Streak(1, date(2026, 2, 2), date(2026, 2, 8))


def test_the_busiest_weekday_and_ties():
    assert streaks.busiest_weekday({date(2026, 3, 16): 1, date(2026, 3, 18): 2, date(2026, 3, 25): 2}) == (
        2,
        4,
    )
    assert streaks.busiest_weekday({date(2026, 3, 17): 2, date(2026, 3, 18): 2}) == (1, 2)


@given(st.sets(days_of_years, max_size=60), weekdays, days_of_years)
def test_the_current_streak_is_no_longer_than_the_longest(days, first_weekday, today):
    longest = streaks.longest_streak(days, first_weekday=first_weekday)
    current = streaks.current_streak(days, today=today, first_weekday=first_weekday)
    for streak in filter(None, (longest, current)):
        weeks = [streak.first_on + timedelta(days=7 * number) for number in range(streak.weeks)]
        assert all(any(week <= day < week + timedelta(days=7) for day in days) for week in weeks)
        assert streak.last_on == weeks[-1] + timedelta(days=6)
    if current:
        assert longest is not None
        assert current.weeks <= longest.weeks
