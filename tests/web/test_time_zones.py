"""Whose days: greeting, calendar and streaks follow the account's clock, listening days the platform's.

At both changes of summer time, on a leap day, at the turn of a year, at UTC+14 and UTC-11, and in half-hour zones.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from django.conf import LazySettings

from backline.catalog import queries as catalog
from backline.core import clock
from backline.domain.streaks import current_streak
from backline.listening import queries as listening
from backline.listening.fold import fold_all
from tests.catalog.makers import make_public
from tests.conftest import Cast
from tests.listening.world import download, listen, make_beat, send
from tests.web.screens import read

ZONES = (
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
    "Asia/Kathmandu",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "America/St_Johns",
    "Europe/Berlin",
)
DAYS = {
    "spring forward": date(2026, 3, 29),
    "fall back": date(2025, 10, 26),
    "leap day": date(2024, 2, 29),
    "new year": date(2026, 1, 1),
    "Lord Howe, half an hour": date(2025, 10, 5),
}
MINUTE = timedelta(minutes=1)
CASES = [(zone, day) for zone in ZONES for day in DAYS.values()]
IDS = [f"{zone}, {name}" for zone in ZONES for name in DAYS]


def local(zone: str, day: date, hour: int, minute: int) -> datetime:
    """An instant by a zone's clock."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(zone))


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(
    ("hour", "minute", "says"),
    [
        (4, 59, "Good evening"),
        (5, 0, "Good morning"),
        (11, 59, "Good morning"),
        (12, 0, "Good afternoon"),
        (18, 0, "Good evening"),
    ],
)
def test_the_greeting_and_the_day_are_those_of_the_account(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, zone: str, hour: int, minute: int, says: str
):
    cast.charlie.zone = zone
    cast.charlie.save()
    at = local(zone, date(2026, 3, 29), hour, minute)
    monkeypatch.setattr(clock, "now", lambda: at.astimezone(ZoneInfo("UTC")))
    page = read(cast.client("charlie"), "/dashboard/")
    assert f"Sunday 29 March {says}, Sable Ortiz" in page


@pytest.mark.parametrize(("zone", "day"), CASES, ids=IDS)
def test_uploads_are_on_the_accounts_day_own_and_of_others(cast: Cast, zone: str, day: date):
    first, last = local(zone, day, 0, 0), local(zone, day, 23, 59)
    for at in (first - MINUTE, first, last, last + MINUTE):
        make_public(cast.kit, account=cast.bob, now=at)
    expected = {day - timedelta(days=1): 1, day: 2, day + timedelta(days=1): 1}
    own = partial(catalog.own_uploads, cast.kit.pk)
    others = partial(catalog.others_uploads, cast.marlo.pk)
    for counted in (own, others):
        days = counted(zone=ZoneInfo(zone), first=day - timedelta(days=2), last=day + timedelta(days=2))
        assert days == expected
    assert catalog.uploads_on(cast.kit.pk, day, zone=ZoneInfo(zone)).count == 2


@pytest.mark.parametrize("zone", ZONES)
def test_a_streak_joins_the_last_minute_of_a_week_with_the_first_of_the_next(cast: Cast, zone: str):
    sunday = date(2026, 3, 29)
    for at in (local(zone, sunday, 23, 59), local(zone, sunday, 23, 59) + MINUTE):
        make_public(cast.marlo, account=cast.alice, now=at)
    days = catalog.own_uploads(
        cast.marlo.pk, zone=ZoneInfo(zone), first=date(2026, 1, 1), last=date(2026, 12, 31)
    )
    streak = current_streak(days, today=date(2026, 3, 30))
    assert streak is not None
    assert (streak.weeks, streak.first_on) == (2, date(2026, 3, 23))


@pytest.mark.parametrize(("zone", "day"), CASES, ids=IDS)
def test_listening_days_are_those_of_the_reporting_zone(
    cast: Cast, settings: LazySettings, zone: str, day: date
):
    settings.REPORTING_ZONE = zone
    first, last = local(zone, day, 0, 0), local(zone, day, 23, 59)
    beat = make_beat(cast.marlo, now=first - timedelta(days=3))
    for number, at in enumerate((first - MINUTE, first, last, last + MINUTE)):
        at = at.astimezone(ZoneInfo("UTC"))
        events = (
            listen(beat, at=at, listener=f"u{number}"),
            download(beat, at=at, listener=f"u{number}"),
        )
        send(*events, now=at + timedelta(minutes=3))
    fold_all(now=last + timedelta(minutes=9))
    before, after = day - timedelta(days=1), day + timedelta(days=1)
    points = listening.artist_series(cast.marlo.pk, first=before, last=after)
    assert [(point.on, point.plays, point.downloads) for point in points] == [
        (before, 1, 1),
        (day, 2, 2),
        (after, 1, 1),
    ]
    hours = listening.artist_hours(cast.marlo.pk, first=day, last=day)
    assert [hour.at for hour in hours if hour.plays] == [first, last.replace(minute=0)]


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 3, 29), 23), (date(2025, 10, 26), 24), (date(2026, 3, 30), 24)]
)
def test_hours_are_named_by_the_clock_on_the_wall(cast: Cast, settings: LazySettings, day: date, hours: int):
    settings.REPORTING_ZONE = "Europe/Berlin"
    zone = ZoneInfo("Europe/Berlin")
    points = listening.artist_hours(cast.marlo.pk, first=day, last=day)
    assert len(points) == hours
    assert [point.at.astimezone(zone).hour for point in points] == [
        hour for hour in range(24) if hours == 24 or hour != 2
    ]
