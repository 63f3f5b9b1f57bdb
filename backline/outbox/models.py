"""The outbox: append-only facts for the layers above, notifications for people, and mail on its way.

Readers of facts keep their own watermark over `id` and never change a row.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q


class Fact(models.Model):
    """One thing that happened, named by opaque numbers so that any layer may write and any may read it."""

    class Kind(models.TextChoices):
        LIKED = "liked"
        UNLIKED = "unliked"
        FOLLOWED = "followed"
        UNFOLLOWED = "unfollowed"
        SALE = "sale"
        SALE_REVERSED = "sale_reversed"
        LICENCE_ISSUED = "licence_issued"
        LICENCE_REVOKED = "licence_revoked"

    kind = models.CharField(max_length=24, choices=Kind)
    at = models.DateTimeField()
    account_id = models.BigIntegerField()
    artist_id = models.BigIntegerField(null=True)
    beat_id = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.kind} at {self.at}"


class Reader(models.Model):
    """How far one reader of facts has come."""

    name = models.CharField(max_length=32, primary_key=True)
    fact_id = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name} at {self.fact_id}"


class Notification(models.Model):
    """One sentence for one account. `key` names what it is about, so that nobody is told twice.

    `shown` is false when the account wants this group by mail only.
    """

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications"
    )
    kind = models.CharField(max_length=32)
    key = models.CharField(max_length=120)
    text = models.CharField(max_length=300)
    url = models.CharField(max_length=300)
    artist_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    shown = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["account", "kind", "key"], name="told_once")]
        indexes: ClassVar = [
            models.Index(fields=["account", "-at"], name="notification_by_account", condition=Q(shown=True)),
            models.Index(
                fields=["account"], name="notification_unread", condition=Q(shown=True, read_at=None)
            ),
        ]

    def __str__(self) -> str:
        return self.text


class AuditEntry(models.Model):
    """What somebody changed that others must be able to look up: members, shares, payouts, staff's decisions."""

    at = models.DateTimeField()
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    artist_id = models.BigIntegerField(null=True)
    topic = models.CharField(max_length=24)
    text = models.CharField(max_length=300)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["artist_id", "-at"], name="audit_by_artist")]

    def __str__(self) -> str:
        return self.text


class ChannelChoice(models.Model):
    """What an account chose for a group of notifications and a channel; without a row the default holds."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    group = models.CharField(max_length=16)
    channel = models.CharField(max_length=8)
    on = models.BooleanField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "group", "channel"], name="one_choice_per_channel")
        ]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.group} by {self.channel} {'on' if self.on else 'off'}"


class Mail(models.Model):
    """A message until the mail server has taken it, and that it was taken; the text is forgotten then."""

    class State(models.TextChoices):
        WAITING = "waiting"
        SENT = "sent"
        FAILED = "failed"

    to = models.EmailField(max_length=254)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    reason = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["next_at"], name="mail_waiting", condition=Q(state="waiting"))
        ]

    def __str__(self) -> str:
        return f"{self.subject} to {self.to}: {self.state}"
