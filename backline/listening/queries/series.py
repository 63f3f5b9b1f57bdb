"""Plays and downloads over time."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from backline.listening.calendar import reporting, to_date, to_number
from backline.listening.store import Owner, open_store


class DayPoint(NamedTuple):
    """One reporting day; a day without any row is a true zero."""

    on: date
    plays: int
    downloads: int


class HourPoint(NamedTuple):
    """One hour of a reporting day, by the instant (UTC) at which it begins."""

    at: datetime
    plays: int
    downloads: int


def artist_series(artist_id: int, *, first: date, last: date) -> list[DayPoint]:
    """One point for every day from `first` to `last`, in order."""
    return _days(Owner.ARTIST, artist_id, first, last)


def beat_series(beat_id: int, *, first: date, last: date) -> list[DayPoint]:
    """One point for every day from `first` to `last`, in order."""
    return _days(Owner.BEAT, beat_id, first, last)


def artist_hours(artist_id: int, *, first: date, last: date) -> list[HourPoint]:
    """A point for every hour from `first` to `last`, in order: 24 a day, and 23 where a clock change leaves one out."""
    return hours_of(Owner.ARTIST, artist_id, first, last)


def _days(owner: Owner, owner_id: int, first: date, last: date) -> list[DayPoint]:
    start, end = to_number(first), to_number(last)
    found = {
        day: (plays, downloads) for day, plays, downloads in open_store().series(owner, owner_id, start, end)
    }
    return [DayPoint(to_date(day), *found.get(day, (0, 0))) for day in range(start, end + 1)]


def hours_of(owner: Owner, owner_id: int, first: date, last: date) -> list[HourPoint]:
    """The hours of an artist or a beat; the repeated hour of a clock change is in the hour before it."""
    start, end = to_number(first), to_number(last)
    found = open_store().hours(owner, owner_id, start, end)
    points = []
    for day in range(start, end + 1):
        plays, downloads = found.get(day, ((0,) * 24, (0,) * 24))
        points += [
            HourPoint(at, plays[hour], downloads[hour])
            for hour, at in _hours_of_day(to_date(day), reporting().zone)
        ]
    return points


@lru_cache(maxsize=1024)
def _hours_of_day(day: date, zone: ZoneInfo) -> tuple[tuple[int, datetime], ...]:
    """The hours on the wall of a day that exist in a zone, with the instants at which they begin."""
    begins = (
        (hour, datetime(day.year, day.month, day.day, hour, tzinfo=zone).astimezone(UTC))
        for hour in range(24)
    )
    return tuple((hour, at) for hour, at in begins if at.astimezone(zone).hour == hour)
