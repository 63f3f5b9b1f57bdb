"""Collections of beats."""

from __future__ import annotations

from django.db import models
from django.utils.text import slugify

from backline.catalog.models.beats import Beat
from backline.people.models import Artist


class CollectionQuerySet(models.QuerySet["Collection"]):
    """Named selections of collections."""

    def kept(self) -> CollectionQuerySet:
        """Not deleted."""
        return self.filter(deleted_at__isnull=True)

    def public(self) -> CollectionQuerySet:
        """What everybody may see: public, not deleted, of an artist in good standing."""
        return self.kept().filter(state=Collection.State.PUBLIC, artist__revoked_at__isnull=True)


class Collection(models.Model):
    """An album, EP or pack of beats in an order."""

    class Kind(models.TextChoices):
        ALBUM = "album", "Album"
        EP = "ep", "EP"
        PACK = "pack", "Pack"

    class State(models.TextChoices):
        PRIVATE = "private", "Private"
        PUBLIC = "public", "Public"

    artist = models.ForeignKey(Artist, on_delete=models.PROTECT, related_name="collections")
    name = models.CharField(max_length=255)
    kind = models.CharField(max_length=5, choices=Kind)
    state = models.CharField(max_length=7, choices=State, default=State.PRIVATE)
    description = models.TextField(max_length=2000, blank=True)
    release_on = models.DateField(null=True, blank=True)
    cover_key = models.CharField(max_length=100, blank=True, help_text="Folder of an uploaded cover.")
    cover_style = models.CharField(max_length=24, blank=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True, blank=True)
    beats: models.ManyToManyField[Beat, Entry] = models.ManyToManyField(
        Beat, through="Entry", related_name="collections"
    )

    objects = CollectionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["artist", "-created_at"], name="collection_by_artist")]

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
