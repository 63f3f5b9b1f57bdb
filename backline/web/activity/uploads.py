"""The upload calendar: a year of days, streaks, and the beats of a chosen day. Days are the account's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from backline.catalog import queries as catalog
from backline.domain.streaks import (
    Streak,
    busiest_weekday,
    current_streak,
    longest_streak,
    shade_texts,
    week_of,
)
from backline.people.models import Account
from backline.web.activity.state import State
from backline.web.charts.calendar import Calendar, Uploads, calendar
from backline.web.formats import long_day, number, weekday_name


@dataclass(frozen=True)
class UploadYear:
    """A year of uploads. `count` beats came out on `days` days; `years` are those that can be chosen."""

    year: int
    years: list[int]
    xray: bool
    count: int
    days: int
    calendar: Calendar
    says: str
    current: Streak | None
    longest: Streak | None
    last_week_on: date | None
    busiest: str
    busiest_count: int
    shades: list[tuple[int, str]]
    zone: str


@dataclass(frozen=True)
class UploadDay:
    """A chosen day: the artist's own beats, and how many others published (None without X-Ray)."""

    uploads: catalog.DayUploads
    others: int | None


def upload_year(artist_id: int, state: State, *, account: Account, now: datetime) -> UploadYear:
    """The calendar of the chosen year. Streaks look at all years, the busiest weekday at the shown one."""
    zone, first_weekday = account.zone_info, account.first_weekday
    today = now.astimezone(zone).date()
    first_at = catalog.first_upload_at(artist_id)
    first_on = first_at.astimezone(zone).date() if first_at else today
    ever = catalog.own_uploads(artist_id, zone=zone, first=first_on, last=today)
    own = {day: count for day, count in ever.items() if day.year == state.year}
    others = _others(artist_id, state, account)
    weekday, busiest_count = busiest_weekday(own) or (0, 0)
    return UploadYear(
        year=state.year,
        years=list(range(today.year, min(first_on.year, state.year) - 1, -1)),
        xray=state.xray,
        count=sum(own.values()),
        days=len(own),
        calendar=calendar(
            state.year, Uploads(own, others), today=today, selected=state.day, first_weekday=first_weekday
        ),
        says=_says(state.year, own),
        current=current_streak(ever, today=today, first_weekday=first_weekday),
        longest=longest_streak(ever, first_weekday=first_weekday),
        last_week_on=week_of(max(ever), first_weekday=first_weekday) if ever else None,
        busiest=weekday_name(weekday) if busiest_count else "",
        busiest_count=busiest_count,
        shades=shade_texts(),
        zone=zone.key,
    )


def upload_day(artist_id: int, state: State, *, account: Account) -> UploadDay | None:
    """The chosen day, None when none is."""
    if state.day is None:
        return None
    zone = account.zone_info
    uploads = catalog.uploads_on(artist_id, state.day, zone=zone)
    if not state.xray:
        return UploadDay(uploads, None)
    others = catalog.others_uploads(artist_id, zone=zone, first=state.day, last=state.day)
    return UploadDay(uploads, others.get(state.day, 0))


def _others(artist_id: int, state: State, account: Account) -> dict[date, int] | None:
    if not state.xray:
        return None
    first, last = date(state.year, 1, 1), date(state.year, 12, 31)
    return catalog.others_uploads(artist_id, zone=account.zone_info, first=first, last=last)


def _says(year: int, own: dict[date, int]) -> str:
    if not own:
        return f"Uploads per day in {year}: none"
    best = max(own, key=lambda day: (own[day], day))
    total = number(sum(own.values()))
    return f"Uploads per day in {year}: {total} on {len(own)} days, most on {long_day(best)} with {own[best]}"
