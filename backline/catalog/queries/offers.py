"""A beat's exclusive offer."""

from __future__ import annotations

from backline.catalog.models import Beat, ExclusiveOffer
from backline.domain.offers import Offer


def offer_of(beat: Beat) -> Offer | None:
    """The exclusive offer of a beat as far as it is filled in; None for one that offers none. At most one query."""
    if beat.licensing == Beat.Licensing.STANDARD:
        return None
    row = ExclusiveOffer.objects.filter(beat=beat).first()
    if row is None:
        return Offer()
    return Offer(
        on_request=row.on_request,
        price_minor=row.price_minor,
        currency=row.currency,
        contact=row.contact,
        producer_percent=row.producer_percent,
        buyer_percent=row.buyer_percent,
        royalty_bp=row.royalty_bp,
        territory=row.territory,
        uses=tuple(row.uses),
        deliverables=tuple(row.deliverables),
        law=row.law,
    )
