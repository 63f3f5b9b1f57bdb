"""What achievements read from the boards: the Overall scores of all time."""

from __future__ import annotations

from datetime import datetime

from backline.domain.boards import Board, Span
from backline.standing.boards.packing import Packed
from backline.standing.models import Snapshot


def overall_changed_since(at: datetime) -> bool:
    """Whether the board was taken anew, with other scores, since a moment."""
    return Snapshot.objects.filter(board=Board.OVERALL, span=Span.ALL, taken_at__gte=at).exists()


def overall_scores() -> dict[int, int] | None:
    """Every ranked artist's Overall score of all time by the newest snapshot; None while there is none."""
    snapshots = Snapshot.objects.filter(board=Board.OVERALL, span=Span.ALL).order_by("-on")
    packed = snapshots.values_list("packed", flat=True).first()
    if packed is None:
        return None
    board = Packed(packed)
    return dict(zip(board.column("id").tolist(), board.column("score").tolist(), strict=True))
