"""The countries people live in: who can be paid by Stripe from the platform's own country, and who by bank file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel import Locale
from babel.numbers import get_territory_currencies
from django.conf import settings

from backline.domain.currencies import MINOR_DIGITS
from backline.domain.iban import LENGTHS

_NOT_STATES = {
    "AC",
    "CP",
    "CQ",
    "DG",
    "EA",
    "EU",
    "EZ",
    "IC",
    "QO",
    "TA",
    "UN",
    "XA",
    "XB",
    "ZZ",
    "AQ",
    "BV",
    "HM",
}


@dataclass(frozen=True)
class Country:
    """A country with its usual currency. `stripe`: Stripe pays there; else the bank file does. `iban`: it has IBANs."""

    code: str
    name: str
    stripe: bool
    currency: str
    iban: bool


def stripe_serves(code: str) -> bool:
    """Whether Stripe pays into the country from the platform's own."""
    return code.upper() in _served(settings.STRIPE_COUNTRY)


def countries() -> list[Country]:
    """Every country by its English name."""
    return _countries(settings.STRIPE_COUNTRY)


@cache
def _served(own: str) -> frozenset[str]:
    with (Path(__file__).parent / "countries.toml").open("rb") as file:
        found = tomllib.load(file)
    if own in found["together"]:
        return frozenset(found["together"])
    return frozenset({own}) if own in found["own"] else frozenset()


@cache
def _countries(own: str) -> list[Country]:
    names = {str(code): str(name) for code, name in Locale("en").territories.items()}
    codes = [code for code in names if len(code) == 2 and code.isalpha() and code not in _NOT_STATES]
    found = [
        Country(code, names[code], code in _served(own), _currency(code), code in LENGTHS) for code in codes
    ]
    return sorted(found, key=lambda country: country.name)


def _currency(code: str) -> str:
    return next((money for money in get_territory_currencies(code) if money in MINOR_DIGITS), "USD")
