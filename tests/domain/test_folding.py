from hypothesis import given
from hypothesis import strategies as st

from backline.domain.folding import LEAST, fold

counts = st.dictionaries(st.text(max_size=3), st.integers(0, 60), max_size=30)


def test_a_single_hidden_row_takes_the_next_smallest_along():
    found = fold({"NL": 40, "DE": 12, "FR": 9})
    assert found.rows == (("NL", 40),)
    assert (found.other, found.hidden) == (21, 2)


def test_rows_of_ten_are_shown_and_of_nine_are_not():
    assert fold({"a": 10, "b": 9, "c": 9}).rows == (("a", 10),)


def test_beyond_the_most_is_folded_too():
    found = fold({"a": 30, "b": 20, "c": 15}, most=2)
    assert found.rows == (("a", 30), ("b", 20)) and (found.other, found.hidden) == (15, 1)


@given(counts, st.none() | st.integers(1, 10))
def test_rows_add_up_and_none_is_small(given_counts, most):
    found = fold(given_counts, most=most)
    assert found.total == sum(given_counts.values())
    assert all(count >= LEAST for _, count in found.rows)
    assert len(found.rows) + found.hidden == sum(count > 0 for count in given_counts.values())
    assert [count for _, count in found.rows] == sorted((count for _, count in found.rows), reverse=True)


@given(counts)
def test_no_small_row_can_be_told_from_the_total(given_counts):
    found = fold(given_counts)
    hidden = sorted(given_counts.items(), key=lambda row: row[1])
    if found.rows and found.hidden:
        assert found.hidden >= 2, hidden
