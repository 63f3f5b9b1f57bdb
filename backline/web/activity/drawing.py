"""The chart of plays and downloads: per hour for a week, per day, and per week or month where days grow too many."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from backline.domain.periods import Period
from backline.listening import queries as listening
from backline.listening.calendar import reporting
from backline.web.charts.canvas import NARROW, WIDE, is_long
from backline.web.charts.lines import Chart, bars_chart
from backline.web.formats import counted, day, full_day, month, number, weekday_day
from backline.web.insights.marks import milestones, placed, releases

MOST_DAYS, MOST_WEEKS = 120, 120


@dataclass(frozen=True)
class Bucket:
    """An hour, day, week or month: the day it begins on, its name, and what came in it."""

    on: date
    name: str
    plays: int
    downloads: int


@dataclass(frozen=True)
class Drawing:
    """The chart at two widths. `per` is hour, day, week or month."""

    per: str
    buckets: list[Bucket]
    wide: Chart
    narrow: Chart
    says: str
    tips: list[str]

    @property
    def days(self) -> list[date]:
        """What the labels under the axis are made of."""
        return [bucket.on for bucket in self.buckets]

    @property
    def long(self) -> bool:
        """Whether the labels need the year."""
        return is_long(self.days)


def drawing(artist_id: int, period: Period, *, totals: listening.Totals, now: datetime) -> Drawing:
    """Draws a period, with the artist's releases and play milestones as marks."""
    today = reporting().today(now)
    series = listening.artist_series(artist_id, first=period.first_on, last=today)
    days = [point for point in series if point.on in period]
    per, buckets = _buckets(artist_id, period, days)
    plays_by_day = {point.on: point.plays for point in days}
    before = totals.plays - sum(point.plays for point in series)
    events = [*releases(artist_id, period), *milestones(plays_by_day, before=before)]
    marks = placed(events, [bucket.on for bucket in buckets])
    plays, downloads = [bucket.plays for bucket in buckets], [bucket.downloads for bucket in buckets]
    says = (
        f"Plays and downloads per {per}, {day(period.first_on)} to {day(period.last_on)}:"
        f" {number(sum(plays))} plays, {number(sum(downloads))} downloads"
    )
    every = 24 if per == "hour" else 1
    return Drawing(
        per=per,
        buckets=buckets,
        wide=bars_chart(WIDE, plays, bars=downloads, marks=marks, every=every),
        narrow=bars_chart(NARROW, plays, bars=downloads, marks=marks, every=every),
        says=says,
        tips=[_tip(bucket, marks.get(index, "")) for index, bucket in enumerate(buckets)],
    )


def _buckets(artist_id: int, period: Period, days: list[listening.DayPoint]) -> tuple[str, list[Bucket]]:
    if period.key == "7d":
        zone = reporting().zone
        hours = listening.artist_hours(artist_id, first=period.first_on, last=period.last_on)
        local = [(point, point.at.astimezone(zone)) for point in hours]
        return "hour", [
            Bucket(at.date(), f"{weekday_day(at.date())}, {at:%H:%M}", point.plays, point.downloads)
            for point, at in local
        ]
    if len(days) <= MOST_DAYS:
        return "day", [
            Bucket(point.on, weekday_day(point.on), point.plays, point.downloads) for point in days
        ]
    if len(days) <= MOST_WEEKS * 7:
        return "week", _grouped(
            days, lambda on: on - timedelta(days=on.weekday()), lambda on: f"Week from {full_day(on)}"
        )
    return "month", _grouped(days, lambda on: on.replace(day=1), month)


def _grouped(
    days: list[listening.DayPoint], begin: Callable[[date], date], name: Callable[[date], str]
) -> list[Bucket]:
    sums: dict[date, list[int]] = {}
    for point in days:
        group = sums.setdefault(begin(point.on), [0, 0])
        group[0] += point.plays
        group[1] += point.downloads
    first = days[0].on
    return [Bucket(max(on, first), name(max(on, first)), *group) for on, group in sums.items()]


def _tip(bucket: Bucket, mark: str) -> str:
    brought = f"{counted(bucket.plays, 'play')}, {counted(bucket.downloads, 'download')}"
    text = f"{brought}|{bucket.name}. {mark}" if mark else f"{brought}|{bucket.name}"
    return " ".join(text.split())
