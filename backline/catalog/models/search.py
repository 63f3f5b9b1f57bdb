"""What is found by words, and what the index has yet to take in."""

from __future__ import annotations

from django.db import models


class Found(models.TextChoices):
    """What can be found."""

    BEAT = "beat", "Beat"
    COLLECTION = "collection", "Collection"
    ARTIST = "artist", "Artist"


class SearchText(models.Model):
    """The words of one thing, as `domain.finding.indexed` writes them. The database keeps its trigrams."""

    kind = models.CharField(max_length=10, choices=Found)
    number = models.BigIntegerField(help_text="Of the beat, collection or artist.")
    text = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "number"], name="one_text_per_thing")]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class SearchMark(models.Model):
    """A thing changed since it was indexed. Triggers write it (`catalog/triggers.py`), the worker takes it away."""

    kind = models.CharField(max_length=10, choices=Found)
    number = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["kind", "number"], name="search_mark")]

    def __str__(self) -> str:
        return f"{self.kind} {self.number} changed"
