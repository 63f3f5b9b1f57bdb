"""Applications to the Producer Program: becoming a producer, claiming a profile, getting one verified."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from backline.domain.applications import KINDS, METHODS, OPEN, STATES
from backline.people.models.accounts import Account
from backline.people.models.artists import Artist
from backline.people.models.files import SentFile


class Application(models.Model):
    """What an account asks for, and what became of it. `artist`: the one claimed or verified, or made by approval."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="applications")
    kind = models.CharField(max_length=8, choices=[(key, key) for key in KINDS])
    state = models.CharField(max_length=8, choices=[(key, key) for key in STATES], default="draft")
    artist = models.ForeignKey(Artist, on_delete=models.CASCADE, null=True, related_name="applications")
    name = models.CharField(max_length=80, blank=True, help_text="The producer name asked for.")
    first_name = models.CharField(max_length=80, blank=True)
    last_name = models.CharField(max_length=80, blank=True)
    beats_url = models.CharField(max_length=300, blank=True)
    role = models.CharField(max_length=8, blank=True, help_text="Who the claimant is.")
    instagram = models.CharField(max_length=60, blank=True)
    label = models.CharField(max_length=80, blank=True)
    agreed_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(max_length=16, blank=True)
    assigned_to = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "kind"], condition=Q(state__in=OPEN), name="one_open_application_of_a_kind"
            )
        ]
        indexes = [models.Index(fields=["state", "sent_at"], name="application_by_state")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.account_id}: {self.state}"


class Event(models.Model):
    """One step in an application's history. `private`: a note of staff for staff."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField()
    by = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")
    title = models.CharField(max_length=80)
    text = models.CharField(max_length=2000, blank=True)
    private = models.BooleanField(default=False)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return self.title


class Attachment(SentFile):
    """A file that came with an application, for staff."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="attachments")
    at = models.DateTimeField()


class Proof(models.Model):
    """That the applicant controls a place: the worker looks for `code` there and says what it found."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting to be checked"
        FOUND = "found", "Found"
        MISSING = "missing", "Not found"

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="proofs")
    method = models.CharField(max_length=8, choices=[(key, name) for key, name in METHODS.items()])
    place = models.CharField(max_length=300, help_text="A domain, the address of a page, or empty for beats.")
    code = models.CharField(max_length=40)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    said = models.CharField(max_length=300, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["next_at"], name="proof_waiting", condition=Q(state="waiting"))]

    def __str__(self) -> str:
        return f"{self.method} at {self.place}: {self.state}"
