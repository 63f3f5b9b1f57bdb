"""Times on somebody's clock: what is read back is what was meant, and skipped times are refused."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backline.domain.local_times import NoSuchTime, instant

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = st.sampled_from(["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "UTC"])


def local(text: str) -> datetime:
    """What a clock on a wall shows."""
    return datetime.fromisoformat(text)


@given(st.datetimes(local("1990-01-01"), local("2100-01-01")), ZONES)
def test_the_clock_shows_the_time_that_was_meant(meant: datetime, name: str):
    zone = ZoneInfo(name)
    try:
        there = instant(meant, zone)
    except NoSuchTime:
        assert meant.replace(tzinfo=zone).utcoffset() != meant.replace(tzinfo=zone, fold=1).utcoffset()
    else:
        assert there.astimezone(zone).replace(tzinfo=None) == meant


def test_the_hour_that_spring_skips_is_refused_and_of_the_one_that_autumn_repeats_the_first_is_meant():
    with pytest.raises(NoSuchTime, match="02:30"):
        instant(local("2026-03-29T02:30"), BERLIN)
    assert instant(local("2026-10-25T02:30"), BERLIN) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "name"), [("0001-01-01T00:00", "Europe/Berlin"), ("9999-12-31T23:59", "America/New_York")]
)
def test_a_time_beyond_all_calendars_is_refused_in_words(text: str, name: str):
    with pytest.raises(NoSuchTime, match="no calendar"):
        instant(local(text), ZoneInfo(name))
