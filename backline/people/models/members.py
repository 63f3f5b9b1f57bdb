"""Memberships: what joins accounts and artists."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from backline.people.models.accounts import Account
from backline.people.models.artists import Artist


class Member(models.Model):
    """An account's role in an artist profile."""

    class Role(models.TextChoices):
        OWNER = "owner", "Owner"
        MANAGER = "manager", "Manager"
        ANALYST = "analyst", "Analyst"

    artist = models.ForeignKey(Artist, on_delete=models.CASCADE, related_name="memberships")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=8, choices=Role)
    joined_at = models.DateTimeField()
    offered_at = models.DateTimeField(null=True, help_text="An owner offered to make this member one.")
    offered_by = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")

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


class Invitation(models.Model):
    """A link that makes the account with this address a member, once. Only a hash of its secret is kept."""

    artist = models.ForeignKey(Artist, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(max_length=254)
    role = models.CharField(max_length=8, choices=Member.Role)
    digest = models.CharField(max_length=64)
    invited_by = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, help_text="Used, withdrawn, or replaced.")
    accepted_by = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["artist", "email"], condition=Q(ended_at=None), name="one_open_invitation"
            )
        ]

    def __str__(self) -> str:
        return f"{self.email} to {self.artist_id} as {self.role}"
