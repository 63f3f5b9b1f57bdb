"""Currencies: ISO 4217 codes and how many digits their minor unit has. Amounts are whole numbers of minor units.

Codes that name metals, funds, bond units or tests are left out: nobody is paid in them.
"""

from __future__ import annotations

import re

_TWO_DIGITS = """
AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC
CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES
KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR
NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT
TOP TRY TTD TWD TZS UAH USD UYU UZS VES WST XCD YER ZAR ZMW ZWG
"""
_NO_DIGITS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
_THREE_DIGITS = "BHD IQD JOD KWD LYD OMR TND"

MINOR_DIGITS: dict[str, int] = (
    dict.fromkeys(_NO_DIGITS.split(), 0)
    | dict.fromkeys(_TWO_DIGITS.split(), 2)
    | dict.fromkeys(_THREE_DIGITS.split(), 3)
)
LARGEST_MINOR = 10**15
"""No single amount is larger: what is, is a mistake."""
_UNITS = {0: 1, 2: 100, 3: 1_000}
_AMOUNT = re.compile(r"(-?)(\d{1,15})(?:\.(\d{1,3}))?", re.ASCII)


class UnknownCurrency(ValueError):
    """The code is not that of a currency people are paid in."""


def minor_digits(code: str) -> int:
    """How many decimal digits the currency's minor unit has.

    >>> minor_digits("EUR"), minor_digits("JPY"), minor_digits("KWD")
    (2, 0, 3)

    Raises:
        UnknownCurrency: no such currency; codes are three capital letters.
    """
    try:
        return MINOR_DIGITS[code]
    except KeyError:
        raise UnknownCurrency(f"{code!r} is not a currency code") from None


def format_amount(minor: int, code: str) -> str:
    """Minor units as a plain number, with all of the currency's digits.

    >>> format_amount(640, "EUR"), format_amount(-5, "EUR"), format_amount(640, "JPY")
    ('6.40', '-0.05', '640')
    """
    digits = minor_digits(code)
    if not digits:
        return str(minor)
    whole, rest = divmod(abs(minor), _UNITS[digits])
    return f"{'-' if minor < 0 else ''}{whole}.{rest:0{digits}}"


def parse_amount(text: str, code: str) -> int:
    """The minor units of a plain number. Nothing is rounded.

    >>> parse_amount("6.40", "EUR"), parse_amount("6.4", "EUR"), parse_amount("-0.05", "EUR")
    (640, 640, -5)

    Raises:
        UnknownCurrency: no such currency.
        ValueError: not a plain number, or finer than the minor unit.
    """
    digits = minor_digits(code)
    found = _AMOUNT.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is not an amount")
    sign, whole, rest = found.groups(default="")
    if len(rest) > digits:
        raise ValueError(f"{code} has {digits} digits after the point, {text!r} has {len(rest)}")
    minor = int(whole) * _UNITS[digits] + int(rest.ljust(digits, "0") or 0)
    return -minor if sign else minor
