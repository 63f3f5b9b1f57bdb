"""API tokens."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models

from backline.people.models.accounts import Account
from backline.people.models.artists import Artist


class Token(models.Model):
    """An API token: only a hash is kept, so the text can be shown once. `artists` empty means all of the account's."""

    class Scope(models.TextChoices):
        READ = "read", "Read what the dashboard shows"
        CATALOG_WRITE = "catalog:write", "Upload, edit and publish beats"
        EVENTS_WRITE = "events:write", "Report listens and downloads of a platform"

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    artists: models.ManyToManyField[Artist, Any] = models.ManyToManyField(
        Artist, blank=True, related_name="+"
    )

    def __str__(self) -> str:
        return self.name

    def is_valid(self, now: datetime) -> bool:
        """Neither revoked nor expired at `now`, and the account may still sign in."""
        expired = self.expires_at is not None and self.expires_at <= now
        return self.revoked_at is None and not expired and self.account.is_active
