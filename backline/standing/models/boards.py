"""Leaderboards: their snapshots, and who does not want to be on one."""

from __future__ import annotations

from django.db import models

from backline.domain.boards import Board, Span
from backline.people.models import Account, Artist


class Snapshot(models.Model):
    """A board and period as it stood: one row for each reporting day, rewritten while the day lasts.

    What a day is left with is its day-end. `packed` holds all ranked artists (`boards/packing.py`), `digest` is of
    what it was made from. While the facts stay as they are no new row is made: the newest one was found true at
    `checked_at`, and stands through `stands_on`, the reporting day of that.
    """

    board = models.CharField(max_length=8, choices=[(board.value, board.label) for board in Board])
    span = models.CharField(max_length=5, choices=[(span.value, span.value) for span in Span])
    on = models.DateField()
    stands_on = models.DateField()
    covers = models.CharField(max_length=7, blank=True)
    taken_at = models.DateTimeField()
    checked_at = models.DateTimeField()
    ranked = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    packed = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["board", "span", "on"], name="one_snapshot_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.board} {self.span} on {self.on}"


class OptOut(models.Model):
    """An artist that is not to be ranked on a board, since when, and by whose wish."""

    artist = models.ForeignKey(Artist, on_delete=models.CASCADE, related_name="+")
    board = models.CharField(max_length=8, choices=[(board.value, board.label) for board in Board])
    at = models.DateTimeField()
    by = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["artist", "board"], name="one_opt_out_per_board")]

    def __str__(self) -> str:
        return f"{self.artist_id} not on {self.board}"
