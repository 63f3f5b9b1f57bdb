"""How values are written: unknown is a dash, zero is 0, times are the account's."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone, translation

from backline.core import clock
from backline.web import formats

AT = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("write", "value", "text"),
    [
        (formats.number, 8412, "8,412"),
        (formats.number, 0, "0"),
        (formats.number, -3, "−3"),
        (formats.compact, 1326, "1.3K"),
        (formats.compact, 940, "940"),
        (formats.percent, 1240, "12.4%"),
        (formats.percent, 0, "0.0%"),
        (formats.signed, 12, "+12"),
        (formats.signed, -12, "−12"),
        (formats.signed, 0, "0"),
        (formats.signed_percent, -550, "−5.5%"),
        (formats.duration, 64_000, "1:04"),
        (formats.duration, 0, "0:00"),
        (formats.duration, 3_605_000, "1:00:05"),
        (formats.size, 0, "0 B"),
        (formats.size, 1_400_000, "1.4 MB"),
        (formats.size, 48_200, "48 kB"),
        (formats.ordinal, 1, "1st"),
        (formats.ordinal, 12, "12th"),
        (formats.ordinal, 21, "21st"),
        (formats.ordinal, 113, "113th"),
        (formats.day, date(2026, 11, 23), "23 Nov"),
        (formats.full_day, date(2026, 11, 23), "23 Nov 2026"),
        (formats.long_day, date(2026, 11, 23), "Monday 23 November"),
        (formats.weekday_day, date(2026, 7, 17), "Fri 17 Jul"),
        (formats.month, date(2026, 11, 1), "November 2026"),
        (formats.month_name, date(2026, 11, 1), "November"),
        (formats.country_name, "gh", "Ghana"),
        (formats.country_name, "??", "??"),
        (formats.initials, "marlo van vane", "MV"),
        (formats.initials, "", ""),
    ],
)
def test_values(write: Any, value: Any, text: str):
    assert write(value) == text


@pytest.mark.parametrize(
    "write",
    [
        formats.number,
        formats.compact,
        formats.percent,
        formats.signed,
        formats.signed_percent,
        formats.duration,
        formats.size,
        formats.ordinal,
        formats.day,
        formats.full_day,
        formats.near_day,
        formats.long_day,
        formats.time,
        formats.day_time,
        formats.relative,
    ],
)
def test_unknown_is_a_dash(write: Any):
    assert write(None) == "—"


def test_moments_are_written_in_the_current_zone():
    with timezone.override("Pacific/Auckland"):
        assert (formats.day(AT), formats.time(AT)) == ("24 Nov", "12:30")
    with timezone.override("UTC"):
        assert formats.day_time(AT) == "23 Nov, 23:30"
        assert formats.day_time(AT.replace(year=2024)) == "23 Nov 2024, 23:30"
        assert formats.near_day(date(2024, 11, 23)) == "23 Nov 2024"


def test_other_languages_have_their_own_words_and_separators():
    with translation.override("de"):
        assert (formats.number(8412), formats.long_day(date(2026, 11, 23))) == ("8.412", "Montag 23 November")


@pytest.mark.parametrize(
    ("ago", "text"),
    [
        (timedelta(seconds=3), "just now"),
        (timedelta(seconds=70), "a minute ago"),
        (timedelta(minutes=12), "12 minutes ago"),
        (timedelta(minutes=59, seconds=50), "1 hour ago"),
        (timedelta(hours=5), "5 hours ago"),
        (timedelta(days=1, hours=1), "1 day ago"),
        (timedelta(days=6), "6 days ago"),
        (timedelta(days=8), "15 Nov"),
        (timedelta(days=400), "19 Oct 2025"),
    ],
)
def test_how_long_ago(ago: timedelta, text: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(clock, "now", lambda: AT)
    assert formats.relative(AT - ago) == text


def test_one_language_holds_for_what_is_written_meanwhile():
    with translation.override("de"), formats.one_language():
        assert formats.number(8412) == "8.412"
        with translation.override("en"):
            assert formats.number(8412) == "8.412"
    assert formats.number(8412) == "8,412"


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"),
        ("", "Unknown browser"),
    ],
)
def test_a_browser_in_words(sent: str, said: str) -> None:
    assert formats.browser(sent) == said
