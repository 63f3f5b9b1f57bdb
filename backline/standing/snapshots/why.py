"""Why an artist stands where it stands in Overall, what would lift it a place, and what moved since yesterday."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from backline.domain import ranking
from backline.domain.boards import PER_COLLAB_BEAT, PER_PARTNER, Board, Span, component_span, weights
from backline.domain.why_here import completed_mean_bp, days_at, smallest
from backline.standing import board_facts, board_xp
from backline.standing.boards.lifting import Key, Lift
from backline.standing.snapshots.sheets import Row, Sheet, newest_of, standing_on

PACE_DAYS = 30


@dataclass(frozen=True)
class Component:
    """One part of Overall. `row` is None where the artist is not ranked; points in billionths, before weighing."""

    board: Board
    span: Span
    weight: int
    ranked: int
    row: Row | None
    points: int
    compares: bool

    @property
    def weighed(self) -> int:
        """What it adds to Overall, in millionths of a point."""
        return ranking.overall_score(self.weight * self.points)


@dataclass(frozen=True)
class Option:
    """One component's way up. `amount` None: nothing of it would do; of Earnings the amount is never told.

    `days` is how long it takes at the own pace of the last 30 days, None without any.
    """

    board: Board
    amount: int | None
    rank_before: int | None
    rank_after: int | None
    days: int | None


@dataclass(frozen=True)
class Why:
    """The whole story. `ahead` is the next better row, None for who leads; `behind` the next place, None for the last.

    `gained` is in millionths of a point since yesterday.
    """

    row: Row
    components: list[Component]
    ahead: Row | None
    behind: Row | None
    options: list[Option]
    gained: int | None


@dataclass(frozen=True)
class _Way:
    """How more of something changes a component's key: what `amount` of it makes, and how much there could be."""

    key: Callable[[int], Key]
    most: int
    recent: int


def why(overall: Sheet, artist_id: int, *, now: datetime) -> Why | None:
    """Everything about one artist's place; None when it is not ranked in Overall. One query, and a few for the pace."""
    row = overall.of(artist_id)
    if row is None:
        return None
    boards = weights(overall.span)
    spans = {board: component_span(board, overall.span) or overall.span for board in boards}
    recent = {(board, Span.THIRTY) for board in (Board.PLAYS, Board.UPLOADS, Board.COLLAB)}
    sheets = newest_of({*spans.items(), *recent})
    components = [
        _component(sheets[board, spans[board]], artist_id, weight)
        for board, weight in boards.items()
        if (board, spans[board]) in sheets
    ]
    ahead = overall.ahead_of(row)
    options = []
    if ahead is not None:
        for part in components:
            lift = Lift(overall, row, sheets[part.board, part.span], weight=part.weight)
            options.append(_option(part, lift, sheets, artist_id, now=now))
    behind = overall.at(row.place + 1) if row.place + 1 < overall.ranked else None
    return Why(row, components, ahead, behind, sorted(options, key=_cheapest), _gained(overall, row))


def _component(sheet: Sheet, artist_id: int, weight: int) -> Component:
    row = sheet.of(artist_id)
    return Component(
        sheet.board, sheet.span, weight, sheet.ranked, row, sheet.component(row), compares=sheet.compares
    )


def _option(
    part: Component, lift: Lift, sheets: dict[tuple[Board, Span], Sheet], artist_id: int, *, now: datetime
) -> Option:
    if part.board is Board.EARNINGS and not part.ranked:
        return Option(part.board, None, None, None, None)
    way = _way(part.board, lift, sheets, artist_id, now=now)
    amount = smallest(lambda much: lift.enough(way.key(much)), most=way.most)
    before = part.row.rank if part.row else None
    if amount is None:
        return Option(part.board, None, before, None, None)
    after = lift.rank_on_board(way.key(amount))
    if part.board is Board.EARNINGS:
        return Option(part.board, None, before, after, None)
    return Option(part.board, amount, before, after, days_at(amount, recent=way.recent, days=PACE_DAYS))


def _way(
    board: Board, lift: Lift, sheets: dict[tuple[Board, Span], Sheet], artist_id: int, *, now: datetime
) -> _Way:
    """What more of each board's matter does to the artist's key there, all else staying as it is."""
    score, second = lift.key
    if board is Board.QUALITY:
        return _completing(lift, artist_id, now=now)
    step = PER_PARTNER + PER_COLLAB_BEAT if board is Board.COLLAB else 1
    most = max(1, (lift.highest() - score) // step + 1)
    return _Way(lambda much: (score + much * step, second), most, _recent(board, sheets, artist_id, now=now))


def _completing(lift: Lift, artist_id: int, *, now: datetime) -> _Way:
    """Completing beats that are not; those are read now. Under the fewest beats nothing of the kind ranks."""
    percents = board_facts.completeness(artist_id)
    recent = board_xp.recently_completed(artist_id, now=now, days=PACE_DAYS)
    open_ = sum(percent < 100 for percent in percents) if lift.own else 0
    return _Way(lambda much: completed_mean_bp(percents, completed=much), open_, recent)


def _recent(board: Board, sheets: dict[tuple[Board, Span], Sheet], artist_id: int, *, now: datetime) -> int:
    """How much of it the artist made in the last 30 days."""
    if board is Board.POINTS:
        return board_xp.recent_xp(artist_id, now=now, days=PACE_DAYS)
    sheet = sheets.get((board, Span.THIRTY))
    row = sheet.of(artist_id) if sheet else None
    if row is None:
        return 0
    return row.details["partners"] if board is Board.COLLAB else row.score


def _cheapest(option: Option) -> tuple[int, int, int]:
    """Those with a time first, the shortest first; then those with an amount; then the rest."""
    if option.days is not None:
        return 0, option.days, 0
    return (1, 0, option.amount or 0) if option.amount is not None else (2, option.rank_after is None, 0)


def _gained(overall: Sheet, row: Row) -> int | None:
    yesterday = standing_on(overall.board, overall.span, overall.on - timedelta(days=1))
    then = yesterday.of(row.artist_id) if yesterday else None
    return row.score - then.score if then else None
