"""The outbox: append-only facts. Readers keep their own watermark over `id` and never change a row."""

from __future__ import annotations

from django.db import models


class Fact(models.Model):
    """One thing that happened, named by opaque numbers so that any layer may write and any may read it."""

    class Kind(models.TextChoices):
        LIKED = "liked"
        UNLIKED = "unliked"
        FOLLOWED = "followed"
        UNFOLLOWED = "unfollowed"
        SALE = "sale"
        SALE_REVERSED = "sale_reversed"
        LICENCE_ISSUED = "licence_issued"
        LICENCE_REVOKED = "licence_revoked"

    kind = models.CharField(max_length=24, choices=Kind)
    at = models.DateTimeField()
    account_id = models.BigIntegerField()
    artist_id = models.BigIntegerField(null=True)
    beat_id = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.kind} at {self.at}"
