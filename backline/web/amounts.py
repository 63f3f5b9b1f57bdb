"""How amounts and pool points are written. None is unknown and prints a dash; zero is a value and prints 0."""

from __future__ import annotations

from babel.numbers import get_currency_symbol

from backline.domain.accrual import MICRO
from backline.domain.currencies import format_amount, minor_digits
from backline.web.formats import DASH, MINUS, compact, language, number


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


def scale(units: int, currency: str) -> str:
    """Whole units on the scale of a chart, in little room: $200, €1.2K."""
    symbol = get_currency_symbol(currency, locale=language().replace("-", "_"))
    text = number(units) if units < 1000 else compact(units)
    return text if symbol == currency else f"{symbol}{text}"


def micro_money(micro: int | None, currency: str) -> str:
    """Micro-units as money, with its currency, cut to the minor unit: what an estimate comes to."""
    if micro is None:
        return DASH
    sign = -1 if micro < 0 else 1
    about = "≈" if micro % MICRO else ""
    return about + money(sign * (abs(micro) // MICRO), currency)


def micro_amount(micro: int, currency: str) -> str:
    """Micro-units to their last digit: 19664619987 USD is 196.64619987."""
    digits = minor_digits(currency) + 6
    whole, rest = divmod(abs(micro), 10**digits)
    return f"{MINUS if micro < 0 else ''}{number(whole)}.{rest:0{digits}}"


def signed_micro(micro: int, currency: str) -> str:
    """A difference in micro-units with its sign: 380013 USD is +0.00380013."""
    return ("+" if micro > 0 else "") + micro_amount(micro, currency)


def signed_amount(minor: int | None, currency: str) -> str:
    """A movement with its sign: +12.00, −3.00, 0.00."""
    return ("+" if minor and minor > 0 else "") + amount(minor, currency)


def points(micro: int | None, digits: int = 3) -> str:
    """Micro-points as pool points: 2459436 is 2.459."""
    return DASH if micro is None else number(micro / MICRO, digits)
