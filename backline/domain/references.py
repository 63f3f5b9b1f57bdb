"""How people name a statement or a sale on screens, in mails and on the command line."""

from __future__ import annotations

import re
from datetime import date

SALE_PREFIX = {"exclusive": "ES", "track": "TS"}
_STATEMENT = re.compile(r"(?:ST-\d{4}-\d{2}-[A-Z]{3}-)?0*(\d{1,18})", re.IGNORECASE)


def statement_reference(month: date, currency: str, number: int) -> str:
    """What a statement is called.

    >>> statement_reference(date(2026, 10, 1), "USD", 147)
    'ST-2026-10-USD-0147'
    """
    return f"ST-{month:%Y-%m}-{currency}-{number:04}"


def statement_number(text: str) -> int | None:
    """The number in a statement's reference, or in what is only its number; None for anything else.

    >>> statement_number("st-2026-10-usd-0147"), statement_number("147"), statement_number("TS-7")
    (147, 147, None)
    """
    found = _STATEMENT.fullmatch(text.strip())
    return int(found[1]) if found else None


def sale_reference(kind: str, number: int) -> str:
    """What a direct sale is called: `kind` is exclusive or track.

    >>> sale_reference("track", 2291), sale_reference("exclusive", 98)
    ('TS-2291', 'ES-0098')
    """
    return f"{SALE_PREFIX[kind]}-{number:04}"
