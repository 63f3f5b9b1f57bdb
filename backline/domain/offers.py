"""Exclusive offers: what one buyer gets, for what, and what a whole offer has to say."""

from __future__ import annotations

from dataclasses import dataclass, replace

from backline.domain.currencies import LARGEST_MINOR, MINOR_DIGITS

LONGEST = {"contact": 254, "territory": 120, "law": 120}
USES = {
    "streaming": "Streaming and sale of recordings",
    "performance": "Live performances",
    "video": "Music videos",
    "broadcast": "Radio and television",
    "film": "Film, series and games",
    "advertising": "Advertising",
}
DELIVERABLES = {"wav": "WAV", "stems": "Stems", "trackouts": "Trackouts"}


@dataclass(frozen=True)
class Offer:
    """An exclusive offer. The percents are of what the buyer's work earns later and sum to 100."""

    on_request: bool = False
    price_minor: int | None = None
    currency: str = ""
    contact: str = ""
    producer_percent: int = 20
    buyer_percent: int = 80
    royalty_bp: int = 300
    territory: str = "Worldwide"
    uses: tuple[str, ...] = ("streaming", "performance", "video")
    deliverables: tuple[str, ...] = ("wav",)
    law: str = ""


PRESETS = {
    "artist": "For an artist’s release",
    "label": "For a label",
    "film": "For film and advertising",
}


def preset(name: str, offer: Offer) -> Offer:
    """The offer with the terms of a preset; price, contact and law stay. An unknown preset changes nothing.

    >>> preset("label", Offer(price_minor=90_000)).producer_percent
    30
    """
    every = tuple(USES)
    if name == "artist":
        terms = Offer()
    elif name == "label":
        terms = Offer(producer_percent=30, buyer_percent=70, uses=every[:4], deliverables=("wav", "stems"))
    elif name == "film":
        terms = Offer(producer_percent=50, buyer_percent=50, uses=every, deliverables=tuple(DELIVERABLES))
    else:
        return offer
    kept = {
        name: getattr(offer, name) for name in ("on_request", "price_minor", "currency", "contact", "law")
    }
    return replace(terms, **kept)


def problems(offer: Offer) -> dict[str, str]:
    """For each field that cannot be kept as it is, a sentence. What is only missing is no problem.

    >>> problems(Offer(producer_percent=30))
    {'producer_percent': 'Both parts of the revenue have to sum to 100 %; these sum to 110 %.'}
    """
    found = {
        field: f"At most {most} characters."
        for field, most in LONGEST.items()
        if len(getattr(offer, field)) > most
    }
    if offer.price_minor is not None and not 0 < offer.price_minor <= LARGEST_MINOR:
        found["price"] = "A price above 0."
    if offer.currency and offer.currency not in MINOR_DIGITS:
        found["currency"] = "A currency code such as EUR."
    parts = (offer.producer_percent, offer.buyer_percent)
    if sum(parts) != 100 or min(parts) < 0:
        found["producer_percent"] = (
            f"Both parts of the revenue have to sum to 100 %; these sum to {sum(parts)} %."
        )
    if not 0 <= offer.royalty_bp <= 10_000:
        found["royalty"] = "A royalty between 0 and 100 %."
    if not set(offer.uses) <= set(USES):
        found["uses"] = "There is no such use."
    if not set(offer.deliverables) <= set(DELIVERABLES):
        found["deliverables"] = "There is no such deliverable."
    return found


def missing(offer: Offer) -> tuple[str, ...]:
    """What a whole offer still lacks, in the form's words; empty when it is whole.

    >>> missing(Offer(price_minor=50_000, currency="EUR", contact="me@example.com", law="Germany"))
    ()
    """
    needs = (
        (offer.on_request or (offer.price_minor and offer.currency), "a price and its currency"),
        (offer.contact.strip(), "a contact"),
        (offer.territory.strip(), "a territory"),
        (offer.uses, "at least one use"),
        (offer.deliverables, "at least one deliverable"),
        (offer.law.strip(), "the governing law"),
    )
    return tuple(words for is_there, words in needs if not is_there)


def status(offer: Offer, *, is_sold: bool) -> str:
    """`sold`, `private` (the price is told on request) or `available`."""
    if is_sold:
        return "sold"
    return "private" if offer.on_request else "available"
