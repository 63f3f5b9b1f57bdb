"""Leaderboards: a board a page at a time, and where the token's artists stand on it."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404, HttpRequest
from ninja import Router, Schema

from backline.domain.boards import SPANS, Board, Span, default_span
from backline.people.models import Artist, Member
from backline.standing.snapshots.queries import artists_of, place_of
from backline.standing.snapshots.sheets import Row, Sheet, newest
from backline.web import viewer
from backline.web.api.artists import ERRORS, MOST_ROWS
from backline.web.api.auth import READ
from backline.web.api.problems import Problem

router = Router(tags=["Leaderboards"])
UNITS = {Board.OVERALL: 10**6, Board.COLLAB: 100, Board.QUALITY: 100}
PRIVATE = ("share_ppb", "sum", "best")


class RankedOut(Schema):
    """A ranked artist. `score` is null on Earnings, whose shares are private; `moved` is null for new or unknown.

    Overall scores points of 100, Quality percent, Collab its score, the others what they count.
    """

    rank: int
    moved: int | None
    handle: str
    name: str
    verified: bool
    score: float | None
    tier: str | None
    details: dict[str, int]


class OwnOut(Schema):
    """Where one of the token's artists stands; `unranked` says why it does not, as a code.

    `share` is its part of the pool, from 0 to 1, on Earnings for roles that read money.
    """

    handle: str
    rank: int | None
    of: int
    moved_since_yesterday: int | None
    moved_since_last_week: int | None
    tier: str | None
    score: float | None
    share: float | None
    unranked: str | None


class BoardOut(Schema):
    """A page of a board, the best first. `checked_at` is null before the first snapshot; `month` names Earnings' month.

    `next_cursor` asks for the next page, null on the last. Between two pages a new snapshot may come.
    """

    board: str
    period: str
    month: str | None
    checked_at: datetime | None
    ranked: int
    items: list[RankedOut]
    next_cursor: str | None
    own: list[OwnOut]


@router.get(
    "/leaderboards/{board}", auth=READ, summary="Read a leaderboard", response={200: BoardOut, **ERRORS}
)
def read_board(
    request: HttpRequest, board: str, period: str = "", cursor: str = "", limit: int = 50
) -> BoardOut:
    """A board: overall, quality, uploads, plays, points, earnings or collab. `limit` is at most 100."""
    name, span = _asked(board, period)
    if not 1 <= limit <= MOST_ROWS:
        raise Problem(422, "limit", f"A page has 1 to {MOST_ROWS} rows.")
    if cursor and not (cursor.isascii() and cursor.isdigit() and len(cursor) < 10):
        raise Problem(422, "cursor", "Send the next_cursor of the page before, or none.")
    sheet = newest(name, span)
    start = int(cursor or 0)
    rows = sheet.rows(start, start + limit) if sheet else []
    artists = artists_of(rows)
    ranked = sheet.ranked if sheet else 0
    return BoardOut(
        board=name.value,
        period=span.value,
        month=(sheet.covers or None) if sheet else None,
        checked_at=sheet.checked_at if sheet else None,
        ranked=ranked,
        items=[
            _ranked(sheet, row, artists[row.artist_id]) for row in rows if sheet and row.artist_id in artists
        ],
        next_cursor=str(start + limit) if start + limit < ranked else None,
        own=[_own(member, name, span, sheet) for member in viewer.memberships(request)],
    )


def _asked(board: str, period: str) -> tuple[Board, Span]:
    """The board and period meant.

    Raises:
        Http404: no such board. Problem: the board has no such period.
    """
    name = next((each for each in Board if each.value == board), None)
    if name is None:
        raise Http404
    if not period:
        return name, default_span(name)
    span = next((each for each in SPANS[name] if each.value == period), None)
    if span is None:
        there = ", ".join(each.value for each in SPANS[name])
        raise Problem(422, "period", f"The periods of {name.value} are: {there}.")
    return name, span


def _ranked(sheet: Sheet, row: Row, artist: Artist) -> RankedOut:
    return RankedOut(
        rank=row.rank,
        moved=row.moved,
        handle=artist.handle,
        name=artist.name,
        verified=artist.verified_at is not None,
        score=_score(sheet.board, row),
        tier=sheet.tier(row) or None,
        details={name: value for name, value in row.details.items() if name not in PRIVATE},
    )


def _own(member: Member, board: Board, span: Span, sheet: Sheet | None) -> OwnOut:
    place = place_of(member.artist_id, board, span, sheet=sheet)
    row = place.row
    shown = row is not None and board is Board.EARNINGS and member.sees_money
    return OwnOut(
        handle=member.artist.handle,
        rank=row.rank if row else None,
        of=sheet.ranked if sheet else 0,
        moved_since_yesterday=row.moved if row else None,
        moved_since_last_week=place.week_moved,
        tier=(sheet.tier(row) or None) if sheet and row else None,
        score=_score(board, row) if row else None,
        share=row.details["share_ppb"] / 10**9 if row and shown else None,
        unranked=place.unranked.value if place.unranked else None,
    )


def _score(board: Board, row: Row) -> float | None:
    return None if board is Board.EARNINGS else row.score / UNITS.get(board, 1)
