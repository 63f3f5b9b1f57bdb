"""Names that look alike: so that nobody passes for an artist whose name has been verified."""

from __future__ import annotations

import unicodedata

from backline.domain.names import plain

LONGEST = 80  # one sign of a name may stand for eighteen letters
# Letters of other alphabets, digits and signs that a reader takes for a Latin letter (after Unicode's list of
# confusables, UTS 39); l and i are one, since the capital I and the small l look the same.
_CYRILLIC = dict(zip("авекмнорстухіјѕԁһӏԛѵԝ", "abekmhopctyxijsdhiqvw", strict=True))
_GREEK = dict(zip("αβεικνορτυχγηω", "abeikvoptuxynw", strict=True))
_ARMENIAN = dict(zip("օսոհցզ", "ounhgq", strict=True))
_OTHER_LATIN = dict(zip("ɑɡɩʏʀɪɴʟʙʜᴀᴄᴅᴇᴊᴋᴍᴏᴘᴛᴜᴠᴡᴢ", "agiyrinibhacdejkmoptuvwz", strict=True))
_SIGNS = {"0": "o", "1": "i", "3": "e", "5": "s", "l": "i", "|": "i", "!": "i", "$": "s", "@": "a"}
_LOOKS = str.maketrans(_CYRILLIC | _GREEK | _ARMENIAN | _OTHER_LATIN | _SIGNS)


def likeness(name: str) -> str:
    """What a name looks like: letters and digits alone, in lower case, each as the Latin letter it is taken for.

    >>> likeness("Marlo Vane") == likeness("MARL0  V\\u0430ne.")
    True
    >>> likeness("夜行"), likeness("...")
    ('夜行', '')
    >>> likeness("KIT") == likeness("kit") == likeness("K1T")
    True
    """
    apart = plain(unicodedata.normalize("NFKC", name))
    return "".join(letter for letter in apart.translate(_LOOKS) if letter.isalnum())[:LONGEST]
