"""Share tables: nobody gets what they have not accepted, and nothing appears or vanishes."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from backline.domain.shares import (
    WHOLE,
    Part,
    accepted,
    counts,
    divided,
    is_whole,
    newest,
    parse,
    percent,
    problem,
)

cuts = st.lists(st.integers(0, WHOLE), min_size=0, max_size=6)


@st.composite
def tables(draw: st.DrawFn) -> list[Part]:
    """A table whose shares sum to the whole, with any answers."""
    bounds = [0, *sorted(draw(cuts)), WHOLE]
    shares = [high - low for low, high in pairwise(bounds)]
    return [
        Part(artist, share, counted=draw(st.booleans()), accepted=draw(st.booleans()))
        for artist, share in enumerate(shares, start=1)
    ]


@given(tables(), st.integers(0, 10**12))
def test_a_whole_is_divided_without_rest_and_a_part_never_exceeds_its_share(table: list[Part], total: int):
    shares = accepted(table)
    parts = divided(total, shares)
    held = WHOLE - sum(shares.values())
    assert set(parts) == set(shares)
    assert all(abs(parts[artist] * WHOLE - total * share) < WHOLE for artist, share in shares.items())
    assert sum(parts.values()) <= total
    if not held:
        assert sum(parts.values()) == total


@given(tables())
def test_a_table_counts_once_those_who_counted_agree_and_is_whole_once_all_do(table: list[Part]):
    assert counts(table) == all(part.accepted for part in table if part.counted)
    assert is_whole(table) == (set(accepted(table)) == {part.artist_id for part in table})
    if is_whole(table):
        assert counts(table) and sum(accepted(table).values()) == WHOLE


@given(st.lists(tables(), max_size=5))
def test_the_newest_that_counts_decides(history: list[list[Part]]):
    chosen = newest(history)
    place = max((number for number, table in enumerate(history) if table is chosen), default=-1)
    assert chosen is None or counts(chosen)
    assert not any(counts(table) for table in history[place + 1 :])


@given(st.integers(0, WHOLE))
def test_what_is_printed_is_read_again(share: int):
    assert parse(percent(share)) == share


@given(st.dictionaries(st.integers(1, 9), st.integers(-5, WHOLE + 5), max_size=4))
def test_only_shares_that_sum_to_the_whole_make_a_table(shares: dict[int, int]):
    good = sum(shares.values()) == WHOLE and all(0 <= share <= WHOLE for share in shares.values())
    assert (problem(shares) == "") == good
