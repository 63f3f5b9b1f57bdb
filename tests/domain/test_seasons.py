"""Windows that come back every year, and months added."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backline.domain.seasons import add_months, first_in_season, in_season, season_days

WINDOWS = [("10-30", "11-01"), ("12-23", "12-26"), ("12-31", "01-02"), ("02-13", "02-15")]
UTC_ZONE = ZoneInfo("UTC")


@pytest.mark.parametrize(("first", "last"), WINDOWS)
@given(day=st.dates(date(2020, 1, 1), date(2035, 12, 31)))
def test_the_next_window_is_open_exactly_on_its_days(first, last, day):
    first_on, last_on = season_days(first, last, today=day)
    assert in_season(day, first, last) == (first_on <= day <= last_on)
    assert last_on >= day and (last_on - day).days <= 366
    assert in_season(first_on, first, last) and not in_season(first_on - timedelta(days=1), first, last)
    assert in_season(last_on, first, last) and not in_season(last_on + timedelta(days=1), first, last)


def test_the_day_is_the_zones():
    late = datetime(2025, 10, 29, 23, 30, tzinfo=UTC)
    window = {"first_day": "10-30", "last_day": "11-01"}
    assert first_in_season([late], **window, zone=UTC_ZONE) is None
    assert first_in_season([late], **window, zone=ZoneInfo("Europe/Berlin")) == late


@pytest.mark.parametrize(
    ("joined", "months", "reached"),
    [("2025-11-30", 3, "2026-02-28"), ("2024-02-29", 12, "2025-02-28"), ("2025-12-31", 1, "2026-01-31")],
)
def test_months_end_where_the_month_does(joined, months, reached):
    at = datetime.fromisoformat(joined).replace(tzinfo=UTC)
    assert add_months(at, months, zone=UTC_ZONE).date().isoformat() == reached
