"""From facts to ranked boards, as arrays in the order of places. The rules are those of `domain/ranking.py`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from backline.domain.boards import (
    FEWEST_QUALITY_BEATS,
    PER_COLLAB_BEAT,
    PER_COLLAB_PLAY,
    PER_PARTNER,
    SPANS,
    WEIGHTS,
    Board,
    Span,
    component_span,
    weights,
)
from backline.domain.ranking import FULL, STEP
from backline.standing.boards.facts import Facts, Ints, Rows

DETAILS: dict[Board, tuple[str, ...]] = {
    Board.OVERALL: ("sum", "best", "best_rank"),
    Board.QUALITY: ("beats",),
    Board.UPLOADS: ("this_year",),
    Board.PLAYS: ("beats",),
    Board.POINTS: (),
    Board.EARNINGS: ("beats", "share_ppb"),
    Board.COLLAB: ("partners", "beats", "plays"),
}
"""What a row keeps beside its score. `best` is a place in the list of components, `sum` an exact Overall."""

COMPONENTS = tuple(WEIGHTS)
_NOBODY = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True)
class Ranked:
    """A board, the best first. Equal scores and seconds share a rank; `details` has a column for each of DETAILS."""

    board: Board
    ids: Ints
    ranks: Ints
    scores: Ints
    seconds: Ints
    details: Ints

    def ends(self) -> Ints:
        """For each place the last place of its tie."""
        starts = self.ranks - 1
        sizes = np.bincount(starts, minlength=len(starts))
        return starts + sizes[starts]

    def components(self) -> Ints:
        """For each place what it counts for in Overall, in billionths of a point."""
        ranked = len(self.ids)
        if ranked <= 1:
            return np.full(ranked, FULL, dtype=np.int64)
        ends = self.ends()
        twice = 2 * (ranked - ends) + (ends - self.ranks)
        return (FULL * twice + ranked - 1) // (2 * (ranked - 1))


def rank_all(facts: Facts) -> dict[tuple[Board, Span], Ranked]:
    """All boards of all periods."""
    found = {place: _rank_rows(facts, place[0], rows) for place, rows in facts.rows.items()}
    for span in SPANS[Board.OVERALL]:
        found[Board.OVERALL, span] = _overall(facts, span, found)
    return found


def _rank_rows(facts: Facts, board: Board, rows: Rows) -> Ranked:
    scores, seconds, details = _scores(board, rows.figures)
    kept = (scores > 0) & _allowed(facts, board, rows.ids)
    return _rank(board, rows.ids[kept], scores[kept], seconds[kept], details[kept])


def _allowed(facts: Facts, board: Board, ids: Ints) -> NDArray[np.bool_]:
    return np.isin(ids, facts.eligible) & ~np.isin(ids, facts.opted_out.get(board, _NOBODY))


def _scores(board: Board, figures: Ints) -> tuple[Ints, Ints, Ints]:
    """Score, what decides between equal scores, and details, from the figures of `board_facts.py`."""
    first, none = figures[:, 0], np.zeros(len(figures), dtype=np.int64)
    if board is Board.COLLAB:
        score = PER_PARTNER * first + PER_COLLAB_BEAT * figures[:, 1] + PER_COLLAB_PLAY * figures[:, 2]
        return score, none, figures
    if board is Board.QUALITY:
        enough = figures[:, 2] >= FEWEST_QUALITY_BEATS
        return np.where(enough, first, 0), figures[:, 1], figures[:, 2:]
    if board is Board.POINTS:
        return first, figures[:, 1], figures[:, 2:]
    return first, none, figures[:, 1:]


def _rank(board: Board, ids: Ints, scores: Ints, seconds: Ints, details: Ints) -> Ranked:
    order = np.lexsort((ids, -seconds, -scores))
    scores, seconds = scores[order], seconds[order]
    places = np.arange(len(order), dtype=np.int64)
    starts = np.ones(len(order), dtype=bool)
    starts[1:] = (scores[1:] != scores[:-1]) | (seconds[1:] != seconds[:-1])
    ranks = np.maximum.accumulate(np.where(starts, places, 0)) + 1 if len(order) else places
    return Ranked(board, ids[order], ranks, scores, seconds, details[order])


def _overall(facts: Facts, span: Span, found: dict[tuple[Board, Span], Ranked]) -> Ranked:
    """The weighted sum of the components, rounded to millionths of a point."""
    spans = {board: component_span(board, span) for board in COMPONENTS}
    parts = {board: found[board, its] for board, its in spans.items() if its and (board, its) in found}
    ids = np.unique(np.concatenate([_NOBODY, *(part.ids for part in parts.values())]))
    ids = ids[_allowed(facts, Board.OVERALL, ids)]
    total = np.zeros(len(ids), dtype=np.int64)
    best, best_rank = np.zeros(len(ids), dtype=np.int64), np.full(len(ids), np.iinfo(np.int64).max)
    for board, part in parts.items():
        if not len(part.ids):
            continue
        place, there = places_of(part.ids, ids)
        total += weights(span)[board] * np.where(there, part.components()[place], 0)
        better = there & (part.ranks[place] < best_rank)
        best = np.where(better, COMPONENTS.index(board), best)
        best_rank = np.where(better, part.ranks[place], best_rank)
    scores = (total + STEP // 2) // STEP
    kept = scores > 0
    details = np.stack([total, best, best_rank], axis=1)[kept]
    return _rank(Board.OVERALL, ids[kept], scores[kept], np.zeros(int(kept.sum()), dtype=np.int64), details)


def places_of(ids: Ints, wanted: Ints) -> tuple[Ints, NDArray[np.bool_]]:
    """Where each wanted number is in `ids`, and whether it is there at all."""
    if not len(ids):
        return np.zeros(len(wanted), dtype=np.int64), np.zeros(len(wanted), dtype=bool)
    order = np.argsort(ids)
    place = order[np.minimum(np.searchsorted(ids, wanted, sorter=order), len(ids) - 1)]
    return place, ids[place] == wanted


def columns_of(ranked: Ranked) -> dict[str, Ints]:
    """What a snapshot keeps of a board."""
    details = {name: ranked.details[:, number] for number, name in enumerate(DETAILS[ranked.board])}
    return {
        "id": ranked.ids,
        "rank": ranked.ranks,
        "last": ranked.ends(),
        "score": ranked.scores,
        "second": ranked.seconds,
        **details,
    }
