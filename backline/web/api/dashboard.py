"""The Dashboard page's figures, from the page's own reads."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Schema

from backline.domain.growth import Growth
from backline.people.models import Artist
from backline.web.api.activity import DayOut
from backline.web.dashboard import queries


class GrowthOut(Schema):
    """Plays of the last 30 complete days against the 30 before. `change_bp` is null while data builds up."""

    label: str
    change_bp: int | None


class MovedOut(Schema):
    """The beat whose plays changed most between the two periods."""

    beat_id: int
    name: str
    plays: int
    plays_before: int


class RecentOut(Schema):
    """Plays of the complete days `first_on` to `last_on`, of the 30 days before them, and of today so far."""

    first_on: date
    last_on: date
    plays: int
    plays_before: int
    downloads: int
    plays_today: int
    days: list[DayOut]
    moved_most: MovedOut | None


class DashboardOut(Schema):
    """`tracks` are public beats, `this_month` means the calendar month to date in the reporting zone."""

    handle: str
    name: str
    tracks: int
    tracks_this_month: int
    total_plays: int
    albums: int
    albums_this_month: int
    downloads: int
    followers: int
    followers_last_30_days: int
    growth: GrowthOut
    last_30_days: RecentOut
    as_of: datetime


def dashboard(artist: Artist, *, now: datetime) -> DashboardOut:
    """The figures of the page as it would show them at `now`."""
    basis = queries.Basis(artist.pk, now=now)
    stats = queries.stats(basis)
    return DashboardOut(
        handle=artist.handle,
        name=artist.name,
        tracks=stats.counts.public_beats,
        tracks_this_month=stats.counts.public_beats_since,
        total_plays=stats.totals.plays,
        albums=stats.counts.collections,
        albums_this_month=stats.counts.collections_since,
        downloads=stats.totals.downloads,
        followers=stats.followers.total,
        followers_last_30_days=stats.followers.new,
        growth=_growth(stats.growth),
        last_30_days=_recent(basis, stats),
        as_of=stats.as_of,
    )


def _recent(basis: queries.Basis, stats: queries.Stats) -> RecentOut:
    month, plays = queries.month(basis), queries.plays(basis)
    return RecentOut(
        first_on=basis.first_on,
        last_on=basis.last_on,
        plays=plays.recent,
        plays_before=plays.before,
        downloads=stats.recent_downloads,
        plays_today=plays.today,
        days=[DayOut(on=day.on, plays=day.plays, downloads=day.downloads) for day in month.recent],
        moved_most=_moved(month.moved),
    )


def _growth(growth: Growth) -> GrowthOut:
    return GrowthOut(label=growth.trend.label, change_bp=growth.percent_bp)


def _moved(moved: queries.Moved | None) -> MovedOut | None:
    if moved is None:
        return None
    beat = moved.beat
    return MovedOut(beat_id=beat.id, name=beat.name, plays=moved.plays, plays_before=moved.plays_before)
