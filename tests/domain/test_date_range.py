from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backline.domain.date_range import (
    COMPARISONS,
    PRESETS,
    Bounds,
    DateRange,
    default_key,
    parse,
    year_earlier,
)
from backline.domain.steps import STEPS, spans, steps_for

TODAY = date(2026, 3, 18)
FIRST = date(2024, 5, 1)
days = st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 1, 1))


def parsed(key: str = "", compare: str = "", step: str = "", today: date = TODAY) -> DateRange:
    return parse(key, compare=compare, step=step, bounds=Bounds(today, FIRST))


@pytest.mark.parametrize(
    ("today", "key", "first_on"),
    [
        (date(2026, 1, 1), "30d", date(2025, 12, 2)),
        (date(2026, 1, 31), "30d", date(2026, 1, 1)),
        (date(2026, 2, 1), "year", date(2026, 1, 1)),
        (date(2026, 12, 31), "year", date(2026, 1, 1)),
    ],
)
def test_the_default_is_this_year_but_for_january(today, key, first_on):
    assert default_key(today) == key
    assert parsed(today=today).period.first_on == first_on


@pytest.mark.parametrize(
    ("key", "first_on", "last_on"),
    [
        ("month", date(2026, 3, 1), TODAY),
        ("last-month", date(2026, 2, 1), date(2026, 2, 28)),
        ("year", date(2026, 1, 1), TODAY),
        ("90d", date(2025, 12, 18), date(2026, 3, 17)),
        ("all", FIRST, date(2026, 3, 17)),
        ("2026-01-05..2026-01-09", date(2026, 1, 5), date(2026, 1, 9)),
    ],
)
def test_presets_and_two_dates(key, first_on, last_on):
    found = parsed(key)
    assert (found.period.first_on, found.period.last_on, found.corrections) == (first_on, last_on, ())


@pytest.mark.parametrize(
    ("key", "says"),
    [
        ("2026-02-01..2026-01-01", "ends on 2026-01-01 before it begins"),
        ("2026-01-01..2026-12-31", "in the future"),
        ("1800-01-01..2026-01-01", "at most 100 years"),
        ("0001-01-01..0001-01-02", "at most 100 years"),
        ("2026-13-01..2026-14-01", "is not a date"),
        ("nonsense", "A period is"),
        ("٣d", "A period is"),
    ],
)
def test_what_makes_no_sense_is_said_and_the_default_shown(key, says):
    found = parsed(key)
    assert found.period.key == "year"
    assert says in found.corrections[0] and "You see this year." in found.corrections[0]


def test_an_absurd_step_or_comparison_is_said():
    assert parsed("year", step="minute").corrections == ("A chart goes by hour, day, week or month.",)
    assert "77 days cannot be drawn by hour; you see them by week." in parsed("year", step="hour").corrections
    assert "compared with the one before" in parsed("7d", compare="sideways").corrections[0]


def test_the_same_period_last_year_over_leap_days():
    leap = parsed("2024-02-01..2024-02-29", compare="year", today=date(2024, 6, 1)).before
    assert leap and (leap.first_on, leap.last_on) == (date(2023, 2, 1), date(2023, 2, 28))
    assert year_earlier(date(2025, 2, 28)) == date(2024, 2, 28)


def test_nothing_is_compared_with_when_nothing_came_before_or_is_wanted():
    assert parsed("all").before is None
    assert parsed("7d", compare="none").before is None


def test_what_reaches_back_to_merged_days_becomes_whole_months():
    bounds = Bounds(TODAY, FIRST, kept_from=date(2026, 2, 1))
    found = parse("2026-01-10..2026-02-10", step="day", bounds=bounds)
    assert (found.period.first_on, found.period.last_on) == (date(2026, 1, 1), date(2026, 2, 10))
    assert (found.step, found.by_month) == ("month", True) and "kept by month" in found.corrections[0]
    inside = parse("2026-02-01..2026-02-10", bounds=bounds)
    assert not inside.by_month and inside.before and inside.before.first_on == date(2026, 1, 1)


@given(st.dates(min_value=date(2024, 1, 1), max_value=TODAY), st.integers(min_value=0, max_value=400))
def test_whole_months_are_compared_with_days_before_them(first_on, length):
    last_on = min(first_on + timedelta(days=length), TODAY)
    bounds = Bounds(TODAY, FIRST, kept_from=date(2026, 2, 1))
    found = parse(f"{first_on}..{last_on}", bounds=bounds)
    assert found.before and found.before.last_on < found.period.first_on


@given(st.text(max_size=30), st.text(max_size=9), st.text(max_size=9), days)
def test_no_address_breaks_it(key, compare, step, today):
    found = parse(key, compare=compare, step=step, bounds=Bounds(today, today))
    assert found.period.first_on <= found.period.last_on <= today
    assert found.step in steps_for(found.period.days)


@given(st.sampled_from(PRESETS), st.sampled_from([*COMPARISONS]), st.sampled_from(["", *STEPS]), days)
def test_steps_cover_the_period_without_gap_or_overlap(key, compare, step, today):
    found = parse(key, compare=compare, step=step, bounds=Bounds(today, today - timedelta(days=900)))
    parts = spans(found.period, found.step)
    assert parts[0][0] == found.period.first_on and parts[-1][1] == found.period.last_on
    assert all(first <= last for first, last in parts)
    assert all(last + timedelta(days=1) == first for (_, last), (first, _) in pairwise(parts))
    if compare == "before" and found.before:
        assert found.before.days == found.period.days
        assert found.before.last_on + timedelta(days=1) == found.period.first_on
