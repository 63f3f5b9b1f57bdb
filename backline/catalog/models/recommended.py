"""Whom an artist might work with: what was found a day ago at most, and who does not want to be found."""

from __future__ import annotations

from django.db import models

from backline.people.models import Account, Artist


class Recommended(models.Model):
    """Artists found for one, each with the facts it rests on, as they were at `made_at`."""

    artist = models.OneToOneField(Artist, on_delete=models.CASCADE, primary_key=True, related_name="+")
    made_at = models.DateTimeField()
    found = models.JSONField(help_text="List of `domain.recommending.Match` as lists.")

    def __str__(self) -> str:
        return f"For {self.artist_id}"


class NotRecommended(models.Model):
    """An artist that is recommended to nobody, by its own wish."""

    artist = models.OneToOneField(Artist, on_delete=models.CASCADE, primary_key=True, related_name="+")
    by = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.artist_id} is not recommended"
