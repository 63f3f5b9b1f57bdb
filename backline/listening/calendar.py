"""Reporting days: the calendar of plays, downloads and money, in the platform's reporting zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from django.conf import settings

EPOCH = date(1970, 1, 1)
QUARTER_MS = 15 * 60 * 1000
DAY_MS = 24 * 3600 * 1000


def to_ms(instant: datetime) -> int:
    """Milliseconds since 1970 of an aware instant."""
    return round(instant.timestamp() * 1000)


def to_instant(ms: int) -> datetime:
    """The aware UTC instant of milliseconds since 1970."""
    return datetime.fromtimestamp(ms / 1000, UTC)


def to_number(day: date) -> int:
    """Days since 1970: how the store names a day."""
    return (day - EPOCH).days


def to_date(number: int) -> date:
    """The date of a day number."""
    return EPOCH + timedelta(days=number)


def weekday_of(number: int) -> int:
    """The weekday of a day number, Monday is 0. The first of 1970 was a Thursday."""
    return (number + 3) % 7


@dataclass(frozen=True)
class Calendar:
    """Which reporting day and hour an instant falls into."""

    zone: ZoneInfo

    def day_and_hour(self, ms: int) -> tuple[int, int]:
        """The day number and the local hour (0-23) of an instant in milliseconds."""
        local = ms + _offset_ms(self.zone, ms // QUARTER_MS)
        return local // DAY_MS, local % DAY_MS // 3_600_000

    def today(self, now: datetime) -> date:
        """The reporting day that `now` is in."""
        return now.astimezone(self.zone).date()

    def complete_days(self, count: int, *, now: datetime) -> tuple[date, date]:
        """First and last of the `count` complete days before today ("last 30 days")."""
        today = self.today(now)
        return today - timedelta(days=count), today - timedelta(days=1)

    def starts_at(self, day: date) -> datetime:
        """The instant, in UTC, at which a reporting day begins."""
        return datetime(day.year, day.month, day.day, tzinfo=self.zone).astimezone(UTC)


def reporting() -> Calendar:
    """The calendar of the platform's setting REPORTING_ZONE."""
    return _calendar(settings.REPORTING_ZONE)


@cache
def _calendar(zone: str) -> Calendar:
    return Calendar(ZoneInfo(zone))


@cache
def _zone_offsets(_zone: ZoneInfo) -> dict[int, int]:
    return {}


def _offset_ms(zone: ZoneInfo, quarter: int) -> int:
    """The zone's offset in a quarter of an hour: no zone changes its offset inside one."""
    if zone.key == "UTC":
        return 0
    known = _zone_offsets(zone)
    if quarter not in known:
        if len(known) > 10_000:
            known.clear()
        offset = datetime.fromtimestamp(quarter * 900, zone).utcoffset() or timedelta()
        known[quarter] = round(offset.total_seconds() * 1000)
    return known[quarter]
