"""The sidebar's menu, how an account wants to see lists, what it opened last, which weeks were summed up for it."""

from __future__ import annotations

from django.db import models

from backline.people.models import Account


class MenuItem(models.Model):
    """One entry of the sidebar and one shortcut card of the Dashboard, in order of `position`."""

    class Audience(models.TextChoices):
        EVERYONE = "everyone", "Everyone"
        PRODUCERS = "producers", "Members of an artist"
        STAFF = "staff", "Staff"

    label = models.CharField(max_length=40)
    icon = models.CharField(max_length=40, help_text="A name of the icon sprite.")
    address = models.CharField(max_length=200, help_text="A path such as /dashboard/ or a full address.")
    position = models.PositiveSmallIntegerField()
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.EVERYONE)
    new_tab = models.BooleanField(default=False)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.label


class ListColumns(models.Model):
    """The columns of a list that an account hid."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    hidden = models.JSONField(default=list)  # before the field of that name
    list = models.CharField(max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "list"], name="columns_once_per_list")]

    def __str__(self) -> str:
        return f"{self.list} of {self.account_id}"


class Opened(models.Model):
    """A beat, collection or artist that an account opened in the backstage, and when it did last."""

    class Kind(models.TextChoices):
        BEAT = "beat", "Beat"
        COLLECTION = "collection", "Collection"
        ARTIST = "artist", "Artist"

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    number = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "kind", "number"], name="opened_once")]
        indexes = [models.Index(fields=["account", "-at"], name="opened_last")]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.kind} {self.number}"


class WeekSummed(models.Model):
    """An account's summary of the week that began on `week_on`: written, or nothing was to be `said`."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    week_on = models.DateField()
    at = models.DateTimeField()
    said = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["week_on", "account"], name="week_summed_once")]

    def __str__(self) -> str:
        return f"{self.week_on} of {self.account_id}"
