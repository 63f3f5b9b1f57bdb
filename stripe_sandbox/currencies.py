"""Amounts as Stripe takes them: whole minor units, a smallest charge by currency, none that it does not know."""

from __future__ import annotations

from fractions import Fraction

from stripe_sandbox.errors import Problem, invalid

ZERO_DECIMAL = frozenset(
    ["bif", "clp", "djf", "gnf", "jpy", "kmf", "krw", "mga", "pyg", "rwf", "vnd", "vuv", "xaf", "xof", "xpf"]
)
THREE_DECIMAL = frozenset(["bhd", "jod", "kwd", "omr", "tnd"])
TWO_DECIMAL = frozenset(
    [
        "aed",
        "aud",
        "bgn",
        "brl",
        "cad",
        "chf",
        "cny",
        "czk",
        "dkk",
        "eur",
        "gbp",
        "hkd",
        "huf",
        "ils",
        "inr",
        "mxn",
        "myr",
        "nok",
        "nzd",
        "pln",
        "ron",
        "sek",
        "sgd",
        "thb",
        "try",
        "twd",
        "usd",
        "zar",
    ]
)
SMALLEST_CHARGE = {
    "usd": 50, "aed": 200, "aud": 50, "bgn": 100, "brl": 50, "cad": 50, "chf": 50, "czk": 1500, "dkk": 250,
    "eur": 50, "gbp": 30, "hkd": 400, "huf": 17500, "inr": 50, "jpy": 50, "mxn": 1000, "myr": 200, "nok": 300,
    "nzd": 50, "pln": 200, "ron": 200, "sek": 300, "sgd": 50, "thb": 1000,
}  # fmt: skip
LARGEST = 99_999_999
FEE_SHARE, FEE_FIXED = Fraction(15, 1000), Fraction(1, 4)


def known(currency: str) -> str:
    """The currency in lower case.

    Raises:
        Problem: Stripe does not take it.
    """
    code = currency.lower()
    if code in ZERO_DECIMAL | TWO_DECIMAL | THREE_DECIMAL:
        return code
    raise invalid(
        "currency",
        f"Invalid currency: {code}. Stripe currently supports these currencies: "
        f"{', '.join(sorted(ZERO_DECIMAL | TWO_DECIMAL | THREE_DECIMAL))}",
    )


def demand_amount(amount: int, currency: str, *, charge: bool = False) -> None:
    """An amount that may be moved, or charged to a card.

    Raises:
        Problem: it is below one unit or the smallest charge, too large, or not a multiple of ten in a
            three-decimal currency.
    """
    least = SMALLEST_CHARGE.get(currency, 1) if charge else 1
    if amount < 1:
        raise invalid("amount", "This value must be greater than or equal to 1.", "parameter_invalid_integer")
    if amount < least:
        raise invalid("amount", f"Amount must be at least {shown(least, currency)}", "amount_too_small")
    if amount > LARGEST:
        raise invalid("amount", f"Amount must be no more than {shown(LARGEST, currency)}", "amount_too_large")
    if currency in THREE_DECIMAL and amount % 10:
        raise Problem(
            "Amounts in three-decimal currencies must be rounded to the nearest ten.", param="amount",
            code="parameter_invalid_integer",
        )  # fmt: skip


def digits(currency: str) -> int:
    """How many decimals the currency has."""
    return 0 if currency in ZERO_DECIMAL else 3 if currency in THREE_DECIMAL else 2


def shown(amount: int, currency: str) -> str:
    """The amount for people.

    >>> shown(-1205, "eur"), shown(500, "jpy")
    ('-12.05 EUR', '500 JPY')
    """
    places = digits(currency)
    whole, part = divmod(abs(amount), 10**places)
    text = f"{whole:,}" + (f".{part:0{places}d}" if places else "")
    return f"{'-' if amount < 0 else ''}{text} {currency.upper()}"


def fee(amount: int, currency: str) -> int:
    """What a charge costs the platform: 1.5 % and a quarter of the currency, half up.

    >>> fee(1000, "eur"), fee(100, "jpy")
    (40, 2)
    """
    return min(amount, int(amount * FEE_SHARE + FEE_FIXED * 10 ** digits(currency) + Fraction(1, 2)))
