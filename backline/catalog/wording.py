"""What a beat's fields say, in words: for its history, and for telling two edits apart."""

from __future__ import annotations

from backline.catalog.fields import BeatFields
from backline.catalog.models import Beat
from backline.domain import music
from backline.domain.currencies import format_amount
from backline.domain.offers import Offer
from backline.domain.shares import percent

LABELS = {
    "name": "Name",
    "description": "Description",
    "genres": "Genres",
    "tags": "Tags",
    "bpm": "BPM",
    "key": "Key",
    "scale": "Scale",
    "sample_status": "Sample status",
    "sample_note": "Note for buyers",
    "ai_declaration": "AI declaration",
    "ai_tool": "AI tool",
    "ai_note": "How AI was used",
    "ai_rights": "Commercial rights",
    "licensing": "Licensing",
    "offer": "Exclusive offer",
    "state": "Visibility",
    "cover": "Cover",
    "audio": "Audio",
    "credits": "Artists",
    "shares": "Shares",
    "collections": "Collections",
    "link": "Private link",
}
_CHOICES: dict[str, dict[str, str]] = {
    "scale": dict(Beat.Scale.choices),
    "sample_status": dict(Beat.SampleStatus.choices),
    "ai_declaration": dict(Beat.AiDeclaration.choices),
    "licensing": dict(Beat.Licensing.choices),
}


def words(fields: BeatFields) -> dict[str, str]:
    """Each field as a person reads it; empty for what is not said."""
    said = {field: _said(getattr(fields, field)) for field in LABELS if hasattr(fields, field)}
    for field, names in _CHOICES.items():
        said[field] = names.get(said[field], said[field])
    said["key"] = "" if fields.key is None else music.pitch_name(fields.key)
    said["ai_rights"] = "confirmed" if fields.ai_rights else ""
    said["offer"] = _terms(fields.offer) if fields.offers_exclusive else ""
    return said


def _said(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)


def _terms(offer: Offer) -> str:
    priced = offer.price_minor is not None and offer.currency
    price = (
        f"{format_amount(offer.price_minor or 0, offer.currency)} {offer.currency}" if priced else "no price"
    )
    parts = (
        "price on request" if offer.on_request else price,
        f"revenue {offer.producer_percent}/{offer.buyer_percent}",
        f"royalty {percent(offer.royalty_bp)} %",
        ", ".join(offer.uses),
        ", ".join(offer.deliverables),
        *(text for text in (offer.territory, offer.law, offer.contact) if text),
    )
    return "; ".join(part for part in parts if part)
