"""What is read from addresses and clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backline.listening.addresses import address_key, client_address
from backline.listening.calendar import Calendar, to_date, to_ms, to_number


@given(st.text(max_size=3_000))
def test_any_text_is_survived(text: str):
    address_key(text)


def test_address_keys():
    assert address_key("203.0.113.7") == "203.0.113.7"
    assert address_key("2001:db8:1:2:3:4:5:6") == address_key("2001:db8:1:2::") == "2001:db8:1:2::/64"
    assert address_key("::ffff:203.0.113.7") == "203.0.113.7"
    assert address_key("203.0.113") == ""


@pytest.mark.parametrize(
    ("forwarded", "hops", "expected"),
    [
        ("", 0, "10.0.0.1"),
        ("203.0.113.7", 0, "10.0.0.1"),
        ("203.0.113.7", 1, "203.0.113.7"),
        ("6.6.6.6, 203.0.113.7", 1, "203.0.113.7"),
        ("6.6.6.6, 203.0.113.7, 10.0.0.9", 2, "203.0.113.7"),
        ("203.0.113.7", 2, "10.0.0.1"),
        (" , ", 1, "10.0.0.1"),
    ],
)
def test_only_what_our_proxies_wrote_is_believed(forwarded: str, hops: int, expected: str):
    assert client_address("10.0.0.1", forwarded, trusted_hops=hops) == expected


@given(
    st.integers(946_684_800, 2_524_608_000).map(lambda second: datetime.fromtimestamp(second, UTC)),
    st.sampled_from(["UTC", "Asia/Kathmandu", "America/St_Johns", "Europe/Berlin", "Australia/Lord_Howe"]),
)
def test_day_and_hour_are_those_of_the_wall_clock(instant: datetime, zone: str):
    local = instant.astimezone(ZoneInfo(zone))
    day, hour = Calendar(ZoneInfo(zone)).day_and_hour(to_ms(instant))
    assert (to_date(day), hour) == (local.date(), local.hour)


def test_periods_of_complete_days():
    calendar = Calendar(ZoneInfo("Asia/Tokyo"))
    night = datetime(2026, 3, 18, 15, 30, tzinfo=UTC)
    assert calendar.today(night) == date(2026, 3, 19)
    assert calendar.complete_days(30, now=night) == (date(2026, 2, 17), date(2026, 3, 18))
    assert calendar.starts_at(date(2026, 3, 19)) == datetime(2026, 3, 18, 15, tzinfo=UTC)
    assert to_date(to_number(date(2026, 3, 19))) == date(2026, 3, 19)
