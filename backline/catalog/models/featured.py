"""The beat that an artist puts first."""

from __future__ import annotations

from django.db import models

from backline.catalog.models.beats import Beat
from backline.people.models import Account, Artist


class Featured(models.Model):
    """An artist's featured beat, chosen `at`; it is shown as long as it is public."""

    artist = models.OneToOneField(Artist, on_delete=models.CASCADE, primary_key=True, related_name="featured")
    beat = models.ForeignKey(Beat, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.beat_id} of {self.artist_id}"
