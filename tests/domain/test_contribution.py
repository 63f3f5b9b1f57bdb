from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backline.domain.contribution import (
    DAYS_A_MONTH,
    MICRO,
    ContributionRule,
    NewBeat,
    beat_points,
    boost,
    credit_points,
    decay,
    equal_shares,
    points_of,
    within_cap,
)

FIRST = date(2026, 1, 15)
BARE = ContributionRule(min_accounts=0, unplayed_counts=True)


@pytest.mark.parametrize(
    ("months", "left"), [(0, "1.000"), (1, "0.891"), (3, "0.707"), (6, "0.500"), (12, "0.250")]
)
def test_what_age_leaves(months, left):
    assert round(decay(months * DAYS_A_MONTH), 3) == Decimal(left)


@pytest.mark.parametrize(
    ("plays", "factor"),
    [
        (0, "1.000"), (1, "1.463"), (10, "2.020"), (100, "2.334"), (1_000, "2.500"), (10_000, "2.600"),
        (100_000, "2.667"),
    ],
)  # fmt: skip
def test_what_plays_add(plays, factor):
    assert round(boost(plays), 3) == Decimal(factor)


def test_500_plays_new_and_solo():
    assert beat_points(FIRST, day=FIRST, plays=500, accounts=50) == 2_459_436


def test_2000_plays_at_six_months_with_two_credits():
    assert round(decay(6 * DAYS_A_MONTH) * boost(2_000) / 2, 3) == Decimal("0.634")
    day = FIRST + timedelta(days=183)
    shared = credit_points(beat_points(FIRST, day=day, plays=2_000, accounts=50), equal_shares([1, 2]))
    assert shared == {1: 632_854, 2: 632_853}


@pytest.mark.parametrize(
    ("plays", "accounts", "rule", "points"),
    [
        (500, 4, ContributionRule(), 0),
        (500, 5, ContributionRule(), 2_459_436),
        (0, 0, ContributionRule(min_accounts=0), 0),
        (0, 0, ContributionRule(unplayed_counts=True), 0),  # nobody has heard it yet
        (0, 0, BARE, MICRO),
        (9, 0, ContributionRule(min_accounts=0), 2_000_000),  # guests only, where no account is asked for
        (9, 0, ContributionRule(), 0),  # guests only
    ],
)
def test_who_has_to_have_heard_it(plays, accounts, rule, points):
    assert beat_points(FIRST, day=FIRST, plays=plays, accounts=accounts, rule=rule) == points


def test_before_its_first_public_day_it_weighs_nothing():
    assert beat_points(FIRST, day=FIRST - timedelta(days=1), plays=500, accounts=50) == 0


def test_negative_counts_are_refused():
    with pytest.raises(ValueError, match="counted from 0"):
        beat_points(FIRST, day=FIRST, plays=-1, accounts=5)


@given(st.integers(0, 4_000), st.integers(0, 10**8))
def test_age_never_helps_and_plays_never_hurt(days, plays):
    points = points_of(days, plays)
    assert points_of(days + 1, plays) <= points <= points_of(days, plays + 1)
    assert points <= 3 * MICRO


@given(st.integers(0, 4_000), st.integers(0, 10**7))
def test_the_formula_within_a_millionth(days, plays):
    exact = Decimal("0.5") ** (Decimal(days) / DAYS_A_MONTH / 6)
    level = Decimal(1 + plays).log10()
    exact *= 1 + 2 * level / (level + 1)
    assert abs(points_of(days, plays) - exact * MICRO) <= Decimal("0.500001")


@given(
    st.integers(0, 10**8),
    st.dictionaries(st.integers(1, 99), st.integers(1, 10_000), min_size=1, max_size=20),
)
def test_credits_share_all_of_a_beat(points, shares):
    assert sum(credit_points(points, shares).values()) == points


def _beats(
    count: int, *, artist_id: int = 1, points: int = 100, on: date = FIRST, first_id: int = 1
) -> list[NewBeat]:
    return [NewBeat(first_id + number, artist_id, on, points + number) for number in range(count)]


def test_the_21st_new_beat_of_a_month_earns_nothing():
    assert within_cap(_beats(20), limit=20) == set(range(1, 21))
    assert within_cap(_beats(21), limit=20) == set(range(2, 22))  # the lowest is left out


def test_the_cap_is_of_one_artist_and_one_month():
    beats = _beats(20) + _beats(20, artist_id=2, first_id=100) + _beats(20, on=date(2026, 2, 1), first_id=200)
    assert len(within_cap(beats, limit=20)) == 60


def test_equal_beats_go_by_first_day_then_number():
    early, late = date(2026, 1, 2), date(2026, 1, 3)
    beats = [NewBeat(3, 1, early, 5), NewBeat(2, 1, late, 5), NewBeat(1, 1, late, 5)]
    assert within_cap(beats, limit=1) == {3}
    assert within_cap(beats, limit=2) == {3, 1}


def test_a_beat_without_points_takes_no_place():
    assert within_cap([NewBeat(1, 1, FIRST, 0), NewBeat(2, 1, FIRST, 1)], limit=1) == {2}


new_beats = st.builds(
    NewBeat,
    st.integers(1, 10**6),
    st.integers(1, 3),
    st.dates(date(2026, 1, 1), date(2026, 3, 1)),
    st.integers(0, 4),
)


@given(st.lists(new_beats, unique_by=lambda beat: beat.beat_id), st.integers(0, 4), st.randoms())
def test_the_cap_does_not_depend_on_order(beats, limit, chance):
    kept = within_cap(beats, limit=limit)
    chance.shuffle(beats)
    assert within_cap(beats, limit=limit) == kept
