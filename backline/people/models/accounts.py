"""Accounts: persons who sign in."""

from __future__ import annotations

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
    deleted_at = models.DateTimeField(
        null=True, editable=False, help_text="The person is gone; the row is not."
    )

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
