"""How boards, scores and reasons are said."""

from __future__ import annotations

from datetime import date

from backline.domain.boards import FEWEST_QUALITY_BEATS, WEIGHTS, Board, Span
from backline.standing.snapshots.queries import Unranked
from backline.standing.snapshots.sheets import Row
from backline.web.formats import DASH, counted, month, number, ordinal, percent

ICONS = {
    Board.OVERALL: "trophy",
    Board.QUALITY: "badge-check",
    Board.UPLOADS: "upload",
    Board.PLAYS: "play",
    Board.POINTS: "zap",
    Board.EARNINGS: "banknote",
    Board.COLLAB: "handshake",
}
SPAN_LABELS = {
    Span.WEEK: "7 days",
    Span.THIRTY: "30 days",
    Span.ALL: "All time",
    Span.NOW: "Now",
    Span.MONTH: "Last closed month",
}
UNITS = {
    Board.OVERALL: "score",
    Board.QUALITY: "complete",
    Board.UPLOADS: "beats",
    Board.PLAYS: "plays",
    Board.POINTS: "XP",
    Board.EARNINGS: "",
    Board.COLLAB: "score",
}
_COMPONENTS = tuple(WEIGHTS)
POINT = 10**6


def score(board: Board, row: Row) -> str:
    """A row's score without its unit; of Earnings there is none for others."""
    if board is Board.OVERALL:
        return number(row.score / POINT, 2)
    if board is Board.QUALITY:
        return percent(row.score)
    if board is Board.COLLAB:
        return hundredths(row.score)
    return "" if board is Board.EARNINGS else number(row.score)


def scored(board: Board, row: Row) -> str:
    """A row's score in a sentence: *Score 80.93*, *8,412 plays*."""
    said = unit(board, row)
    return f"Score {score(board, row)}" if said == "score" else f"{score(board, row)} {said}"


def unit(board: Board, row: Row) -> str:
    """What the score counts."""
    one = row.score == 1 and board in (Board.UPLOADS, Board.PLAYS)
    return UNITS[board].removesuffix("s") if one else UNITS[board]


def hundredths(value: int) -> str:
    """A Collab score: 14440 is 144.4, 1200 is 12."""
    whole, rest = divmod(value, 100)
    return number(whole) + (f".{rest:02}".rstrip("0") if rest else "")


def points(micro: int) -> str:
    """A difference of Overall scores, with as many digits as it takes not to be 0."""
    digits = 2
    while digits < 6 and micro and abs(micro) < 5 * 10 ** (5 - digits):
        digits += 1
    return number(micro / POINT, digits)


def detail(board: Board, row: Row) -> str:
    """The second line of a row."""
    about = row.details
    if board is Board.OVERALL:
        return f"Best: {_COMPONENTS[about['best']].label}, {ordinal(about['best_rank'])}"
    if board is Board.QUALITY:
        return f"{number(row.second)} of {number(about['beats'])} complete"
    if board is Board.UPLOADS:
        return f"{number(about['this_year'])} this year"
    if board is Board.PLAYS:
        beats = about["beats"]
        return (
            f"{number(row.score / beats, 1)} a beat, {counted(beats, 'beat')}" if beats else "no public beat"
        )
    if board is Board.POINTS:
        return counted(row.second, "achievement")
    if board is Board.EARNINGS:
        return counted(about["beats"], "contributing beat")
    return f"{counted(about['beats'], 'beat')}, {counted(about['partners'], 'partner')}"


def share(row: Row) -> str:
    """The platform share of an Earnings row, for those who may see it."""
    bp = row.details["share_ppb"] / 100_000
    return f"{number(bp / 100, 2)}% of the pool"


def covered_month(covers: str) -> str:
    """The month a snapshot names, in words; a dash for none."""
    return month(date.fromisoformat(f"{covers}-01")) if covers else DASH


def heading(board: Board, span: Span, covers: str = "") -> str:
    """What a list is of: *Plays, last 30 days*."""
    if span is Span.MONTH:
        return f"Earnings, {covered_month(covers)}" if covers else "Earnings, last closed month"
    if span.days:
        return f"{board.label}, last {span.days} days"
    return board.label if span is Span.NOW else f"{board.label}, all time"


_NO_SCORE = {
    Board.OVERALL: "No component is above the last place",
    Board.QUALITY: "None of your public beats has a complete field",
    Board.UPLOADS: "No beat of your own first published",
    Board.PLAYS: "No play counted",
    Board.POINTS: "No XP so far",
    Board.EARNINGS: "No share of the pool",
    Board.COLLAB: "No public beat with a partner first published",
}


def reason(unranked: Unranked, board: Board, span: Span, covers: str = "") -> str:
    """Why an artist is not ranked, as a sentence without its full stop."""
    said = {
        Unranked.NO_SNAPSHOT: "The first snapshot is still to be taken",
        Unranked.STAFF: "Artists with a staff member are not ranked",
        Unranked.OPTED_OUT: f"You opted out of {board.label}",
        Unranked.NO_BEAT: "Ranked are artists with a public beat; you have none",
        Unranked.TOO_NEW: "Your first beat came out after this snapshot; the next one has it",
        Unranked.FEW_BEATS: f"Ranked from {FEWEST_QUALITY_BEATS} public beats of your own on",
    }
    return said.get(unranked) or _NO_SCORE[board] + _within(board, span, covers)


def _within(board: Board, span: Span, covers: str) -> str:
    if span.days:
        return f" in the last {span.days} days"
    if span is Span.MONTH:
        return f" in {covered_month(covers)}" if covers else ": no month is closed yet"
    return " yet" if board in (Board.UPLOADS, Board.PLAYS, Board.COLLAB, Board.EARNINGS) else ""
