"""Files on their way up in pieces, and what an artist's new drafts start with."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from backline.catalog.models.beats import Beat
from backline.catalog.models.collections import Collection
from backline.people.models import Account, Artist


class Upload(models.Model):
    """One file that comes in pieces: how much of it is here, and what became of it.

    `received` bytes are in the file `key` for certain; it may hold more, of a piece whose writing was cut off.
    `batch` joins the files that were chosen together; with a `collection_name` they become a collection.
    """

    class State(models.TextChoices):
        GROWING = "growing", "Growing"
        DONE = "done", "Done"
        REFUSED = "refused", "Refused"

    id = models.UUIDField(primary_key=True)
    artist = models.ForeignKey(Artist, on_delete=models.CASCADE, related_name="uploads")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    file_name = models.CharField(max_length=255)
    size_bytes = models.BigIntegerField()
    received = models.BigIntegerField(default=0)
    state = models.CharField(max_length=8, choices=State, default=State.GROWING)
    mark = models.CharField(max_length=200, blank=True, help_text="What the sender knows the file by.")
    batch = models.UUIDField(null=True, blank=True)
    position = models.PositiveIntegerField(default=0, help_text="Place among the files of the batch.")
    collection_name = models.CharField(max_length=255, blank=True)
    collection = models.ForeignKey(
        Collection, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    beat = models.ForeignKey(Beat, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    code = models.CharField(max_length=40, blank=True, help_text="Why it was refused, for programs.")
    sentence = models.TextField(blank=True, help_text="Why it was refused, for people.")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "artist", "mark"],
                condition=Q(state="growing") & ~Q(mark=""),
                name="one_growing_upload_of_a_mark",
            )
        ]
        indexes = [
            models.Index(fields=["artist", "state"], name="upload_by_artist"),
            models.Index(fields=["expires_at"], name="upload_by_expiry"),
            models.Index(fields=["batch"], name="upload_by_batch"),
        ]

    def __str__(self) -> str:
        return f"{self.file_name}: {self.received} of {self.size_bytes}"

    @property
    def key(self) -> str:
        """The key of the growing file."""
        return f"uploads/{self.pk}.part"


class UploadDefaults(models.Model):
    """What an artist's new drafts start with, and the voice tag of its previews. Empty: nothing is filled in."""

    artist = models.OneToOneField(
        Artist, on_delete=models.CASCADE, primary_key=True, related_name="upload_defaults"
    )
    genres = models.JSONField(default=list, help_text="Slugs.")
    tags = models.JSONField(default=list)
    credits = models.JSONField(default=list, help_text="Handles of artists to invite.")
    licensing = models.CharField(max_length=9, choices=Beat.Licensing, default=Beat.Licensing.STANDARD)
    cover_style = models.CharField(max_length=24, blank=True)
    sample_status = models.CharField(max_length=16, choices=Beat.SampleStatus, blank=True)
    ai_declaration = models.CharField(max_length=8, choices=Beat.AiDeclaration, blank=True)
    tag_key = models.CharField(max_length=120, blank=True, help_text="The artist's own voice tag.")
    tag_name = models.CharField(max_length=255, blank=True)
    updated_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Upload defaults of {self.artist_id}"
