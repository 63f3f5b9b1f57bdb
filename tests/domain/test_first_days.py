from hypothesis import given
from hypothesis import strategies as st

from backline.domain.first_days import start

plays = st.lists(st.integers(0, 99), min_size=1, max_size=7)


def test_only_beats_as_old_are_compared_with():
    found = start([4], [[1, 100], [9, 0], []])
    assert (found.place, found.field, found.usual) == (2, 3, (5.0,))


def test_the_first_beat_has_nothing_to_compare_with():
    found = start([4, 2], [])
    assert (found.mine, found.usual, found.place, found.field) == ((4, 6), (), 1, 1)


@given(plays, st.lists(plays, max_size=10))
def test_the_place_is_in_the_field_and_curves_never_fall(mine, others):
    found = start(mine, others)
    assert 1 <= found.place <= found.field <= len(others) + 1
    assert list(found.mine) == sorted(found.mine) and list(found.usual) == sorted(found.usual)
