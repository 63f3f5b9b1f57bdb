"""Facts of boards by hand and at random, the naive ranking of them, and sheets without a database."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime

import numpy as np
from hypothesis import strategies as st

from backline.domain.boards import SPANS, WEIGHTS, Board, Span, collab_score, component_span, weights
from backline.domain.ranking import component, overall_score, ranks
from backline.standing.boards.facts import Facts, Ints, Rows
from backline.standing.boards.packing import pack
from backline.standing.boards.ranked import Ranked, columns_of, rank_all
from backline.standing.models import Snapshot
from backline.standing.snapshots.sheets import Sheet

ON = date(2026, 3, 18)
AT = datetime(2026, 3, 18, 15, 30, tzinfo=UTC)
WIDTHS = {
    Board.POINTS: 2,
    Board.PLAYS: 2,
    Board.UPLOADS: 2,
    Board.QUALITY: 3,
    Board.COLLAB: 3,
    Board.EARNINGS: 3,
}
Figures = Mapping[tuple[Board, Span], Mapping[int, tuple[int, ...]]]
Place = tuple[Board, Span]


def ints(numbers: object) -> Ints:
    return np.array(numbers, dtype=np.int64)


def facts_of(
    figures: Figures, *, artists: list[int], out: dict[Board, list[int]] | None = None, on: date = ON
) -> Facts:
    """Facts with these figures; boards and periods that are not named have none."""
    rows = {}
    for board, spans in SPANS.items():
        for span in spans if board is not Board.OVERALL else ():
            found = sorted((figures.get((board, span)) or {}).items())
            table = ints([values for _, values in found]).reshape(len(found), WIDTHS[board])
            rows[board, span] = Rows(ints([artist for artist, _ in found]), table)
    left = {board: ints(sorted(artists)) for board, artists in (out or {}).items()}
    return Facts(on, ints(sorted(artists)), rows, left)


def sheet_of(ranked: Ranked, span: Span, *, before: Ints | None = None) -> Sheet:
    """The board as a screen reads it."""
    columns = columns_of(ranked) | ({"before": before} if before is not None else {})
    return Sheet(
        Snapshot(
            board=ranked.board, span=span, on=ON, stands_on=ON, taken_at=AT, checked_at=AT, ranked=len(ranked.ids),
            packed=pack(columns),
        )
    )  # fmt: skip


def sheets_of(facts: Facts) -> dict[Place, Sheet]:
    return {place: sheet_of(ranked, place[1]) for place, ranked in rank_all(facts).items()}


def key_of(board: Board, figures: tuple[int, ...]) -> tuple[int, int]:
    """Score and second, said once more."""
    if board is Board.COLLAB:
        return collab_score(*figures), 0
    if board is Board.QUALITY:
        return (figures[0] if figures[2] >= 5 else 0), figures[1]
    return figures[0], figures[1] if board is Board.POINTS else 0


def naive(facts: Facts, board: Board, span: Span) -> dict[int, int]:
    """Rank by artist, straight from the rule."""
    keys = _keys(facts, board, span)
    return dict(zip(keys, ranks(list(keys.values())), strict=True))


def naive_overall(facts: Facts, span: Span) -> tuple[dict[int, int], dict[int, int]]:
    """Rank and score by artist in Overall, straight from the rule."""
    sums: dict[int, int] = {}
    for board, weight in weights(span).items():
        part = component_span(board, span)
        assert part is not None
        keys = _keys(facts, board, part)
        for artist, key in keys.items():
            others = [other for name, other in keys.items() if name != artist]
            points = component(
                below=sum(other < key for other in others),
                equal=sum(other == key for other in others),
                ranked=len(keys),
            )
            sums[artist] = sums.get(artist, 0) + weight * points
    left = set(facts.opted_out.get(Board.OVERALL, ints([])).tolist())
    scores = {a: overall_score(s) for a, s in sums.items() if a not in left and overall_score(s) > 0}
    return dict(zip(scores, ranks(list(scores.values())), strict=True)), scores


def _keys(facts: Facts, board: Board, span: Span) -> dict[int, tuple[int, int]]:
    rows = facts.rows[board, span]
    left = set(facts.opted_out.get(board, ints([])).tolist())
    allowed = set(facts.eligible.tolist()) - left
    keys = {
        int(artist): key_of(board, tuple(int(value) for value in figures))
        for artist, figures in zip(rows.ids, rows.figures, strict=True)
    }
    return {artist: key for artist, key in keys.items() if artist in allowed and key[0] > 0}


def _figures(board: Board) -> st.SearchStrategy[tuple[int, ...]]:
    few = st.integers(0, 6)
    if board is Board.QUALITY:
        return st.tuples(st.integers(0, 5).map(lambda n: n * 2000), few, st.integers(3, 8))
    return st.tuples(*[few] * WIDTHS[board])


@st.composite
def worlds(draw: st.DrawFn, *, most: int = 9) -> Facts:
    """Few artists with small figures, so that ties, zeros and opt-outs meet."""
    artists = list(range(1, draw(st.integers(1, most)) + 1))
    figures: dict[Place, dict[int, tuple[int, ...]]] = {}
    for board in WEIGHTS:
        for span in SPANS[board]:
            there = [artist for artist in artists if draw(st.booleans())]
            figures[board, span] = {artist: draw(_figures(board)) for artist in there}
    eligible = [artist for artist in artists if draw(st.integers(0, 9))]
    out = {board: [a for a in artists if not draw(st.integers(0, 9))] for board in Board}
    return facts_of(figures, artists=eligible, out=out)
