"""Facts of as many artists as wanted, without rows behind them: few with much, many with little, ties throughout."""

from __future__ import annotations

import numpy as np

from backline.domain.boards import SPANS, Board
from backline.standing.boards.facts import Facts, Ints, Rows
from bench.standing import xp

WIDTHS = {
    Board.POINTS: 2,
    Board.PLAYS: 2,
    Board.UPLOADS: 2,
    Board.QUALITY: 3,
    Board.COLLAB: 3,
    Board.EARNINGS: 3,
}


def simulated_facts(count: int) -> Facts:
    """The same for the same count."""
    dice = np.random.default_rng(18)
    ids = np.arange(1, count + 1, dtype=np.int64)
    rows = {
        (board, span): Rows(ids, _figures(dice, board, count))
        for board, spans in SPANS.items()
        if board is not Board.OVERALL
        for span in spans
    }
    return Facts(xp.NOW.date(), ids, rows)


def _figures(dice: np.random.Generator, board: Board, count: int) -> Ints:
    if board is Board.QUALITY:
        beats = 5 + (dice.pareto(1.2, count) * 5).astype(np.int64)
        complete = (beats * dice.random(count)).astype(np.int64)
        return np.stack([complete * 10_000 // beats, complete, beats], axis=1)
    scale = {Board.PLAYS: 200, Board.EARNINGS: 10**9, Board.POINTS: 800}.get(board, 3)
    return (1 + dice.pareto(1.1, (count, WIDTHS[board])) * scale).clip(max=10**12).astype(np.int64)
