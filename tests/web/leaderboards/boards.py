"""Many ranked artists at once, without making their beats: snapshots of facts by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from backline.domain.boards import Board, Span
from backline.listening.calendar import reporting
from backline.people.models import Artist
from backline.standing.boards.facts import Facts
from backline.standing.snapshots.actions import keep_snapshots
from tests.standing.board_worlds import Figures, facts_of

OTHERS = 120


def others(now: datetime, *, count: int = OTHERS) -> list[Artist]:
    """So many artists without members."""
    made = [Artist(name=f"Producer {n:03}", handle=f"producer-{n:03}", created_at=now) for n in range(count)]
    return Artist.objects.bulk_create(made)


def world(scores: dict[int, int], *, now: datetime) -> Facts:
    """Each artist's score on Plays and Earnings, the same on every other board."""
    boards = {(Board.PLAYS, span): {a: (s, 4) for a, s in scores.items()} for span in (Span.THIRTY, Span.ALL)}
    figures: Figures = {
        **boards,
        (Board.UPLOADS, Span.ALL): dict.fromkeys(scores, (3, 1)),
        (Board.EARNINGS, Span.MONTH): {a: (s * 10**6, 2, s * 10**5) for a, s in scores.items()},
        (Board.EARNINGS, Span.ALL): {a: (s * 10**6, 2, s * 10**5) for a, s in scores.items()},
    }
    facts = facts_of(figures, artists=list(scores), on=reporting().today(now))
    return replace(facts, covers={(Board.EARNINGS, Span.MONTH): "2026-02"})


def rank(scores: dict[int, int], *, now: datetime) -> None:
    """Takes the snapshots of such a world."""
    keep_snapshots(world(scores, now=now), now=now)
