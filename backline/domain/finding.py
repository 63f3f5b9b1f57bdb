"""Finding by words: what fits a question, though an accent, a capital or one letter of a word differs, and how well.

A **text** is fields in an order (a beat's name, its tags, its collaborators), each made of folded words. A question's
word of one or two letters fits the beginning of a word; a longer one fits anywhere in a word. Only when no text fits as
it is spelt, a word of four letters or more also fits what one letter too many, too few, wrong or swapped makes of it.
All words of a question must fit. Better is: the whole word, its beginning, inside, misspelt; then the earlier field.
"""

from __future__ import annotations

from collections.abc import Iterable

from backline.domain.names import plain

PREFIX_ONLY, FORGIVEN_FROM = 2, 4  # letters
MOST_WORDS = 8
WHOLE, BEGINNING, INSIDE, MISSPELT = range(4)
FIELD_END = "\n"


def words(text: str) -> list[str]:
    """The words of a text, folded: lower case, without accents, everything but letters and digits parting them.

    >>> words("Łódź (Night-Bus), 2nd take")
    ['lodz', 'night', 'bus', '2nd', 'take']
    """
    # Twice, for taking a letter apart may leave a capital: "ℌ" becomes "H".
    folded = plain(plain(text))
    return "".join(letter if letter.isalnum() else " " for letter in folded).split()


def asked(question: str) -> list[str]:
    """A question's words, at most eight, each once."""
    return list(dict.fromkeys(words(question)))[:MOST_WORDS]


def indexed(fields: Iterable[str]) -> str:
    """Fields as the index keeps them: two blanks before every word and one behind, so that three letters find its ends.

    >>> indexed(["Glass Harbour", "dark"])
    '  glass   harbour \\n  dark '
    """
    return FIELD_END.join("".join(f"  {word} " for word in words(field)) for field in fields)


def needle(word: str) -> str:
    """What an indexed text contains exactly when the word, as it is spelt, fits in it.

    >>> needle("ha"), needle("h"), needle("arb")
    (' ha', '  h', 'arb')
    """
    return word if len(word) > PREFIX_ONLY else f"{' ' * (3 - len(word))}{word}"


def forgiving_needles(word: str) -> tuple[str, ...]:
    """What an indexed text contains one of when the word fits in it, misspelt or not.

    One edit leaves either the beginning or the end of a word as it was: swapping two letters touches both halves only
    where these overlap, and they do not.

    >>> forgiving_needles("harbuor"), forgiving_needles("wvae"), forgiving_needles("bus")
    (('harbuor', ' har', 'uor '), ('wvae', '  w', 'ae '), ('bus',))
    """
    if len(word) < FORGIVEN_FROM:
        return (needle(word),)
    first = (len(word) - 1) // 2
    return (
        word,
        needle(word[:first]) if first <= PREFIX_ONLY else f" {word[:first]}",
        f"{word[first + 1 :]} ",
    )


def rank(question: list[str], text: str, *, forgiving: bool) -> int | None:
    """How well an indexed text fits the question's words: lower is better, None when it does not.

    >>> text = indexed(["Glass Harbour", "dark"])
    >>> [rank([word], text, forgiving=True) for word in ("glass", "glas", "arbo", "dark", "harbuor", "drak", "x")]
    [0, 10, 20, 1, 30, 31, None]
    """
    fields = [field.split() for field in text.split(FIELD_END)]
    total = 0
    for word in question:
        fits = [
            10 * level + place
            for place, field in enumerate(fields)
            for other in field
            if (level := _level(word, other, forgiving=forgiving)) is not None
        ]
        if not fits:
            return None
        total += min(fits)
    return total


def _level(word: str, other: str, *, forgiving: bool) -> int | None:
    if other.startswith(word):
        return WHOLE if other == word else BEGINNING
    if len(word) > PREFIX_ONLY and word in other:
        return INSIDE
    return MISSPELT if forgiving and len(word) >= FORGIVEN_FROM and is_one_edit(word, other) else None


def is_one_edit(one: str, other: str) -> bool:
    """Whether one letter too many, too few, wrong, or two neighbours swapped make one word of the other.

    >>> [is_one_edit("wave", other) for other in ("wve", "waave", "wove", "wvae", "wave", "wav", "evaw")]
    [True, True, True, True, False, True, False]
    """
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    if len(one) == len(other):
        swapped = one[start : start + 2] == other[start : start + 2][::-1]
        return one[start + 1 :] == other[start + 1 :] or (swapped and one[start + 2 :] == other[start + 2 :])
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return longer[start + 1 :] == shorter[start:]
