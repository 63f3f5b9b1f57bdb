"""The head of My Beats and the next steps below its table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from backline.catalog import queries as catalog
from backline.catalog.queries.collaborators import Collaborator, collaborators
from backline.catalog.queries.facts import unfinished
from backline.domain import growth as growth_rule
from backline.domain.growth import Growth, Trend, growth
from backline.domain.next_steps import Lacking, Step, next_steps
from backline.domain.xp import METADATA_XP
from backline.listening import queries as listening
from backline.listening.calendar import reporting
from backline.people.models import Member
from backline.web.charts.gauge import Gauge, gauge
from backline.web.formats import number

DAYS = growth_rule.DAYS


class Basis:
    """What several sections read, each when first asked for."""

    def __init__(self, member: Member, *, now: datetime) -> None:
        self.artist_id, self.account_id = member.artist_id, member.account_id
        self.now = now

    @cached_property
    def together(self) -> list[Collaborator]:
        """Whom the artist made public beats with."""
        return collaborators(self.artist_id)

    @cached_property
    def featured(self) -> catalog.FeaturedBeat | None:
        """The artist's featured beat."""
        return catalog.featured_beat(self.artist_id)


@dataclass(frozen=True)
class Head:
    """The artist's growth as a title and a meter, and what the four cards say beside the frame's counts."""

    title: str
    growth: Growth
    gauge: Gauge
    swing: str
    plays: int
    collaborators: int
    shared: int


@dataclass(frozen=True)
class Steps:
    """The next steps, with the XP that completing one beat brings; the featured beat, None while none is chosen."""

    steps: tuple[Step, ...]
    featured: catalog.FeaturedBeat | None
    xp: int = METADATA_XP


def head(basis: Basis) -> Head:
    """The title says the finding: how plays changed."""
    artist_id, now = basis.artist_id, basis.now
    first, last = reporting().complete_days(2 * DAYS, now=now)
    days = [day.plays for day in listening.artist_series(artist_id, first=first, last=last)]
    found = growth(sum(days[DAYS:]), sum(days[:DAYS]))
    return Head(
        title=_title(found),
        growth=found,
        gauge=gauge(found.percent_bp),
        swing=f"{2 * (found.recent + found.before) ** 0.5:.1f}",
        plays=listening.artist_totals(artist_id).plays,
        collaborators=len(basis.together),
        shared=len({beat_id for one in basis.together for beat_id in one.beat_ids}),
    )


def steps(basis: Basis) -> Steps:
    """What to fill in next, from what own public beats lack and how much they are heard."""
    rows = unfinished(basis.artist_id)
    first, last = reporting().complete_days(DAYS, now=basis.now)
    recent = listening.beats_in_period([beat_id for beat_id, _, _ in rows], first=first, last=last)
    found = next_steps([Lacking(n, name, lacks, recent[n].plays) for n, name, lacks in rows])
    return Steps(found, basis.featured)


def _title(found: Growth) -> str:
    plays = f"{number(found.recent)} {'play' if found.recent == 1 else 'plays'}"
    change = found.recent - found.before
    if found.trend is Trend.BUILDING:
        return f"{Trend.BUILDING.label}: {plays} in 30 days"
    word = found.trend.label.partition(",")[0]
    if not change:
        return f"{word}: {plays}, as many as before"
    return f"{word}: {plays}, {number(abs(change))} {'more' if change > 0 else 'fewer'} than before"
