"""*Why am I here?* in words: the components of Overall, the way to the next place, what moved since yesterday."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from backline.domain.boards import Board
from backline.people.models import Member
from backline.standing.snapshots.sheets import newest
from backline.standing.snapshots.why import Component, Option, Why, why
from backline.web.formats import DASH, MINUS, counted, number, ordinal
from backline.web.leaderboards import texts
from backline.web.leaderboards.state import State

BILLION = 10**9
A_MONTH, TWO_MONTHS, TWO_YEARS = 30, 60, 730
UNITS = {Board.PLAYS: "play", Board.UPLOADS: "beat", Board.POINTS: "XP"}


@dataclass(frozen=True)
class Part:
    """A component as a line: points before weighing, and what they add."""

    label: str
    text: str
    points: str
    weight: int
    weighed: str


@dataclass(frozen=True)
class Way:
    """One way to the next place."""

    text: str
    note: str
    time: str


@dataclass(frozen=True)
class Story:
    """The whole of it. `goal` is empty for who leads, and `lead` for everybody else."""

    parts: list[Part]
    score: str
    goal: str
    lead: str
    ways: list[Way]
    since: str


def story(state: State, member: Member, *, now: datetime) -> Story | None:
    """Why the artist is where it is; None on other boards than Overall and for one that is not ranked."""
    sheet = newest(state.board, state.span) if state.board is Board.OVERALL else None
    found = why(sheet, member.artist_id, now=now) if sheet else None
    if found is None:
        return None
    return Story(
        parts=[_part(component) for component in found.components],
        score=number(found.row.score / texts.POINT, 2),
        goal=_goal(found),
        lead=_lead(found),
        ways=[_way(option) for option in found.options],
        since=_since(found),
    )


def _goal(found: Why) -> str:
    if found.ahead is None:
        return ""
    return f"{texts.points(found.ahead.score - found.row.score)} to {ordinal(found.ahead.rank)} place"


def _lead(found: Why) -> str:
    if found.ahead is not None:
        return ""
    if found.behind is None:
        return "Nobody else is ranked"
    gap = found.row.score - found.behind.score
    return f"You lead by {texts.points(gap)}" if gap else "You share the lead"


def _part(component: Component) -> Part:
    return Part(
        label=component.board.label,
        text=_standing(component),
        points=number(component.points / BILLION, 2),
        weight=component.weight,
        weighed=number(component.weighed / texts.POINT, 2),
    )


def _standing(component: Component) -> str:
    board, row = component.board, component.row
    if row is None:
        return f"not ranked, {number(component.ranked)} are" if component.ranked else "nobody is ranked"
    place = f"{ordinal(row.rank)} of {number(component.ranked)}"
    if board is Board.EARNINGS:
        return f"{place}, rank only"
    value = texts.score(board, row) if board is Board.COLLAB else texts.scored(board, row)
    if board is Board.QUALITY:
        value = f"{texts.score(board, row)} mean, {texts.detail(board, row)}"
    return f"{place}, {value}"


def _way(option: Option) -> Way:
    label = option.board.label
    if option.board is Board.EARNINGS and option.rank_after is not None:
        return Way(f"{label}: {_places(option)}", "others’ shares are private, so no amount", DASH)
    if option.amount is None:
        return Way(f"{label}: not by itself", _not_enough(option), DASH)
    return Way(f"{label}: {_amount(option.board, option.amount)}", _places(option), _time(option.days))


def _not_enough(option: Option) -> str:
    if option.board is Board.EARNINGS and option.rank_before is None:
        return "no month is closed yet"
    if option.board is Board.QUALITY:
        return "completing every beat is not enough, or they are all complete"
    return "not even the first place is enough"


def _amount(board: Board, amount: int) -> str:
    if board is Board.QUALITY:
        return f"complete {counted(amount, 'more beat')}"
    if board is Board.COLLAB:
        return f"{counted(amount, 'new partner')}, one beat each"
    unit = UNITS[board]
    return f"{number(amount)} {unit}" if unit == "XP" else counted(amount, unit)


def _places(option: Option) -> str:
    to = f"to {ordinal(option.rank_after)}"
    if option.rank_before is None or option.rank_after is None:
        return f"from not ranked {to}"
    places = option.rank_before - option.rank_after
    if not places:
        return f"stays {ordinal(option.rank_after)}, less shared"
    return f"{counted(places, 'place')}, {to}"


def _time(days: int | None) -> str:
    if days is None:
        return "no pace yet"
    if days < TWO_MONTHS:
        return f"about {counted(days, 'day')}"
    return f"about {number(round(days / A_MONTH))} months" if days < TWO_YEARS else "over two years"


def _since(found: Why) -> str:
    """How the score differs from yesterday's, component by component. Where the rank moved stands on the card."""
    if found.gained is None:
        return "Yesterday's score is not known, there is no snapshot of it."
    sign = "+" if found.gained > 0 else MINUS
    score = f"The score moved by {sign}{texts.points(abs(found.gained))} since yesterday"
    if not found.gained:
        score = "The score is what it was yesterday"
    moves = [text for text in map(_move, found.components) if text]
    still = len(found.components) - len(moves)
    if not moves:
        return f"{score}; you hold the same place in every component."
    rest = (
        f" The other {still} did not move." if still > 1 else " The other one did not move." if still else ""
    )
    return f"{score}: {'; '.join(moves)}.{rest}"


def _move(component: Component) -> str:
    row, label = component.row, component.board.label
    if row is None or not component.compares or row.before == row.rank:
        return ""
    if not row.before:
        return f"{label} came in at {ordinal(row.rank)}"
    return f"{label} went from {ordinal(row.before)} to {ordinal(row.rank)}"
