"""*How it works*, said from the rules in force."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from backline.domain import tiers
from backline.domain.boards import (
    FEWEST_QUALITY_BEATS,
    PER_COLLAB_BEAT,
    PER_COLLAB_PLAY,
    PER_PARTNER,
    RULES_VERSION,
    SPANS,
    WEIGHTS,
    Board,
    Span,
    weights,
)
from backline.web.charts.shares import Part, stacked
from backline.web.leaderboards import texts


@dataclass(frozen=True)
class Rules:
    """The rules as the dialog shows them."""

    version: int
    parts: tuple[Part, ...]
    legend: list[tuple[str, int]]
    thirty: str
    boards: list[tuple[str, str, str]]
    tiers: str
    fewest: int


SCORES = {
    Board.POINTS: "XP, then achievements",
    Board.PLAYS: "counted plays",
    Board.UPLOADS: "public beats by first publication",
    Board.QUALITY: f"mean completeness, from {FEWEST_QUALITY_BEATS} beats on; then complete beats",
    Board.EARNINGS: "platform share; public are rank and tier",
    Board.COLLAB: (
        f"{PER_PARTNER // 100} × partners + {PER_COLLAB_BEAT // 100} × shared beats"
        f" + {PER_COLLAB_PLAY / 100:.2f} × their plays; artists sharing a member are one"
    ),
    Board.OVERALL: "the six together",
}


@cache
def rules() -> Rules:
    """The rules."""
    return Rules(
        version=RULES_VERSION,
        parts=stacked(list(WEIGHTS.values())),
        legend=[(board.label, weight) for board, weight in WEIGHTS.items()],
        thirty=", ".join(f"{board.label} {weight}%" for board, weight in weights(Span.THIRTY).items()),
        boards=[(board.label, text, _spans(board)) for board, text in SCORES.items()],
        tiers=", ".join(f"{name} top {percent}%" for name, percent in tiers.TIERS[:-1])
        + f", {tiers.TIERS[-1][0]} everyone else ranked",
        fewest=tiers.FEWEST_RANKED,
    )


def _spans(board: Board) -> str:
    return ", ".join(texts.SPAN_LABELS[span].lower() for span in SPANS[board])
