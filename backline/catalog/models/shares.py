"""Share tables: who gets what part of a beat, version by version."""

from __future__ import annotations

from django.db import models

from backline.catalog.models.beats import Beat
from backline.people.models import Account, Artist


class ShareTable(models.Model):
    """One version of a beat's shares, proposed by an owner; `domain.shares` says when it counts.

    `ended_at`: declined or withdrawn before everybody had accepted; it never counts again.
    """

    beat = models.ForeignKey(Beat, on_delete=models.CASCADE, related_name="share_tables")
    version = models.PositiveSmallIntegerField()
    starts_on = models.DateField(help_text="Reporting day from which it may count.")
    by = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")
    proposed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["version"]
        constraints = [models.UniqueConstraint(fields=["beat", "version"], name="share_version_once")]

    def __str__(self) -> str:
        return f"Shares of {self.beat_id}, version {self.version}"


class Share(models.Model):
    """An artist's part. `counted`: the artist counted on the beat already when the table was proposed."""

    table = models.ForeignKey(ShareTable, on_delete=models.CASCADE, related_name="parts")
    artist = models.ForeignKey(Artist, on_delete=models.PROTECT, related_name="shares")
    share_bp = models.PositiveSmallIntegerField()
    counted = models.BooleanField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(
        Account, on_delete=models.SET_NULL, null=True, related_name="+", help_text="Who accepted."
    )

    class Meta:
        ordering = ["-share_bp", "artist_id"]
        constraints = [
            models.UniqueConstraint(fields=["table", "artist"], name="one_share_per_artist"),
            models.CheckConstraint(condition=models.Q(share_bp__lte=10_000), name="share_at_most_whole"),
        ]
        indexes = [models.Index(fields=["artist"], name="share_by_artist")]

    def __str__(self) -> str:
        return f"{self.share_bp} of {self.table_id} for {self.artist_id}"
