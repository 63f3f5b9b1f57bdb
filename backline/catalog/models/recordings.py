"""Recordings, what the worker makes of them, and how copies are told."""

from __future__ import annotations

from django.db import models

from backline.people.models import Account, Artist


class Recording(models.Model):
    """One uploaded audio file, checked by content, and what the worker made of it.

    `peaks` is one byte for each equal slice of the length: the largest absolute sample, 255 for full scale.
    """

    artist = models.ForeignKey(Artist, on_delete=models.CASCADE, related_name="recordings")
    file_name = models.CharField(max_length=255)
    original_key = models.CharField(max_length=120)
    container = models.CharField(max_length=8)
    channels = models.PositiveSmallIntegerField()
    rate = models.PositiveIntegerField(help_text="Samples per second.")
    duration_ms = models.PositiveIntegerField()
    size_bytes = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    peaks = models.BinaryField(null=True)
    stream_key = models.CharField(max_length=120, blank=True)
    preview_key = models.CharField(max_length=120, blank=True, help_text="The stream with the voice tag.")
    tempi = models.JSONField(default=list, help_text="[BPM, how sure from 0 to 1], likeliest first.")
    keys = models.JSONField(default=list, help_text="[semitones above C, scale, how sure], likeliest first.")
    loudness_lufs = models.FloatField(null=True, blank=True, help_text="Integrated, ITU-R BS.1770.")
    true_peak_dbtp = models.FloatField(null=True, blank=True)
    same_as: models.ForeignKey[Recording | None, Recording | None] = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="copies"
    )
    alike_bp = models.PositiveSmallIntegerField(default=0, help_text="How much of both sounds the same.")
    copy_allowed_at = models.DateTimeField(null=True, blank=True, help_text="Staff found that it may be.")
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_anothers(self) -> bool:
        """It sounds like an earlier recording of another artist, and staff have not allowed it."""
        if self.same_as is None or self.copy_allowed_at is not None:
            return False
        return self.same_as.artist_id != self.artist_id

    @property
    def folder(self) -> str:
        """The key of the folder that holds this recording's files and nothing else."""
        return self.original_key.rpartition("/")[0]


class Fingerprint(models.Model):
    """What a recording sounds like, for telling copies: see `domain.fingerprints`."""

    recording = models.OneToOneField(
        Recording, on_delete=models.CASCADE, primary_key=True, related_name="fingerprint"
    )
    words = models.BinaryField()

    def __str__(self) -> str:
        return f"Fingerprint of {self.recording_id}"


class Term(models.Model):
    """A word that occurs in a recording's fingerprint, chosen to find it by."""

    pk = models.CompositePrimaryKey("word", "recording_id", "place")
    word = models.BigIntegerField()
    recording = models.ForeignKey(Recording, on_delete=models.CASCADE, related_name="terms")
    place = models.IntegerField(help_text="Frame, 40 ms each.")

    def __str__(self) -> str:
        return f"{self.word:08x} at {self.place} of {self.recording_id}"


class Appeal(models.Model):
    """A producer says that a recording which sounds like another artist's may be published; staff answer once."""

    recording = models.OneToOneField(Recording, on_delete=models.CASCADE, related_name="appeal")
    by = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")
    note = models.TextField(max_length=2000)
    at = models.DateTimeField()
    allowed = models.BooleanField(null=True, help_text="None while nobody has answered.")
    answer = models.TextField(max_length=2000, blank=True)
    answered_by = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at"]

    def __str__(self) -> str:
        return f"Appeal for {self.recording_id}"


class Step(models.Model):
    """One piece of the worker's processing of a recording. Claimed by a conditional UPDATE on state."""

    class Kind(models.TextChoices):
        WAVEFORM = "waveform", "Waveform"
        STREAM = "stream", "Stream"
        ANALYSIS = "analysis", "Analysis"
        PREVIEW = "preview", "Tagged preview"

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        RUNNING = "running", "Running"
        DONE = "done", "Done"
        FAILED = "failed", "Failed"

    recording = models.ForeignKey(Recording, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=12, choices=Kind)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    reason = models.CharField(max_length=300, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["recording", "kind"], name="one_step_of_a_kind")]
        indexes = [models.Index(fields=["state", "id"], name="step_by_state")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.recording_id}: {self.state}"
