"""What My Collections shows: the head with its cards, the rows of a page, the next release."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from backline.catalog import queries as catalog
from backline.catalog.queries import shelf
from backline.core.paging import page_of
from backline.domain import growth as growth_rule
from backline.domain.growth import Growth, growth
from backline.listening import queries as listening
from backline.listening.calendar import reporting
from backline.people.models import Member
from backline.web.collections.state import State
from backline.web.formats import number
from backline.web.list_state import PLAYS

DAYS = growth_rule.DAYS
Row = catalog.CollectionRow


@dataclass(frozen=True)
class Head:
    """The title and the cards. `plays` counts a beat once, however many collections it is in.

    `places` are the beats of every collection together. `top` are up to two of the collections with most plays, of
    `top_tied` that tie.
    """

    title: str
    upcoming: Row | None
    total: int
    new: list[Row]
    new_total: int
    places: int
    average: str
    plays: int
    growth: Growth
    top: list[Row]
    top_tied: int
    top_plays: int


@dataclass(frozen=True)
class Table:
    """A page of collections: `first` to `last` of `total`, each with its plays; `groups` counts them all by group."""

    rows: list[tuple[Row, int]]
    groups: dict[str, int]
    total: int
    number: int
    pages: int
    first: int
    last: int


@dataclass(frozen=True)
class Release:
    """A collection that comes out next or came out last, with its beats in order."""

    row: Row
    upcoming: bool
    beats: list[catalog.BeatCard]
    days: int

    @property
    def duration_ms(self) -> int:
        """Of all its beats together."""
        return sum(beat.duration_ms for beat in self.beats)


class Basis:
    """What several sections read, each when first asked for."""

    def __init__(self, member: Member, state: State, *, now: datetime) -> None:
        self.artist_id = member.artist_id
        self.state = state
        self.now = now
        self._rows: dict[int, Row] = {}

    def rows(self, ids: list[int]) -> dict[int, Row]:
        """Those of these collections that are still there; each is read once."""
        if missing := [n for n in ids if n not in self._rows]:
            self._rows |= catalog.collection_rows(missing)
        return {n: self._rows[n] for n in ids if n in self._rows}

    @cached_property
    def outlines(self) -> list[catalog.Outline]:
        """Every collection."""
        return catalog.outlines(self.artist_id)

    @cached_property
    def places(self) -> dict[int, tuple[int, ...]]:
        """Every collection with its beats."""
        return {one.id: one.beat_ids for one in self.outlines}

    @cached_property
    def beat_plays(self) -> dict[int, int]:
        """The plays of every beat that is in a collection, each once."""
        return listening.plays_of_beats(
            sorted({beat_id for held in self.places.values() for beat_id in held})
        )

    @cached_property
    def plays(self) -> dict[int, int]:
        """Every collection with the plays of its beats."""
        return {number: sum(self.beat_plays[n] for n in held) for number, held in self.places.items()}

    @cached_property
    def next_id(self) -> int | None:
        """The collection that the release panel is about."""
        return shelf.next_release(self.outlines, today=self.state.today)

    @cached_property
    def new_ids(self) -> list[int]:
        """The collections made this month, the newest first."""
        month_at = reporting().starts_at(reporting().today(self.now).replace(day=1))
        return shelf.made_since(self.outlines, since=month_at)

    @cached_property
    def lead(self) -> listening.Leaders:
        """The collections with most plays."""
        return listening.leaders(self.plays)

    @cached_property
    def groups(self) -> dict[str, int]:
        """How many collections there are in each group."""
        return shelf.group_counts(self.artist_id, today=self.state.today)


def head(basis: Basis) -> Head:
    """The title says how many there are and how many are still to come."""
    new_ids, lead, rows = basis.new_ids, basis.lead, basis.rows(_in_head(basis))
    next_row = rows.get(basis.next_id or 0)
    total, coming = len(basis.places), basis.groups[shelf.UPCOMING]
    places = sum(len(held) for held in basis.places.values())
    return Head(
        title=_title(total, coming),
        upcoming=next_row if coming else None,
        total=total,
        new=[rows[n] for n in new_ids[:1]],
        new_total=len(new_ids),
        places=places,
        average=number(places / total, 1 if places % total else 0) if total else "",
        plays=sum(basis.beat_plays.values()),
        growth=_growth(list(basis.beat_plays), now=basis.now),
        top=[rows[n] for n in lead.beat_ids[:2]],
        top_tied=len(lead.beat_ids),
        top_plays=lead.figure,
    )


def table(basis: Basis) -> Table:
    """A page of the collections that fit; the cost does not grow with the number of rows."""
    state = basis.state
    ids = matching_ids(basis)
    here = page_of(len(ids), page=state.page, size=state.size)
    shown = ids[here.start : here.stop]
    found = basis.rows([*shown, *_in_head(basis)])  # the head needs nothing that the table does not
    rows = [(found[n], basis.plays.get(n, 0)) for n in shown if n in found]
    first, last = here.start + bool(shown), here.start + len(shown)
    return Table(rows, basis.groups, len(ids), here.number, here.pages, first, last)


def matching_ids(basis: Basis) -> list[int]:
    """Every collection that fits, in order."""
    state = basis.state
    column = state.column if state.column != PLAYS else "updated"
    fitting = shelf.narrowed(basis.artist_id, state.narrowing())
    ids = shelf.ids_in_order(fitting, sort=column, descending=state.descending)
    ids = state.within_plays(ids, basis.plays) if state.needs_plays else ids
    if state.column == PLAYS:
        ids.sort(key=basis.plays.__getitem__, reverse=state.descending)
    return ids


def release(basis: Basis) -> Release | None:
    """The next release, else the last one; None while no collection has a date."""
    if basis.next_id is None:
        return None
    row = basis.rows([basis.next_id])[basis.next_id]
    cards = catalog.beat_cards(row.beat_ids)
    assert row.release_on is not None  # the panel is chosen by it
    days = (row.release_on - basis.state.today).days
    return Release(row, days > 0, [cards[n] for n in row.beat_ids if n in cards], abs(days))


def _in_head(basis: Basis) -> list[int]:
    """The collections that the head names, and with them that of the release panel."""
    return [*basis.new_ids[:1], *basis.lead.beat_ids[:2], *filter(None, [basis.next_id])]


def _growth(beat_ids: list[int], *, now: datetime) -> Growth:
    middle, last = reporting().complete_days(DAYS, now=now)
    plays = listening.plays_beside(beat_ids, first=middle, last=last).values()
    return growth(sum(late for late, _ in plays), sum(early for _, early in plays))


def _title(total: int, coming: int) -> str:
    if not total:
        return "No collections yet"
    many = f"{number(total)} {'collection' if total == 1 else 'collections'}"
    return f"{many}, {number(coming)} still to come" if coming else many
