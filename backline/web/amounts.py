"""How amounts and pool points are written. None is unknown and prints a dash; zero is a value and prints 0."""

from __future__ import annotations

from babel.numbers import get_currency_symbol

from backline.domain.accrual import MICRO
from backline.domain.currencies import format_amount
from backline.web.formats import DASH, MINUS, language, number


def amount(minor: int | None, currency: str) -> str:
    """Minor units with grouped thousands and all of the currency's digits: 1234500 EUR is 12,345.00."""
    if minor is None:
        return DASH
    whole, point, rest = format_amount(abs(minor), currency).partition(".")
    return f"{MINUS if minor < 0 else ''}{number(int(whole))}{point}{rest}"


def money(minor: int | None, currency: str) -> str:
    """An amount with its currency: €12.00, or 12.00 CHF where there is no sign of its own."""
    if minor is None:
        return DASH
    symbol = get_currency_symbol(currency, locale=language().replace("-", "_"))
    text = amount(abs(minor), currency)
    sign = MINUS if minor < 0 else ""
    return f"{sign}{text} {currency}" if symbol == currency else f"{sign}{symbol}{text}"


def micro_money(micro: int | None, currency: str) -> str:
    """Micro-units as money, with its currency, cut to the minor unit: what an estimate comes to."""
    if micro is None:
        return DASH
    sign = -1 if micro < 0 else 1
    about = "≈" if micro % MICRO else ""
    return about + money(sign * (abs(micro) // MICRO), currency)


def signed_amount(minor: int | None, currency: str) -> str:
    """A movement with its sign: +12.00, −3.00, 0.00."""
    return ("+" if minor and minor > 0 else "") + amount(minor, currency)


def points(micro: int | None, digits: int = 3) -> str:
    """Micro-points as pool points: 2459436 is 2.459."""
    return DASH if micro is None else number(micro / MICRO, digits)
