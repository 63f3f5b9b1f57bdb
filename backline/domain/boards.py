"""The seven leaderboards: their periods, what Overall is made of, and what their scores are."""

from __future__ import annotations

from enum import StrEnum

RULES_VERSION = 1


class Board(StrEnum):
    """A category, in the order of the tabs."""

    OVERALL = "overall"
    QUALITY = "quality"
    UPLOADS = "uploads"
    PLAYS = "plays"
    POINTS = "points"
    EARNINGS = "earnings"
    COLLAB = "collab"

    @property
    def label(self) -> str:
        """What its tab says."""
        return self.value.capitalize()


class Span(StrEnum):
    """What a board looks at. 7 and 30 days are complete reporting days before today; a month is the last closed one."""

    WEEK = "7d"
    THIRTY = "30d"
    ALL = "all"
    NOW = "now"
    MONTH = "month"

    @property
    def days(self) -> int | None:
        """How many days, None where it is not a number of days."""
        return {Span.WEEK: 7, Span.THIRTY: 30}.get(self)


SPANS: dict[Board, tuple[Span, ...]] = {
    Board.OVERALL: (Span.THIRTY, Span.ALL),
    Board.QUALITY: (Span.NOW,),
    Board.UPLOADS: (Span.WEEK, Span.THIRTY, Span.ALL),
    Board.PLAYS: (Span.WEEK, Span.THIRTY, Span.ALL),
    Board.POINTS: (Span.ALL,),
    Board.EARNINGS: (Span.MONTH, Span.ALL),
    Board.COLLAB: (Span.WEEK, Span.THIRTY, Span.ALL),
}
WEIGHTS: dict[Board, int] = {
    Board.POINTS: 25,
    Board.PLAYS: 20,
    Board.UPLOADS: 15,
    Board.QUALITY: 15,
    Board.COLLAB: 15,
    Board.EARNINGS: 10,
}
"""What Overall is made of, in percent, in the order that screens list it."""

PER_PARTNER, PER_COLLAB_BEAT, PER_COLLAB_PLAY = 1000, 200, 1
"""What the Collab score counts, in hundredths: 10 a partner, 2 a beat, 0.01 a play of one."""

FEWEST_QUALITY_BEATS = 5


def default_span(board: Board) -> Span:
    """What a board shows when no period is asked for: 30 days where it has them, but Overall all time.

    >>> default_span(Board.OVERALL).value, default_span(Board.PLAYS).value
    ('all', '30d')
    """
    if board is Board.OVERALL:
        return Span.ALL
    return Span.THIRTY if Span.THIRTY in SPANS[board] else SPANS[board][0]


def component_span(board: Board, span: Span) -> Span | None:
    """Which period of a board goes into Overall of a period; None when the board has none for it.

    >>> component_span(Board.QUALITY, Span.ALL)
    <Span.NOW: 'now'>
    """
    if span is Span.ALL and board is Board.QUALITY:
        return Span.NOW
    return span if span in SPANS[board] else None


def weights(span: Span) -> dict[Board, int]:
    """The percentages of Overall for a period: of the boards that have it, rescaled to 100.

    >>> {board.value: percent for board, percent in weights(Span.THIRTY).items()}
    {'plays': 40, 'uploads': 30, 'collab': 30}
    """
    there = {board: weight for board, weight in WEIGHTS.items() if component_span(board, span)}
    return {board: weight * 100 // sum(there.values()) for board, weight in there.items()}


def collab_score(partners: int, beats: int, plays: int) -> int:
    """The Collab score in hundredths.

    >>> collab_score(1, 1, 40)
    1240
    """
    return PER_PARTNER * partners + PER_COLLAB_BEAT * beats + PER_COLLAB_PLAY * plays
