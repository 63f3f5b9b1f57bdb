"""The choices above a board."""

from __future__ import annotations

from dataclasses import dataclass

from backline.domain.boards import SPANS, Board
from backline.web.leaderboards import texts
from backline.web.leaderboards.state import State


@dataclass(frozen=True)
class Tab:
    """One board to go to."""

    label: str
    icon: str
    address: str
    chosen: bool


def tabs(state: State) -> list[Tab]:
    """All boards."""
    return [
        Tab(board.label, texts.ICONS[board], state.address(board=board, q=""), board is state.board)
        for board in Board
    ]


def spans(state: State) -> list[tuple[str, str, bool]]:
    """The periods of the board: words, address, whether it is chosen. None for a board of a single one."""
    there = SPANS[state.board]
    if len(there) == 1:
        return []
    return [(texts.SPAN_LABELS[span], state.address(span=span), span is state.span) for span in there]
