"""Beats with their genres, tags and credits."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.text import slugify

from backline.catalog.models.recordings import Recording
from backline.people.models import Account, Artist


class Genre(models.Model):
    """A genre of the platform's list."""

    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=40)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class BeatQuerySet(models.QuerySet["Beat"]):
    """Named selections of beats."""

    def kept(self) -> BeatQuerySet:
        """Not deleted."""
        return self.filter(deleted_at__isnull=True)

    def trashed(self) -> BeatQuerySet:
        """Deleted, and still to be had back."""
        return self.filter(deleted_at__isnull=False, purged_at__isnull=True)

    def public(self) -> BeatQuerySet:
        """What everybody may see and hear: public, not deleted, of an artist in good standing."""
        return self.kept().filter(state=Beat.State.PUBLIC, artist__revoked_at__isnull=True)

    def credited_to(self, artist_id: int) -> BeatQuerySet:
        """Beats on which the artist has an accepted credit (own beats included)."""
        return self.filter(credits__artist_id=artist_id, credits__state=Credit.State.ACCEPTED)


class Beat(models.Model):
    """A beat: what it is called, what it is made of, and who may hear it.

    Deleted ones lie in the trash, then their files go (`purged_at`); the row stays, for statements name it.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        SCHEDULED = "scheduled", "Scheduled"
        PUBLIC = "public", "Public"
        PRIVATE = "private", "Private"
        ARCHIVED = "archived", "Archived"

    class Licensing(models.TextChoices):
        STANDARD = "standard", "Standard"
        BOTH = "both", "Standard + Exclusive"
        EXCLUSIVE = "exclusive", "Exclusive only"

    class Scale(models.TextChoices):
        MAJOR = "major", "Major"
        MINOR = "minor", "Minor"

    class SampleStatus(models.TextChoices):
        CLEARED = "cleared", "Cleared"
        NEEDS_CLEARANCE = "needs_clearance", "Needs clearance"

    class AiDeclaration(models.TextChoices):
        HUMAN = "human", "Human-made"
        ASSISTED = "assisted", "AI-assisted"

    artist = models.ForeignKey(Artist, on_delete=models.PROTECT, related_name="beats")
    recording = models.ForeignKey(Recording, on_delete=models.PROTECT, related_name="beats")
    name = models.CharField(max_length=255)
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT)
    archived_from = models.CharField(max_length=9, blank=True, help_text="The state before it was archived.")
    licensing = models.CharField(max_length=9, choices=Licensing, default=Licensing.STANDARD)
    licensing_complete = models.BooleanField(default=True, help_text="It has a whole offer, or needs none.")
    description = models.TextField(max_length=2000, blank=True)
    bpm = models.PositiveSmallIntegerField(null=True, blank=True)
    key = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Semitones above C.")
    scale = models.CharField(max_length=5, choices=Scale, blank=True)
    sample_status = models.CharField(max_length=16, choices=SampleStatus, blank=True)
    sample_note = models.CharField(max_length=500, blank=True)
    ai_declaration = models.CharField(max_length=8, choices=AiDeclaration, blank=True)
    ai_tool = models.CharField(max_length=120, blank=True)
    ai_note = models.CharField(max_length=500, blank=True, help_text="How the tool was used.")
    ai_rights = models.BooleanField(default=False, help_text="The commercial rights were confirmed.")
    cover_key = models.CharField(max_length=120, blank=True, help_text="Folder of an uploaded cover's sizes.")
    cover_style = models.CharField(max_length=24, blank=True, help_text="Style of a generated cover.")
    cover_seed = models.CharField(
        max_length=100, blank=True, help_text="What a generated cover is drawn from."
    )
    created_by = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    first_published_at = models.DateTimeField(null=True, blank=True)
    scheduled_at = models.DateTimeField(null=True, blank=True)
    announced_at = models.DateTimeField(null=True, blank=True, help_text="Followers were told.")
    licensed_at = models.DateTimeField(
        null=True, blank=True, help_text="First sold or licensed: from then on it can only be archived."
    )
    sold_at = models.DateTimeField(null=True, blank=True, help_text="An exclusive sale stands.")
    deleted_at = models.DateTimeField(null=True, blank=True)
    purged_at = models.DateTimeField(null=True, blank=True)
    genres: models.ManyToManyField[Genre, Any] = models.ManyToManyField(
        Genre, blank=True, related_name="beats"
    )

    objects = BeatQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["artist", "state"], name="beat_by_artist"),
            models.Index(fields=["artist", "deleted_at", "state", "first_published_at"], name="beat_counts"),
            models.Index(fields=["artist", "deleted_at", "updated_at"], name="beat_by_change"),
            models.Index(fields=["first_published_at"], name="beat_by_first_published"),
            models.Index(
                fields=["scheduled_at"], name="beat_by_schedule", condition=models.Q(state="scheduled")
            ),
            models.Index(
                fields=["deleted_at"],
                name="beat_in_trash",
                condition=models.Q(deleted_at__isnull=False, purged_at=None),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def slug(self) -> str:
        """The readable tail of the beat's address; a name without Latin letters has none."""
        return slugify(self.name)[:60].strip("-") or "beat"

    def get_absolute_url(self) -> str:
        return f"/beats/{self.pk}-{self.slug}/"

    @property
    def is_public(self) -> bool:
        return self.state == self.State.PUBLIC and self.deleted_at is None


class UploadQuarter(models.Model):
    """How many beats of the whole platform were first published in the quarter of an hour that begins at `at`.

    Every zone's offset is a multiple of a quarter of an hour, so any account's days can be summed from these rows.
    """

    at = models.DateTimeField(unique=True)
    beats = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.beats} at {self.at}"


class Tag(models.Model):
    """A free word on a beat, normalised by `domain.names`."""

    beat = models.ForeignKey(Beat, on_delete=models.CASCADE, related_name="tags")
    name = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["beat", "name"], name="tag_once_per_beat")]

    def __str__(self) -> str:
        return self.name


class Credit(models.Model):
    """An artist named on a beat; it counts from `answered_at` once accepted (the own artist: from the start)."""

    class State(models.TextChoices):
        INVITED = "invited", "Invited"
        ACCEPTED = "accepted", "Accepted"
        DECLINED = "declined", "Declined"

    beat = models.ForeignKey(Beat, on_delete=models.CASCADE, related_name="credits")
    artist = models.ForeignKey(Artist, on_delete=models.PROTECT, related_name="credits")
    position = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=State)
    invited_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["beat", "artist"], name="one_credit_per_artist")]
        indexes = [models.Index(fields=["artist", "state", "beat"], name="credit_by_artist_beat")]

    def __str__(self) -> str:
        return f"{self.artist_id} on {self.beat_id}: {self.state}"
