from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backline.domain import periods
from backline.domain.periods import Period, PeriodError, parse, previous

TODAY = date(2026, 3, 18)  # a Wednesday
FIRST = date(2024, 5, 1)
recent = st.dates(min_value=date(1970, 1, 10), max_value=date(2100, 1, 1))


def parsed(key: str) -> Period:
    return parse(key, today=TODAY, first_on=FIRST)


@pytest.mark.parametrize(("key", "days"), [("7d", 7), ("30d", 30), ("90d", 90)])
def test_last_days_end_yesterday(key, days):
    period = parsed(key)
    assert (period.last_on, period.days) == (date(2026, 3, 17), days)
    assert TODAY not in period


def test_all_begins_with_the_first_day():
    assert parsed("all") == Period("all", FIRST, date(2026, 3, 17))
    assert previous(parsed("all")) is None


def test_all_on_the_first_day_has_a_day():
    assert parse("all", today=TODAY, first_on=TODAY).days == 1


def test_custom_holds_both_ends():
    period = parsed("2026-02-27..2026-03-02")
    assert (period.days, period.label) == (4, "2026-02-27 to 2026-03-02")
    assert parsed("2026-03-18..2026-03-18").days == 1


@pytest.mark.parametrize(
    ("key", "part"),
    [
        ("2026-03-02..2026-02-27", "before it begins"),
        ("2026-03-02..2026-03-19", "in the future"),
        ("1901-01-01..2026-01-01", "100 years"),
        ("0001-01-01..0001-01-02", "1900 or later"),
        ("2026-02-30..2026-03-01", "not a date"),
        ("0000-01-01..2026-03-01", "not a date"),
        *[
            (junk, "A period is")
            for junk in ("", "7", "7D", "30d ", "2026-01-01", "2026-1-1..2026-1-2", "a..b", "-1d")
        ],
        ("٢٠٢٦-01-01..2026-01-02", "A period is"),
        ("2026-01-01..2026-01-02\n", "A period is"),
    ],
)
def test_what_is_no_period(key, part):
    with pytest.raises(PeriodError, match=part) as caught:
        parsed(key)
    assert str(caught.value).endswith(".")


@given(recent, st.sampled_from(["7d", "30d", "90d"]))
def test_the_period_before_touches_and_is_as_long(today, key):
    period = parse(key, today=today, first_on=FIRST)
    before = previous(period)
    assert before is not None
    assert before.last_on + timedelta(days=1) == period.first_on
    assert before.days == period.days
    assert parse(before.key, today=today, first_on=FIRST) == before


@given(recent)
def test_weeks_and_months_to_date(today):
    this, last = periods.week_to_date(today)
    assert this.first_on.weekday() == last.first_on.weekday() == 0
    assert this.last_on == today == last.last_on + timedelta(days=7)
    assert this.days == last.days <= 7
    month = periods.month_to_date(today)
    assert (month.first_on.day, month.last_on, month.first_on.month) == (1, today, today.month)


def test_reporting_day_is_that_of_the_zone():
    instant = datetime(2026, 3, 18, 23, 30, tzinfo=UTC)
    assert periods.reporting_day(instant, ZoneInfo("Europe/Berlin")) == date(2026, 3, 19)
    assert periods.reporting_day(instant, ZoneInfo("America/New_York")) == date(2026, 3, 18)
    with pytest.raises(ValueError, match="time zone"):
        periods.reporting_day(instant.replace(tzinfo=None), ZoneInfo("UTC"))


@given(st.text(max_size=30))
def test_any_text_is_a_period_or_a_sentence(text):
    try:
        period = parsed(text)
    except PeriodError:
        return
    assert period.first_on <= period.last_on
