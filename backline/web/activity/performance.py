"""The performance overview: all time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from backline.catalog import queries as catalog
from backline.listening import queries as listening
from backline.listening.calendar import reporting
from backline.people.models import Member
from backline.standing import queries as standing
from backline.standing.achievements import all_achievements
from backline.web.pool_share import PlatformShare, platform_share

DAYS = 30
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Performance:
    """Public beats, plays and achievements, with what they gained lately. 30 days are complete days."""

    tracks: int
    tracks_this_month: int
    plays: int
    recent: int
    before: int
    unlocked: int
    available: int
    unlocked_lately: int
    share: PlatformShare | None


def performance(
    member: Member, *, counts: catalog.CatalogCounts, totals: listening.Totals, now: datetime
) -> Performance:
    """The all-time figures of the member's artist; `counts` hold what is new this month."""
    artist_id = member.artist_id
    first, last = reporting().complete_days(2 * DAYS, now=now)
    unlocked, lately = standing.unlocked_counts(
        artist_id, since=reporting().starts_at(last - (DAYS - 1) * DAY)
    )
    days = [day.plays for day in listening.artist_series(artist_id, first=first, last=last)]
    return Performance(
        tracks=counts.public_beats,
        tracks_this_month=counts.public_beats_since,
        plays=totals.plays,
        recent=sum(days[DAYS:]),
        before=sum(days[:DAYS]),
        unlocked=unlocked,
        available=len(all_achievements()),
        unlocked_lately=lately,
        share=platform_share(member),
    )
