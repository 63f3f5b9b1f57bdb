from hypothesis import given
from hypothesis import strategies as st

from backline.domain.retention import WHOLE_BP, Moment, shares, strongest_drop, strongest_rise

curves = st.lists(st.integers(0, WHOLE_BP), max_size=80)


def test_a_drop_and_a_replay_are_found_where_they_are():
    curve = [9_000] * 20 + [6_000] * 20 + [7_500] * 20
    assert strongest_drop(curve) == Moment(19, 1, 9_000, 6_000)
    assert strongest_rise(curve) == Moment(39, 1, 6_000, 7_500)


def test_a_steady_curve_has_neither():
    assert strongest_drop([5_000] * 30) is None and strongest_rise([5_000] * 30) is None
    assert strongest_drop([]) is None


@given(curves)
def test_moments_are_in_the_curve_and_go_the_right_way(curve):
    drop, rise = strongest_drop(curve), strongest_rise(curve)
    for moment in (drop, rise):
        if moment:
            assert curve[moment.at_s] == moment.from_bp
            assert curve[moment.at_s + moment.seconds] == moment.to_bp
    assert drop is None or drop.to_bp < drop.from_bp
    assert rise is None or rise.to_bp > rise.from_bp


@given(st.lists(st.integers(0, 50), max_size=40), st.integers(1, 50), st.integers(0, 40))
def test_shares_are_of_the_whole_beat(seconds, listens, length):
    found = shares(seconds, listens=listens, length_s=length)
    assert len(found) == length
    assert all(0 <= share <= WHOLE_BP for share in found)
