"""Tags: free words, made alike so that the same word is one tag."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from backline.domain.names import plain

MOST_TAGS = 10
LONGEST_TAG = 40


def normalise(tag: str) -> str:
    """Lower case, single spaces, no leading #; empty when nothing is left.

    >>> normalise("  #Lo-Fi   Drums ")
    'lo-fi drums'
    """
    text = unicodedata.normalize("NFKC", tag).lower()
    shown = "".join(letter if letter.isprintable() else " " for letter in text).replace("_", " ")
    return re.sub(r"\s+", " ", shown).strip(" #,;.-'\"")[:LONGEST_TAG].strip()


def distinct(tags: Iterable[str]) -> tuple[str, ...]:
    """Normalised tags in their order; of tags that differ in spacing, hyphens or accents only, the first stays.

    The result may be longer than `MOST_TAGS`; a form says so, it does not drop what somebody typed.

    >>> distinct(["Lo-Fi", "lofi", "lo fi", "808s", ""])
    ('lo-fi', '808s')
    """
    kept: dict[str, str] = {}
    for tag in map(normalise, tags):
        # A tag made of signs alone is compared as it is.
        likeness = "".join(letter for letter in plain(tag) if letter.isalnum()) or tag
        if tag:
            kept.setdefault(likeness, tag)
    return tuple(kept.values())


def split(text: str) -> tuple[str, ...]:
    """The distinct tags in a line typed by a person, separated by commas, semicolons, line ends or #.

    >>> split("dark, Drill; dark #uk drill")
    ('dark', 'drill', 'uk drill')
    """
    return distinct(re.split(r"[,;\n#]", text))
