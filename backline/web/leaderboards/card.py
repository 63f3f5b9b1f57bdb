"""*Your rank*: where the artist stands on a board and how it moved, or why it is not on it."""

from __future__ import annotations

from dataclasses import dataclass

from backline.domain.boards import Board, Span
from backline.people.models import Artist, Member
from backline.standing.snapshots.queries import Place
from backline.standing.snapshots.sheets import Row, Sheet
from backline.web.formats import counted, number, ordinal
from backline.web.leaderboards import texts
from backline.web.leaderboards.state import State


@dataclass(frozen=True)
class Card:
    """The card in words. `moves` are what it moved since when, None where it is not known."""

    title: str
    place: Place
    artist: Artist
    tier: str
    note: str
    ahead: str
    share: str
    meter_bp: int
    moves: list[tuple[str, int | None]]


def card(state: State, member: Member, place: Place, artists: dict[int, Artist]) -> Card:
    """The card for a member; `artists` has at least the one that is next."""
    sheet, row, board = place.sheet, place.row, state.board
    title = f"Not ranked in {board.label}"
    if sheet is None:
        title = "No ranks yet"
    if sheet is None or row is None:
        why = (
            texts.reason(place.unranked, board, state.span, sheet.covers if sheet else "")
            if place.unranked
            else ""
        )
        moves: list[tuple[str, int | None]] = [(words, None) for words in _since(state.span)]
        return Card(title, place, member.artist, "", why, "Not ranked", "", 0, moves)
    moves = list(zip(_since(state.span), (row.moved, place.week_moved), strict=False))
    return Card(
        title=_title(board, row, sheet, moves[-1][1]),
        place=place,
        artist=member.artist,
        tier=sheet.tier(row),
        note=_note(sheet, row, member, artists),
        ahead=_ahead(row, sheet.ranked),
        share=f"top {number(row.rank * 100 / sheet.ranked, 1)}%" if sheet.ranked > 1 else "",
        meter_bp=(sheet.ranked - row.last) * 10_000 // (sheet.ranked - 1) if sheet.ranked > 1 else 10_000,
        moves=moves,
    )


def _since(span: Span) -> tuple[str, ...]:
    return ("Since last month",) if span is Span.MONTH else ("Since yesterday", "Since last week")


def _title(board: Board, row: Row, sheet: Sheet, moved: int | None) -> str:
    where = (
        "" if board is Board.OVERALL else " by earnings" if board is Board.EARNINGS else f" in {board.label}"
    )
    move = f", {'up' if moved > 0 else 'down'} {number(abs(moved))}" if moved else ""
    return f"{ordinal(row.rank)} of {number(sheet.ranked)}{where}{move}"


def _note(sheet: Sheet, row: Row, member: Member, artists: dict[int, Artist]) -> str:
    """The score, and how far the next better one is."""
    if sheet.board is Board.EARNINGS:
        return f"{texts.share(row)}, visible to owners and managers" if member.sees_money else ""
    said = texts.scored(sheet.board, row)
    ahead = sheet.ahead_of(row)
    if ahead is None:
        return said if row.last == 1 else f"{said}, shared by {number(row.last)}"
    name = artists[ahead.artist_id].name if ahead.artist_id in artists else f"{ordinal(ahead.rank)} place"
    return f"{said}, {_gap(sheet.board, ahead, row)} behind {name}"


def _gap(board: Board, ahead: Row, row: Row) -> str:
    gap = ahead.score - row.score
    if board is Board.OVERALL:
        return texts.points(gap)
    if board is Board.COLLAB:
        return texts.hundredths(gap)
    if not gap:  # what decides is the second figure
        return counted(ahead.second - row.second, "achievement" if board is Board.POINTS else "complete beat")
    return f"{number(gap / 100, 2)} percentage points" if board is Board.QUALITY else number(gap)


def _ahead(row: Row, ranked: int) -> str:
    below = ranked - row.last
    if ranked == 1:
        return "The only one ranked"
    return f"Ahead of {counted(below, 'producer')}" if below else "Nobody ranked is behind"
