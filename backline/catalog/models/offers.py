"""What a beat's exclusive licence costs and gives."""

from __future__ import annotations

from django.db import models

from backline.catalog.models.beats import Beat


class ExclusiveOffer(models.Model):
    """The exclusive offer of a beat, as far as it was filled in; `domain.offers` says what a whole one has.

    Percents are of what the buyer's work earns later: they sum to 100. `uses` and `deliverables` are lists of words.
    """

    beat = models.OneToOneField(Beat, on_delete=models.CASCADE, primary_key=True, related_name="offer")
    on_request = models.BooleanField(default=False, help_text="The price is told on request.")
    price_minor = models.PositiveBigIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    contact = models.CharField(max_length=254, blank=True)
    producer_percent = models.PositiveSmallIntegerField()
    buyer_percent = models.PositiveSmallIntegerField()
    royalty_bp = models.PositiveSmallIntegerField(help_text="The producer's publishing royalty.")
    territory = models.CharField(max_length=120, blank=True)
    uses = models.JSONField(default=list)
    deliverables = models.JSONField(default=list)
    law = models.CharField(max_length=120, blank=True, help_text="Country or state of the governing law.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(producer_percent=100 - models.F("buyer_percent")), name="offer_split_whole"
            )
        ]

    def __str__(self) -> str:
        return f"Offer of {self.beat_id}"
