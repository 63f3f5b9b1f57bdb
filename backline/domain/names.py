"""Names in addresses: slugs of beats, handles of artists."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from itertools import pairwise

SHORTEST_HANDLE, LONGEST_HANDLE = 2, 40
LONGEST_SLUG = 60
# Names that would read as the platform speaking.
RESERVED = frozenset(
    {"admin", "administrator", "backline", "help", "moderator", "official", "staff", "support", "system"}
)
_FORM = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII | re.IGNORECASE)
# Unseen, but some scripts and signs need them between two of theirs.
_JOINERS = "\u200c\u200d"
# Letters and marks by their category, and yet nothing is drawn: fillers of Hangul, Khmer and Braille.
_BLANK = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"
# Latin letters that Unicode does not take apart into a letter and a mark.
_LATIN = str.maketrans("øłđðħŋ\u0131", "olddhni") | str.maketrans({"æ": "ae", "œ": "oe", "þ": "th"})


def plain(text: str) -> str:
    """Lower case without accents; letters that are not Latin stay.

    >>> plain("Łódź CAFÉ")
    'lodz cafe'
    """
    apart = unicodedata.normalize("NFKD", text.casefold().translate(_LATIN))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def slug(name: str, *, otherwise: str = "beat") -> str:
    """The readable tail of an address; `otherwise` for a name without Latin letters or digits.

    >>> slug("Night Bus (Home)"), slug("夜行")
    ('night-bus-home', 'beat')
    """
    # An apostrophe joins: "don't" is one word.
    words = re.findall(r"[a-z0-9]+", re.sub("['\u2019`]", "", plain(name)))
    return "-".join(words)[:LONGEST_SLUG].strip("-") or otherwise


def name_problem(name: str) -> str:
    """What is wrong with an artist's name, in a sentence; empty when nothing is.

    >>> name_problem("Marlo Vane"), name_problem("Ines\u200bFalk")
    ('', 'This name holds characters that nobody sees. Type it anew.')
    """
    unseen = any(_is_unseen(one, before) for before, one in pairwise(f" {name}"))
    return "This name holds characters that nobody sees. Type it anew." if unseen else ""


def _is_unseen(one: str, before: str) -> bool:
    if one in _JOINERS:
        return before.isascii()
    return one in _BLANK or unicodedata.category(one) in ("Cc", "Cf", "Zl", "Zp")


def same_name(one: str, other: str) -> bool:
    """Whether two names are one to a reader: in any case of letters, in any width.

    >>> same_name("Été", "ÉTÉ"), same_name("Marlo", "\uff2darlo"), same_name("Ete", "Été")
    (True, True, False)
    """
    folded = (
        unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", each).casefold()) for each in (one, other)
    )
    return len(set(folded)) == 1


def handle_problem(handle: str) -> str:
    """What is wrong with an artist's handle, in a sentence; empty when nothing is.

    >>> handle_problem("marlo-vane")
    ''
    """
    if not SHORTEST_HANDLE <= len(handle) <= LONGEST_HANDLE:
        return f"An address has {SHORTEST_HANDLE} to {LONGEST_HANDLE} characters."
    if not _FORM.fullmatch(handle):
        return "An address is made of the letters a to z, digits, and single hyphens between them."
    if handle.lower() in RESERVED:
        return f"@{handle} is kept for the platform. Choose another address."
    return ""


def suggest_handle(name: str, *, taken: Container[str] = ()) -> str:
    """A valid handle made from an artist's name, numbered when it is `taken` (lower-case handles).

    >>> suggest_handle("Inés Falk"), suggest_handle("Inés Falk", taken={"ines-falk"})
    ('ines-falk', 'ines-falk-2')
    """
    base = slug(name, otherwise="artist")[: LONGEST_HANDLE - 4].strip("-")
    if len(base) < SHORTEST_HANDLE or base in RESERVED:
        base = f"artist-{base}"
    wanted, number = base, 1
    while wanted in taken:
        number += 1
        wanted = f"{base}-{number}"
    return wanted
