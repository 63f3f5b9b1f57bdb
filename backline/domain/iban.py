"""Bank accounts: the check of an IBAN (ISO 13616), and how an account is shown without being given away."""

from __future__ import annotations

import re

LENGTHS = {
    "AD": 24, "AE": 23, "AL": 28, "AT": 20, "AZ": 28, "BA": 20, "BE": 16, "BG": 22, "BH": 22, "BI": 27, "BR": 29,
    "BY": 28, "CH": 21, "CR": 22, "CY": 28, "CZ": 24, "DE": 22, "DJ": 27, "DK": 18, "DO": 28, "EE": 20, "EG": 29,
    "ES": 24, "FI": 18, "FO": 18, "FR": 27, "GB": 22, "GE": 22, "GI": 23, "GL": 18, "GR": 27, "GT": 28, "HR": 21,
    "HU": 28, "IE": 22, "IL": 23, "IQ": 23, "IS": 26, "IT": 27, "JO": 30, "KW": 30, "KZ": 20, "LB": 28, "LC": 32,
    "LI": 21, "LT": 20, "LU": 20, "LV": 21, "LY": 25, "MC": 27, "MD": 24, "ME": 22, "MK": 19, "MN": 20, "MR": 27,
    "MT": 31, "MU": 30, "NI": 28, "NL": 18, "NO": 15, "OM": 23, "PK": 24, "PL": 28, "PS": 29, "PT": 25, "QA": 29,
    "RO": 24, "RS": 22, "RU": 33, "SA": 24, "SC": 31, "SD": 18, "SE": 24, "SI": 19, "SK": 24, "SM": 27, "SO": 23,
    "ST": 25, "SV": 28, "TL": 23, "TN": 24, "TR": 26, "UA": 29, "VA": 22, "VG": 24, "XK": 20, "YE": 30,
}  # fmt: skip
_LOCAL = re.compile(r"[A-Z0-9][A-Z0-9 /-]{2,33}", re.ASCII)


class NoAccount(ValueError):
    """It cannot be the number of a bank account; the message says why."""


def clean_iban(text: str) -> str:
    """The IBAN without blanks, in capitals.

    >>> clean_iban("nl91 abna 0417 1643 00")
    'NL91ABNA0417164300'

    Raises:
        NoAccount: unknown country, wrong length, or its check digits do not fit.
    """
    found = "".join(text.split()).upper()
    if not (found.isascii() and found.isalnum()) or found[:2] not in LENGTHS:
        raise NoAccount("An IBAN begins with the letters of its country, such as NL.")
    if len(found) != LENGTHS[found[:2]]:
        raise NoAccount(f"An IBAN of {found[:2]} has {LENGTHS[found[:2]]} characters, this one {len(found)}.")
    if not found[2:4].isdigit() or _rest(found) != 1:
        raise NoAccount("The check digits do not fit: a character is wrong or two are swapped.")
    return found


def clean_local(text: str) -> str:
    """The number of an account, or the code of a bank, in a country without IBAN: 3 to 34 letters and digits.

    >>> clean_local(" 0123 456-789 ")
    '0123456789'

    Raises:
        NoAccount: something else.
    """
    found = " ".join(text.split()).upper()
    if not _LOCAL.fullmatch(found):
        raise NoAccount("It has 3 to 34 letters and digits.")
    return re.sub("[ /-]", "", found)


def tail(number: str) -> str:
    """The last four characters, by which people know their account.

    >>> tail("NL91ABNA0417164300")
    '4300'
    """
    return number[-4:]


def _rest(iban: str) -> int:
    turned = iban[4:] + iban[:4]
    return int("".join(str(int(letter, 36)) for letter in turned)) % 97
