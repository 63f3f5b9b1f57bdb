"""Accounts (persons), artists (profiles), and the memberships that join them."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower

from backline.core import clock


class AccountManager(BaseUserManager["Account"]):
    """Accounts are made by e-mail address; the address is the sign-in name."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Account:
        account = self.model(email=self.normalize_email(email).lower(), **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> Account:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class Account(AbstractBaseUser, PermissionsMixin):
    """A person who signs in. Staff are accounts with `is_staff`."""

    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=80)
    zone = models.CharField(max_length=64, default="UTC")
    first_weekday = models.PositiveSmallIntegerField(default=0, help_text="0 is Monday, 6 is Sunday.")
    show_to_producers = models.BooleanField(default=False)
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=clock.now)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[AccountManager] = AccountManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="account_email_any_case")]

    def __str__(self) -> str:
        return self.name or self.email

    def get_short_name(self) -> str:
        return self.name

    @property
    def zone_info(self) -> ZoneInfo:
        """The account's time zone; an unknown name (an old database) falls back to UTC."""
        try:
            return ZoneInfo(self.zone)
        except (KeyError, ValueError, OSError):
            return ZoneInfo("UTC")


class Artist(models.Model):
    """A public profile that beats are credited to."""

    handle = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    bio = models.CharField(max_length=1000, blank=True)
    city = models.CharField(max_length=80, blank=True)
    country = models.CharField(max_length=2, blank=True)
    avatar_key = models.CharField(max_length=120, blank=True)
    can_upload = models.BooleanField(default=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    members: models.ManyToManyField[Account, Member] = models.ManyToManyField(
        Account, through="Member", related_name="artists"
    )

    class Meta:
        constraints = [models.UniqueConstraint(Lower("handle"), name="artist_handle_any_case")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/@{self.handle}/"


class Member(models.Model):
    """An account's role in an artist profile. The account that is no longer a member keeps its row, ended."""

    class Role(models.TextChoices):
        OWNER = "owner", "Owner"
        MANAGER = "manager", "Manager"
        ANALYST = "analyst", "Analyst"

    artist = models.ForeignKey(Artist, on_delete=models.CASCADE, related_name="memberships")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=8, choices=Role)
    joined_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["artist", "account"], name="one_membership_per_artist")
        ]

    def __str__(self) -> str:
        return f"{self.account_id} is {self.role} of {self.artist_id}"

    @property
    def edits(self) -> bool:
        """May change the catalogue and the profile."""
        return self.role in (self.Role.OWNER, self.Role.MANAGER)

    @property
    def sees_money(self) -> bool:
        """May read finances, platform share and pool points."""
        return self.role in (self.Role.OWNER, self.Role.MANAGER)


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
