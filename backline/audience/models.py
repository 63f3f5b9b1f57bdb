"""Follows and likes: one row while it holds; the outbox keeps the history."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from backline.catalog.models import Beat
from backline.people.models import Artist


class Follow(models.Model):
    """An account follows an artist since `at`."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    artist = models.ForeignKey(Artist, on_delete=models.CASCADE, related_name="follows")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "artist"], name="one_follow_per_artist")]
        indexes = [models.Index(fields=["artist", "-at"], name="follow_by_artist")]

    def __str__(self) -> str:
        return f"{self.account_id} follows {self.artist_id}"


class Like(models.Model):
    """An account likes a beat since `at`."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    beat = models.ForeignKey(Beat, on_delete=models.CASCADE, related_name="likes")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "beat"], name="one_like_per_beat")]
        indexes = [models.Index(fields=["beat", "-at"], name="like_by_beat")]

    def __str__(self) -> str:
        return f"{self.account_id} likes {self.beat_id}"
