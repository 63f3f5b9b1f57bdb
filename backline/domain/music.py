"""Keys: twelve pitches (semitones above C, 0 to 11) in two scales, and their names.

The spelling is the one that musicians and mixing tables use for each of the 24 keys.
"""

from __future__ import annotations

import re

MAJOR, MINOR = "major", "minor"
SCALES = (MAJOR, MINOR)
_MAJOR_NAMES = ("C", "D♭", "D", "E♭", "E", "F", "F♯", "G", "A♭", "A", "B♭", "B")
_MINOR_NAMES = ("C", "C♯", "D", "E♭", "E", "F", "F♯", "G", "G♯", "A", "B♭", "B")
_PITCHES = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_NAME = re.compile(r"([A-Ga-g])\s?(♯|#|♭|b|sharp|flat)?\s*(major|maj|minor|min|M|m)?", re.ASCII)
_CAMELOT = re.compile(r"(\d{1,2})([ABab])", re.ASCII)


def pitch_name(key: int, scale: str = MAJOR) -> str:
    """The name of a key's first note.

    >>> pitch_name(1, "major"), pitch_name(1, "minor")
    ('D♭', 'C♯')
    """
    return (_MINOR_NAMES if _checked(key, scale)[1] == MINOR else _MAJOR_NAMES)[key]


def key_name(key: int, scale: str) -> str:
    """The name of a key.

    >>> key_name(5, "minor")
    'F minor'
    """
    return f"{pitch_name(key, scale)} {scale}"


def camelot(key: int, scale: str) -> str:
    """The code on the Camelot wheel, where neighbours mix well: 1A to 12A minor, 1B to 12B major.

    >>> camelot(0, "major"), camelot(9, "minor"), camelot(5, "minor")
    ('8B', '8A', '4A')
    """
    major, _ = (key, scale) if _checked(key, scale)[1] == MAJOR else relative(key, scale)
    return f"{(major * 7 + 7) % 12 + 1}{'B' if scale == MAJOR else 'A'}"


def relative(key: int, scale: str) -> tuple[int, str]:
    """The key of the other scale with the same notes.

    >>> relative(5, "minor")
    (8, 'major')
    """
    _checked(key, scale)
    return ((key + 3) % 12, MAJOR) if scale == MINOR else ((key + 9) % 12, MINOR)


def parse_key(text: str) -> tuple[int, str]:
    """Key and scale from how people write them; without a scale it is major.

    >>> parse_key("F minor"), parse_key("Bbm"), parse_key("F# maj"), parse_key("4A")
    ((5, 'minor'), (10, 'minor'), (6, 'major'), (5, 'minor'))

    Raises:
        ValueError: no key is meant.
    """
    text = text.strip()
    if match := _CAMELOT.fullmatch(text):
        return _from_camelot(int(match[1]), match[2].upper())
    # "m" and "M" differ; longer words may be written in any case.
    match = _NAME.fullmatch(text) or _NAME.fullmatch(text.lower())
    if not match:
        raise ValueError(f"{text[:40]!r} is not a key such as F minor, Bbm or 4A")
    step = {"♯": 1, "#": 1, "sharp": 1, "♭": -1, "b": -1, "flat": -1}.get(match[2] or "", 0)
    scale = MINOR if match[3] and match[3] in ("m", "min", "minor") else MAJOR
    return (_PITCHES[match[1].upper()] + step) % 12, scale


def _from_camelot(number: int, letter: str) -> tuple[int, str]:
    if not 1 <= number <= 12:
        raise ValueError(f"{number}{letter} is not on the Camelot wheel, which goes from 1 to 12")
    major = (number - 8) * 7 % 12
    return (major, MAJOR) if letter == "B" else relative(major, MAJOR)


def _checked(key: int, scale: str) -> tuple[int, str]:
    if not 0 <= key < 12 or scale not in SCALES:
        raise ValueError("a key is 0 to 11 semitones above C in major or minor")
    return key, scale
