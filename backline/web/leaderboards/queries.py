"""What the Leaderboards page shows of a snapshot: the podium, a page of the list, a search."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from backline.core.paging import Page, page_of
from backline.domain import tiers
from backline.domain.boards import Board
from backline.people.models import Artist, Member
from backline.standing.snapshots.queries import artists_of, found_on, place_of
from backline.standing.snapshots.sheets import Row, Sheet
from backline.web.formats import number
from backline.web.leaderboards import texts
from backline.web.leaderboards.card import Card, card
from backline.web.leaderboards.state import State

PER_PAGE = 50
PODIUM = 3
NEIGHBOURS = 2


@dataclass(frozen=True)
class Line:
    """One row of a list. `moved` is None for new or unknown; `meter_bp` None for no meter."""

    rank: int
    artist: Artist
    you: bool
    moved: int | None
    new: bool
    score: str
    unit: str
    detail: str
    tier: str
    meter_bp: int | None


@dataclass(frozen=True)
class Gap:
    """A line between rows that says what is skipped or what begins."""

    text: str


@dataclass(frozen=True)
class Ranking:
    """A board as the page shows it; `checked_at` is None before the first snapshot, `found` unless searched."""

    card: Card
    heading: str
    checked_at: datetime | None
    ranked: int
    podium: list[Line]
    lines: list[Line | Gap]
    page: Page
    own_page: int | None
    found: int | None


def ranking(state: State, member: Member) -> Ranking:
    """The board for a member of the artist; the cost does not grow with the number of ranked."""
    place = place_of(member.artist_id, state.board, state.span)
    sheet = place.sheet
    if sheet is None:
        mine = card(state, member, place, {})
        return Ranking(
            mine, texts.heading(state.board, state.span), None, 0, [], [], Page(1, 1, 0, 0), None, None
        )
    page = page_of(sheet.ranked, page=state.page, size=PER_PAGE)
    groups, found = _groups(sheet, place.row, page.start, page.stop), None
    if state.words:
        rows = found_on(sheet, state.words)
        groups, found = [rows[:PER_PAGE]], len(rows)
    ahead = sheet.ahead_of(place.row) if place.row else None
    artists = artists_of([*(row for group in groups for row in group), *([ahead] if ahead else [])])
    show = _Shower(sheet, member, artists)
    on_podium = PODIUM if page.number == 1 and sheet.ranked >= PODIUM and found is None else 0
    return Ranking(
        card=card(state, member, place, artists),
        heading=texts.heading(state.board, state.span, sheet.covers),
        checked_at=sheet.checked_at,
        ranked=sheet.ranked,
        podium=show.lines(groups[0][:on_podium]),
        lines=show.whole(groups, skip=on_podium, with_tiers=found is None),
        page=page,
        own_page=place.row.place // PER_PAGE + 1 if place.row else None,
        found=found,
    )


def _groups(sheet: Sheet, own: Row | None, start: int, stop: int) -> list[list[Row]]:
    """The rows of a page, and the own row with its neighbours before or after them when it is on another one."""
    rows = sheet.rows(start, stop)
    if own is None or start <= own.place < stop:
        return [rows]
    near = sheet.rows(own.place - NEIGHBOURS, own.place + NEIGHBOURS + 1)
    near = [row for row in near if not start <= row.place < stop]
    return [rows, near] if own.place >= stop else [near, rows]


class _Shower:
    """Turns rows of one sheet into lines for one member."""

    def __init__(self, sheet: Sheet, member: Member, artists: dict[int, Artist]) -> None:
        self._sheet, self._member, self._artists = sheet, member, artists
        self._top = sheet.at(0).score if sheet.ranked else 0

    def lines(self, rows: list[Row]) -> list[Line]:
        """Lines of these rows; one whose artist was taken away since is left out."""
        return [
            self._line(row, self._artists[row.artist_id]) for row in rows if row.artist_id in self._artists
        ]

    def whole(self, groups: list[list[Row]], *, skip: int, with_tiers: bool) -> list[Line | Gap]:
        """All groups, with a line where a tier begins and where places are skipped."""
        found: list[Line | Gap] = []
        before: Row | None = groups[0][skip - 1] if skip else None
        for row in [row for group in groups for row in group][skip:]:
            if with_tiers:
                found += self._between(before, row)
            found += self.lines([row])
            before = row
        return found

    def _between(self, before: Row | None, row: Row) -> list[Gap]:
        if before is not None and row.place > before.place + 1:
            return [Gap(f"Places {number(before.place + 2)} to {number(row.place)}")]
        tier = self._sheet.tier(row)
        if before is None or not tier or tier == self._sheet.tier(before):
            return []
        return [Gap(f"{tier}, top {dict(tiers.TIERS)[tier]}%")]

    def _line(self, row: Row, artist: Artist) -> Line:
        sheet, board = self._sheet, self._sheet.board
        you = row.artist_id == self._member.artist_id
        detail = texts.detail(board, row)
        if board is Board.EARNINGS and you and self._member.sees_money:
            detail += f" · {texts.share(row)}, only owners and managers see this"
        return Line(
            rank=row.rank,
            artist=artist,
            you=you,
            moved=row.moved,
            new=row.before == 0,
            score=texts.score(board, row),
            unit=texts.unit(board, row),
            detail=detail,
            tier=sheet.tier(row),
            meter_bp=None if board is Board.EARNINGS else _meter(board, row.score, self._top),
        )


def _meter(board: Board, score: int, top: int) -> int:
    """How full a row's meter is: of 100 points or percent, else of the best score."""
    whole = {Board.OVERALL: 100 * texts.POINT, Board.QUALITY: 10_000}.get(board, top)
    return score * 10_000 // whole if whole else 0
