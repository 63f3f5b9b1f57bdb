"""Letters to the platform's staff, and their answers."""

from __future__ import annotations

from django.db import models

from backline.people.models.accounts import Account
from backline.people.models.artists import Artist
from backline.people.models.files import SentFile


class Ticket(models.Model):
    """One matter that an account wrote about. `request_id` is the one an error page showed."""

    class Topic(models.TextChoices):
        ACCOUNT = "account", "Account and sign-in"
        BEATS = "beats", "Beats and uploads"
        NUMBERS = "numbers", "Plays and other numbers"
        MONEY = "money", "Money and payouts"
        PROGRAM = "program", "Producer Program"
        OTHER = "other", "Something else"

    class State(models.TextChoices):
        OPEN = "open", "Waits for staff"
        ANSWERED = "answered", "Answered"
        CLOSED = "closed", "Closed"

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="tickets")
    artist = models.ForeignKey(Artist, on_delete=models.SET_NULL, null=True, related_name="+")
    topic = models.CharField(max_length=8, choices=Topic)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    subject = models.CharField(max_length=120)
    page = models.CharField(max_length=300, blank=True)
    request_id = models.CharField(max_length=32, blank=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["state", "updated_at"], name="ticket_by_state")]

    def __str__(self) -> str:
        return self.subject


class Letter(models.Model):
    """One message of a ticket."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="letters")
    by = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")
    of_staff = models.BooleanField()
    text = models.TextField(max_length=5000)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"Letter {self.pk} of {self.ticket_id}"


class Enclosure(SentFile):
    """A file that came with a letter, for staff and the writer."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="enclosures")
