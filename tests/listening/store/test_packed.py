"""Packing: what goes in comes out, equal things pack to equal bytes."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from backline.listening.store import packed

numbers = st.integers(0, 2**50)


@given(st.lists(numbers))
def test_numbers(given: list[int]):
    assert packed.unpack_numbers(packed.pack_numbers(given)) == given


@given(st.dictionaries(numbers, st.integers(1, 2**40)))
def test_counts(given: dict[int, int]):
    assert packed.unpack_counts(packed.pack_counts(given)) == given
    backwards = dict(reversed(given.items()))
    assert packed.pack_counts(backwards | {7: 0} | given) == packed.pack_counts(given)


@given(st.dictionaries(st.integers(0, 10_000), st.integers(-(10**6), 10**6)))
def test_steps(given: dict[int, int]):
    steps = {key: step for key, step in given.items() if step}
    assert packed.unpack_steps(packed.pack_steps(given)) == steps
    assert packed.pack_steps(dict(reversed(given.items()))) == packed.pack_steps(given)


@given(st.lists(st.tuples(numbers, st.integers(1, 10**6))))
def test_intervals(given: list[tuple[int, int]]):
    intervals = tuple((start, start + length) for start, length in given)
    assert packed.unpack_intervals(packed.pack_intervals(intervals)) == intervals


def test_small_numbers_take_a_byte():
    assert packed.pack_counts({3: 100, 1: 5}) == bytes([1, 5, 3, 100])


@given(st.lists(st.dictionaries(st.integers(0, 300), st.integers(1, 300), max_size=6)))
def test_sums_of_many_counts(given: list[dict[int, int]]):
    total: Counter[int] = Counter()
    for counts in given:
        total.update(counts)
    assert packed.sum_counts(packed.pack_counts(counts) for counts in given) == dict(total)
