"""What the Dashboard's sections show. Each function reads for one section; what several need is read once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from backline.audience import queries as audience
from backline.catalog import queries as catalog
from backline.domain.growth import Growth, growth
from backline.domain.levels import Standing
from backline.listening import queries as listening
from backline.listening.calendar import reporting
from backline.standing import queries as standing

DAYS = 30


class Basis:
    """The reads that several sections share, each made when first asked for.

    A page has `counts` and `level` from its frame.
    """

    def __init__(
        self,
        artist_id: int,
        *,
        now: datetime,
        counts: catalog.CatalogCounts | None = None,
        level: Standing | None = None,
    ) -> None:
        self.artist_id = artist_id
        self._counts, self._level = counts, level
        self.now = now
        self.today_on = reporting().today(now)
        self.first_on, self.last_on = reporting().complete_days(DAYS, now=now)

    @cached_property
    def counts(self) -> catalog.CatalogCounts:
        """Public beats and collections, and those new this calendar month."""
        month_at = reporting().starts_at(self.today_on.replace(day=1))
        return self._counts or catalog.catalog_counts(self.artist_id, since=month_at)

    @cached_property
    def totals(self) -> listening.Totals:
        """All-time figures."""
        return listening.artist_totals(self.artist_id)

    @cached_property
    def series(self) -> list[listening.DayPoint]:
        """The 30 complete days before, the 30 complete days, and today."""
        first = self.first_on - timedelta(days=DAYS)
        return listening.artist_series(self.artist_id, first=first, last=self.today_on)

    @property
    def before(self) -> list[listening.DayPoint]:
        """The 30 complete days before the last 30."""
        return self.series[:DAYS]

    @property
    def recent(self) -> list[listening.DayPoint]:
        """The last 30 complete days."""
        return self.series[DAYS : 2 * DAYS]

    @property
    def today(self) -> listening.DayPoint:
        """The reporting day so far."""
        return self.series[-1]

    @cached_property
    def followers(self) -> audience.Followers:
        """Followers now, and those who came in the last 30 complete days."""
        since, until = (reporting().starts_at(day) for day in (self.first_on, self.today_on))
        return audience.followers(self.artist_id, since=since, until=until)

    @cached_property
    def level(self) -> Standing:
        """XP and level."""
        return self._level or standing.level_of(self.artist_id)

    @cached_property
    def review(self) -> catalog.Review | None:
        """Public beats that lack something."""
        return catalog.beats_to_review(self.artist_id)

    @cached_property
    def beat_ids(self) -> list[int]:
        """All beats the artist is credited on, with an accepted credit."""
        return catalog.credited_beat_ids(self.artist_id)


@dataclass(frozen=True)
class Plays:
    """Counted plays of the last 30 complete days, of the 30 before, and of today so far."""

    recent: int
    before: int
    today: int


@dataclass(frozen=True)
class Stats:
    """The quick stats. `recent_downloads` are of the last 30 complete days; `as_of` says how fresh all are."""

    totals: listening.Totals
    counts: catalog.CatalogCounts
    followers: audience.Followers
    growth: Growth
    recent_plays: int
    recent_downloads: int
    as_of: datetime


@dataclass(frozen=True)
class Moved:
    """The beat whose plays changed most."""

    beat: catalog.BeatLabel
    plays: int
    plays_before: int


@dataclass(frozen=True)
class Month:
    """Plays per complete day of the last 30 and the 30 before; today stands apart."""

    recent: list[listening.DayPoint]
    before: list[listening.DayPoint]
    growth: Growth
    today: int
    moved: Moved | None
    zone: ZoneInfo

    @property
    def empty(self) -> bool:
        """No play in either period."""
        return not self.growth.recent and not self.growth.before


def plays(basis: Basis) -> Plays:
    """The figures of the greeting's sentence."""
    return Plays(_plays(basis.recent), _plays(basis.before), basis.today.plays)


def stats(basis: Basis) -> Stats:
    """The eight quick stats."""
    return Stats(
        totals=basis.totals,
        counts=basis.counts,
        followers=basis.followers,
        growth=growth(_plays(basis.recent), _plays(basis.before)),
        recent_plays=_plays(basis.recent),
        recent_downloads=sum(day.downloads for day in basis.recent),
        as_of=listening.freshness(basis.now),
    )


def month(basis: Basis) -> Month:
    """The last 30 days."""
    return Month(
        recent=basis.recent,
        before=basis.before,
        growth=growth(_plays(basis.recent), _plays(basis.before)),
        today=basis.today.plays,
        moved=_moved(basis),
        zone=reporting().zone,
    )


def uploads_this_month(artist_id: int, *, zone: ZoneInfo, now: datetime) -> tuple[int, date]:
    """How many of the artist's own beats came out this month of the account's calendar, and its first day."""
    today = now.astimezone(zone).date()
    first = today.replace(day=1)
    return sum(catalog.own_uploads(artist_id, zone=zone, first=first, last=today).values()), first


def _moved(basis: Basis) -> Moved | None:
    movement = listening.moved_most(basis.beat_ids, first=basis.first_on, last=basis.last_on)
    if movement is None:
        return None
    label = catalog.beat_labels([movement.beat_id]).get(movement.beat_id)
    return Moved(label, movement.plays, movement.plays_before) if label else None


def _plays(days: list[listening.DayPoint]) -> int:
    return sum(day.plays for day in days)
