"""Artists: the profiles that beats are credited to, with what stands on them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.db import models
from django.db.models.functions import Lower

from backline.domain.likeness import LONGEST
from backline.people.models.accounts import Account

if TYPE_CHECKING:
    from backline.people.models.members import Member


class Artist(models.Model):
    """A public profile that beats are credited to."""

    handle = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    likeness = models.CharField(
        max_length=LONGEST,
        blank=True,
        db_index=True,
        help_text="What the name looks like: see domain.likeness.",
    )
    bio = models.CharField(max_length=1000, blank=True)
    city = models.CharField(max_length=80, blank=True)
    country = models.CharField(max_length=2, blank=True)
    avatar_key = models.CharField(max_length=120, blank=True)
    banner_key = models.CharField(
        max_length=120, blank=True, help_text="Folder of the wide picture over the profile."
    )
    banner_alt = models.CharField(
        max_length=120, blank=True, help_text="What it shows; empty for decoration."
    )
    can_upload = models.BooleanField(default=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    members: models.ManyToManyField[Account, Member] = models.ManyToManyField(
        Account, through="Member", through_fields=("artist", "account"), related_name="artists"
    )

    class Meta:
        constraints = [models.UniqueConstraint(Lower("handle"), name="artist_handle_any_case")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/@{self.handle}/"


class FormerHandle(models.Model):
    """An address that an artist had before; it leads to the present one and is nobody else's."""

    handle = models.CharField(max_length=40, unique=True, help_text="In lower case.")
    artist = models.ForeignKey(Artist, on_delete=models.CASCADE, related_name="former_handles")
    left_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.handle} was {self.artist_id}"


class Link(models.Model):
    """A link on a profile."""

    artist = models.ForeignKey(Artist, on_delete=models.CASCADE, related_name="links")
    position = models.PositiveSmallIntegerField()
    url = models.CharField(max_length=300)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["artist", "url"], name="link_once_per_artist")]

    def __str__(self) -> str:
        return self.url

    @property
    def host(self) -> str:
        """The site it leads to, as it is shown."""
        return (urlsplit(self.url).hostname or "").removeprefix("www.")


class Photo(models.Model):
    """A picture of a profile's gallery; `key` is the folder of its sizes."""

    artist = models.ForeignKey(Artist, on_delete=models.CASCADE, related_name="photos")
    position = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=120)
    caption = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.caption or self.key
