"""Finding by words: folding, one edit, and that the pieces looked for never miss what fits."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from backline.domain.finding import asked, forgiving_needles, indexed, is_one_edit, needle, rank, words

LETTERS = st.text("abc", min_size=1, max_size=9)
TEXTS = st.lists(st.lists(LETTERS, max_size=4).map(" ".join), min_size=1, max_size=3)


def edits(word: str) -> set[str]:
    """Every word that one edit makes of this one, over the letters a, b and c."""
    places = range(len(word) + 1)
    less = {word[:n] + word[n + 1 :] for n in places[:-1]}
    other = {word[:n] + letter + word[n + 1 :] for n in places[:-1] for letter in "abc"}
    more = {word[:n] + letter + word[n:] for n in places for letter in "abc"}
    swapped = {word[:n] + word[n + 1] + word[n] + word[n + 2 :] for n in places[:-2]}
    return (less | other | more | swapped) - {word}


@given(LETTERS, LETTERS)
def test_one_edit_is_one_edit(one: str, other: str):
    assert is_one_edit(one, other) == (other in edits(one))


@given(st.text(min_size=1, max_size=30))
def test_words_are_folded_for_good(text: str):
    folded = words(text)
    assert words(" ".join(folded)) == folded and all(word.isalnum() for word in folded)


@given(TEXTS, LETTERS)
def test_what_fits_has_a_piece(fields: list[str], word: str):
    text = indexed(fields)
    assert (needle(word) in text) == (rank([word], text, forgiving=False) is not None)
    if rank([word], text, forgiving=True) is not None:
        assert any(one in text for one in forgiving_needles(word))
    assert all(len(one) >= 3 for one in forgiving_needles(word))


@given(TEXTS, st.lists(LETTERS, min_size=1, max_size=3))
def test_all_words_must_fit(fields: list[str], question: list[str]):
    text = indexed(fields)
    each = [rank([word], text, forgiving=True) for word in question]
    together = rank(question, text, forgiving=True)
    assert together == (None if None in each else sum(one or 0 for one in each))


def test_accents_capitals_and_signs_make_no_difference():
    text = indexed(["Żółć & ÉTÉ"])
    assert [rank(asked(one), text, forgiving=False) for one in ("zolc", "ZÓŁĆ été", "%", "ete!")] == [
        0,
        0,
        0,
        0,
    ]
    assert asked("%_'\"") == [] and len(asked("a b c d e f g h i j k")) == 8
