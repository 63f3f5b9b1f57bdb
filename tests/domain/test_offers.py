"""Exclusive offers: what can be kept, what is whole, and presets that leave price and contact alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from backline.domain.offers import PRESETS, Offer, missing, preset, problems, status

WHOLE = Offer(price_minor=50_000, currency="EUR", contact="a@example.com", law="Germany")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"price_minor": None}, ("a price and its currency",)),
        ({"price_minor": None, "on_request": True}, ()),
        ({"contact": " "}, ("a contact",)),
        ({"territory": "", "law": ""}, ("a territory", "the governing law")),
        ({"uses": (), "deliverables": ()}, ("at least one use", "at least one deliverable")),
    ],
)
def test_what_an_offer_lacks(change: dict[str, object], words: tuple[str, ...]):
    assert missing(replace(WHOLE, **change)) == words  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"price_minor": 0}, "price"),
        ({"currency": "XYZ"}, "currency"),
        ({"producer_percent": 21}, "producer_percent"),
        ({"producer_percent": -20, "buyer_percent": 120}, "producer_percent"),
        ({"royalty_bp": 10_001}, "royalty"),
        ({"uses": ("everything",)}, "uses"),
        ({"deliverables": ("tape",)}, "deliverables"),
        ({"contact": "x" * 255}, "contact"),
    ],
)
def test_what_cannot_be_kept(change: dict[str, object], field: str):
    assert list(problems(replace(WHOLE, **change))) == [field]  # type: ignore[arg-type]


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_makes_a_sound_offer_and_leaves_price_and_contact(name: str):
    made = preset(name, WHOLE)
    assert problems(made) == {} and missing(made) == ()
    assert (made.price_minor, made.currency, made.contact, made.law) == (
        50_000,
        "EUR",
        "a@example.com",
        "Germany",
    )


def test_the_status_of_an_offer():
    assert status(WHOLE, is_sold=False) == "available"
    assert status(replace(WHOLE, on_request=True), is_sold=False) == "private"
    assert status(WHOLE, is_sold=True) == "sold"
