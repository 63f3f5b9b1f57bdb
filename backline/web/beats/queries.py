"""The rows of My Beats: narrowed and ordered over the whole catalogue, read for one page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from backline.catalog import queries as catalog
from backline.catalog.queries import catalogue
from backline.catalog.queries.facts import BeatFacts, facts_of_beats
from backline.core.paging import Page, page_of
from backline.domain import growth as growth_rule
from backline.domain.growth import Growth, change_bp, growth
from backline.listening import queries as listening
from backline.listening.calendar import reporting
from backline.money import queries as money
from backline.people.models import Member
from backline.web.beats.state import FIGURES, POINTS, State
from backline.web.charts.lines import spark
from backline.web.list_state import PLAYS

DAYS = growth_rule.DAYS


@dataclass(frozen=True)
class Row:
    """A beat with its facts and figures. `growth` is None for a beat that is not public.

    `points` are the artist's own micro-points of the last weighed day; None when none was, or not to be seen.
    """

    beat: catalog.BeatCard
    facts: BeatFacts
    plays: int
    downloads: int
    growth: Growth | None
    spark: str
    points: int | None


@dataclass(frozen=True)
class BeatTable:
    """A page of beats: `first` to `last` of `total` that fit. Days of `year` are told without it."""

    rows: list[Row]
    total: int
    number: int
    pages: int
    first: int
    last: int
    weighed_on: date | None
    featured_id: int | None
    year: int
    hidden: frozenset[str]


def beat_table(
    member: Member,
    state: State,
    *,
    featured: catalog.FeaturedBeat | None,
    hidden: frozenset[str],
    listed: int,
    now: datetime,
) -> BeatTable:
    """A page of the artist's `listed` beats, the featured one marked; it costs the same queries for any number."""
    weighed_on = money.last_weighed_day() if member.sees_money else None
    points = money.pool_points_of_artist_beats(member.artist_id) if weighed_on else {}
    total, here, shown = _page(member, state, points=points, listed=listed, now=now)
    rows = _rows(member.artist_id, shown, points=points if weighed_on else None, now=now)
    last = here.start + len(shown)
    return BeatTable(
        rows=rows,
        total=total,
        number=here.number,
        pages=here.pages,
        first=here.start + bool(shown),
        last=last,
        weighed_on=weighed_on,
        featured_id=featured.id if featured else None,
        year=now.year,
        hidden=hidden,
    )


def _page(
    member: Member, state: State, *, points: dict[int, int], listed: int, now: datetime
) -> tuple[int, Page, list[int]]:
    """How many beats fit, the page that is shown, and its beats. An unnarrowed list is cut by the database."""
    if not state.is_narrowed and state.column not in FIGURES:
        here = page_of(listed, page=state.page, size=state.size)
        if state.is_unordered:
            return (
                listed,
                here,
                catalogue.last_changed_ids(member.artist_id, start=here.start, stop=here.stop),
            )
        beats = catalogue.narrowed(member.artist_id, state.narrowing())
        ordered = catalogue.ids_in_order(beats, sort=state.column, descending=state.descending)
        return listed, here, list(ordered[here.start : here.stop])
    ids = matching_ids(member, state, points=points, now=now)
    here = page_of(len(ids), page=state.page, size=state.size)
    return len(ids), here, ids[here.start : here.stop]


def matching_ids(member: Member, state: State, *, points: dict[int, int], now: datetime) -> list[int]:
    """Every beat that fits, in order. What is ordered or narrowed by figures is read for all of them."""
    column = state.column if state.column not in FIGURES else "updated"
    ids = catalogue.matching_ids(
        member.artist_id, state.narrowing(), sort=column, descending=state.descending
    )
    plays = listening.plays_of_beats(ids) if state.needs_plays else {}
    ids = state.within_points(state.within_plays(ids, plays), points)
    if state.column == PLAYS:
        ids.sort(key=plays.__getitem__, reverse=state.descending)
    elif state.column == POINTS:
        ids.sort(key=lambda beat_id: points.get(beat_id, 0), reverse=state.descending)
    elif state.column == "growth":
        ids = _by_growth(ids, descending=state.descending, now=now)
    return ids


def _by_growth(ids: list[int], *, descending: bool, now: datetime) -> list[int]:
    """By the change in percent; beats whose data still builds up come last in either direction."""
    first, last = reporting().complete_days(DAYS, now=now)
    plays = listening.plays_beside(ids, first=first, last=last)
    changes = {n: change for n, moved in plays.items() if (change := change_bp(*moved)) is not None}
    known = [n for n in ids if n in changes]
    known.sort(key=changes.__getitem__, reverse=descending)
    return [*known, *(n for n in ids if n not in changes)]


def _rows(artist_id: int, ids: list[int], *, points: dict[int, int] | None, now: datetime) -> list[Row]:
    cards = catalog.beat_cards(ids)
    facts = facts_of_beats(artist_id, ids)
    totals = listening.beat_totals(ids)
    first, last = reporting().complete_days(2 * DAYS, now=now)
    rows = []
    for beat_id in ids:
        card, total = cards[beat_id], totals[beat_id]
        days = [day.plays for day in listening.beat_series(beat_id, first=first, last=last)]
        rows.append(
            Row(
                beat=card,
                facts=facts[beat_id],
                plays=total.plays,
                downloads=total.downloads,
                growth=growth(sum(days[DAYS:]), sum(days[:DAYS])) if card.is_public else None,
                spark=spark(days[DAYS:]) if card.is_public and any(days[DAYS:]) else "",
                points=points.get(beat_id, 0) if points is not None else None,
            )
        )
    return rows
