"""The sidebar's menu, which staff configure."""

from __future__ import annotations

from django.db import models


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
