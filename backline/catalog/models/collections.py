"""Collections of beats."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.text import slugify

from backline.catalog.models.beats import Beat, Genre
from backline.people.models import Artist


class CollectionQuerySet(models.QuerySet["Collection"]):
    """Named selections of collections."""

    def kept(self) -> CollectionQuerySet:
        """Not deleted."""
        return self.filter(deleted_at__isnull=True)

    def trashed(self) -> CollectionQuerySet:
        """Deleted, and still to be had back."""
        return self.filter(deleted_at__isnull=False)

    def public(self) -> CollectionQuerySet:
        """What everybody may see: public, not deleted, of an artist in good standing."""
        return self.kept().filter(state=Collection.State.PUBLIC, artist__revoked_at__isnull=True)


class Collection(models.Model):
    """An album, EP or pack of beats in an order. A new beat in it takes over its artists, genres and tags."""

    class Kind(models.TextChoices):
        ALBUM = "album", "Album"
        EP = "ep", "EP"
        PACK = "pack", "Pack"

    class State(models.TextChoices):
        PRIVATE = "private", "Private"
        SCHEDULED = "scheduled", "Scheduled"
        PUBLIC = "public", "Public"

    artist = models.ForeignKey(Artist, on_delete=models.PROTECT, related_name="collections")
    name = models.CharField(max_length=255)
    kind = models.CharField(max_length=5, choices=Kind)
    state = models.CharField(max_length=9, choices=State, default=State.PRIVATE)
    scheduled_at = models.DateTimeField(null=True, blank=True, help_text="When the worker makes it public.")
    description = models.TextField(max_length=2000, blank=True)
    release_on = models.DateField(null=True, blank=True)
    tags = models.JSONField(default=list, help_text="Normalised, in order.")
    cover_key = models.CharField(max_length=100, blank=True, help_text="Folder of an uploaded cover.")
    cover_style = models.CharField(max_length=24, blank=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True, blank=True)
    beats: models.ManyToManyField[Beat, Entry] = models.ManyToManyField(
        Beat, through="Entry", related_name="collections"
    )

    genres: models.ManyToManyField[Genre, Any] = models.ManyToManyField(
        Genre, blank=True, related_name="collections"
    )
    artists: models.ManyToManyField[Artist, Any] = models.ManyToManyField(
        Artist, blank=True, related_name="named_on_collections"
    )

    objects = CollectionQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["artist", "-created_at"], name="collection_by_artist"),
            models.Index(
                fields=["scheduled_at"], name="collection_by_schedule", condition=models.Q(state="scheduled")
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/collections/{self.pk}-{slugify(self.name)[:60].strip('-') or 'collection'}/"


class Entry(models.Model):
    """A beat's place in a collection."""

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="entries")
    beat = models.ForeignKey(Beat, on_delete=models.CASCADE, related_name="entries")
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["collection", "beat"], name="beat_once_per_collection")
        ]

    def __str__(self) -> str:
        return f"{self.beat_id} in {self.collection_id} at {self.position}"
