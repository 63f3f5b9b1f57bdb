"""The exclusive offer of a beat, kept beside it."""

from __future__ import annotations

from dataclasses import asdict

from backline.catalog.fields import BeatFields
from backline.catalog.models import Beat, ExclusiveOffer


def keep_offer(beat: Beat, fields: BeatFields) -> None:
    """Writes the offer of a beat that has one; that of a beat under the standard licence stays for another time."""
    if fields.offers_exclusive:
        terms = asdict(fields.offer)
        terms |= {"uses": list(fields.offer.uses), "deliverables": list(fields.offer.deliverables)}
        ExclusiveOffer.objects.update_or_create(beat=beat, defaults=terms)
