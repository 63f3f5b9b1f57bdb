"""Links by which a private beat is heard."""

from __future__ import annotations

from django.db import models

from backline.catalog.models.beats import Beat
from backline.people.models import Account


class PrivateLink(models.Model):
    """A private beat's address for whoever is given it. `opens` and `plays` are its own; none of them is a play."""

    beat = models.ForeignKey(Beat, on_delete=models.CASCADE, related_name="links")
    token = models.CharField(max_length=43, unique=True, help_text="256 bits, base64.")
    by = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    opens = models.PositiveIntegerField(default=0)
    plays = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["beat"], condition=models.Q(revoked_at=None), name="one_private_link"
            )
        ]

    def __str__(self) -> str:
        return f"Link to {self.beat_id}"

    def get_absolute_url(self) -> str:
        return f"/beats/p/{self.token}/"
