"""The fields of the exclusive offer on the beat form."""

from __future__ import annotations

from typing import Any

from django import forms

from backline.catalog.models import Beat
from backline.domain import offers, shares
from backline.domain.currencies import UnknownCurrency, format_amount, parse_amount
from backline.domain.offers import Offer

PERCENT = {"inputmode": "numeric"}


def _text(label: str, field: str, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=offers.LONGEST[field], **more)


def _percent(label: str) -> forms.IntegerField:
    widget = forms.NumberInput(attrs=PERCENT)
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=100, widget=widget)


class OfferFields(forms.Form):
    """How the beat is licensed, and the terms for one buyer. Nothing is required: a draft may say a part of it."""

    licensing = forms.ChoiceField(
        label="Licensing", required=False, choices=Beat.Licensing.choices, widget=forms.RadioSelect
    )
    on_request = forms.BooleanField(label="Tell the price on request only", required=False)
    price = forms.CharField(label="Price", required=False, max_length=20)
    currency = forms.CharField(
        label="Currency", required=False, max_length=3, help_text="Its code, such as EUR."
    )
    contact = _text("Contact", "contact", help_text="Where a buyer reaches you: an address or a number.")
    producer_percent = _percent("Your part, %")
    buyer_percent = _percent("Buyer’s part, %")
    royalty = forms.CharField(label="Publishing royalty, %", required=False, max_length=8)
    territory = _text("Territory", "territory")
    law = _text("Governing law", "law", help_text="A country or state.")
    uses = forms.MultipleChoiceField(
        label="Uses", required=False, choices=list(offers.USES.items()), widget=forms.CheckboxSelectMultiple
    )
    deliverables = forms.MultipleChoiceField(
        label="Deliverables",
        required=False,
        choices=list(offers.DELIVERABLES.items()),
        widget=forms.CheckboxSelectMultiple,
    )

    def clean_royalty(self) -> int:
        """Basis points; empty is the usual 3 %."""
        if not (text := self.cleaned_data["royalty"]):
            return Offer().royalty_bp
        royalty = shares.parse(text)
        if royalty is None:
            raise forms.ValidationError("A percentage such as 3 or 2.5.")
        return royalty

    def clean(self) -> None:
        """The price in its currency's smallest unit, under `price_minor`."""
        text, code = self.cleaned_data.get("price", "").strip(), self.cleaned_data.get("currency", "").upper()
        self.cleaned_data |= {"price_minor": None, "currency": code}
        if not text:
            return
        if not code:
            self.add_error("currency", "Choose the currency of the price.")
            return
        try:
            self.cleaned_data["price_minor"] = parse_amount(text.replace(",", "."), code)
        except UnknownCurrency:
            self.add_error("currency", "A currency code such as EUR.")
        except ValueError:
            self.add_error("price", f"A plain amount of {code}, such as {format_amount(50_000, code)}.")

    def offer(self) -> Offer:
        """What the form says; parts nobody named are the usual ones. Call it after `is_valid`."""
        data, usual = self.cleaned_data, Offer()
        parts = data.get("producer_percent"), data.get("buyer_percent")
        if parts == (None, None):
            parts = usual.producer_percent, usual.buyer_percent
        return Offer(
            on_request=bool(data.get("on_request")),
            price_minor=data.get("price_minor"),
            currency=data.get("currency", ""),
            contact=data.get("contact", ""),
            producer_percent=parts[0] if parts[0] is not None else 100 - (parts[1] or 0),
            buyer_percent=parts[1] if parts[1] is not None else 100 - (parts[0] or 0),
            royalty_bp=data.get("royalty", usual.royalty_bp),
            territory=data.get("territory", ""),
            uses=tuple(data.get("uses", ())),
            deliverables=tuple(data.get("deliverables", ())),
            law=data.get("law", ""),
        )


def initial(offer: Offer) -> dict[str, Any]:
    """The fields' values for an offer."""
    price = offer.price_minor
    return {
        "on_request": offer.on_request,
        "price": format_amount(price, offer.currency) if price is not None and offer.currency else "",
        "currency": offer.currency,
        "contact": offer.contact,
        "producer_percent": offer.producer_percent,
        "buyer_percent": offer.buyer_percent,
        "royalty": shares.percent(offer.royalty_bp).rstrip("0").rstrip("."),
        "territory": offer.territory,
        "uses": list(offer.uses),
        "deliverables": list(offer.deliverables),
        "law": offer.law,
    }
