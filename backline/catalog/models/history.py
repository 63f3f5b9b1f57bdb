"""What was changed on a beat."""

from __future__ import annotations

from django.db import models

from backline.catalog.models.beats import Beat
from backline.people.models import Account


class BeatChange(models.Model):
    """One field of a beat was changed, as a person reads it; `by` is empty for what the worker or nobody did."""

    beat = models.ForeignKey(Beat, on_delete=models.CASCADE, related_name="changes")
    by = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    field = models.CharField(max_length=24)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.field} of {self.beat_id} at {self.at}"
