"""The decision whether two fingerprints are of the same recording."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from backline.domain.fingerprints import ALIGNED, Print, worth_comparing

FRAMES = 800


def words(seed: int, frames: int = FRAMES) -> list[int]:
    """Words that have nothing to do with those of another seed."""
    numbers = random.Random(seed)
    return [numbers.randrange(1, 1 << 32) for _ in range(frames)]


def noisy(source: list[int], share: float, seed: int = 1) -> list[int]:
    """Words with so many of their bits turned."""
    numbers = random.Random(seed)
    return [sum((numbers.random() < share) << bit for bit in range(32)) ^ word for word in source]


def as_print(source: list[int]) -> Print:
    return Print(b"".join(word.to_bytes(4) for word in source))


def test_a_recording_is_its_own_duplicate():
    match = as_print(words(1)).match(as_print(words(1)))
    assert match and match.duplicate and (match.error, match.offset) == (0, 0)


def test_others_are_not():
    assert as_print(words(1)).match(as_print(words(2))) is None


def test_noise_in_the_bits_is_measured():
    match = as_print(words(1)).match(as_print(noisy(words(1), 0.08)))
    assert match and match.duplicate
    assert 0.07 < match.error < 0.09


def test_too_much_noise_is_no_duplicate():
    source = words(1)
    changed = noisy(source, 0.2)
    changed[100], changed[300] = source[100], source[300]  # or no two words would be equal
    match = as_print(source).match(as_print(changed))
    assert match and not match.duplicate
    assert 0.17 < match.error < 0.21


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 300))
def test_the_place_is_found(cut):
    mine, theirs = as_print(words(1)), as_print(noisy(words(1)[cut:], 0.05))
    there, back = mine.match(theirs), theirs.match(mine)
    assert there and back and there.duplicate and back.duplicate
    assert (there.offset, back.offset) == (cut, -cut)


def test_sixty_per_cent_of_the_shorter_are_enough_and_half_is_not():
    shorter = words(3, 400)
    for share, duplicate in ((0.8, True), (0.5, False)):
        kept = round(share * len(shorter))
        longer = words(4) + shorter[:kept] + words(5)
        match = as_print(longer).match(as_print(shorter))
        assert bool(match and match.duplicate) is duplicate


def test_silence_does_not_count():
    both_silent = [0] * 2 * FRAMES
    assert as_print(words(1, 100) + both_silent).match(as_print(words(2, 100) + both_silent)) is None
    assert as_print(both_silent).match(as_print(both_silent)) is None
    match = as_print(both_silent + words(1)).match(as_print(words(1) + both_silent))
    assert match and match.duplicate and match.offset == 2 * FRAMES


def test_nothing_has_no_match():
    assert as_print([]).match(as_print(words(1))) is None
    assert as_print(words(1)).match(as_print([])) is None


def test_terms_in_common_are_counted():
    mine = as_print(words(1))
    assert mine.count([*words(1)[:7], *words(2)[:5]]) == 7
    assert set(mine.distinct()) == set(words(1))


def test_whom_to_compare():
    shared = {number: 10 + number for number in range(80)} | {100: 9}
    chosen = worth_comparing(shared)
    assert chosen == list(range(79, 79 - ALIGNED, -1))
