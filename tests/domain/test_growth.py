import pytest
from hypothesis import given
from hypothesis import strategies as st

from backline.domain.growth import Trend, growth

plays = st.integers(0, 10**7)


@pytest.mark.parametrize(
    ("recent", "before", "trend", "percent_bp"),
    [
        (0, 0, Trend.BUILDING, None),
        (29, 0, Trend.BUILDING, None),
        (30, 0, Trend.EXCEPTIONAL, 10_000),
        (0, 30, Trend.ATTENTION, -10_000),
        (15, 15, Trend.STEADY, 0),
        (110, 90, Trend.STEADY, 1_818),  # 20 of 200: below 28.3
        (100, 144, Trend.ATTENTION, -3_056),
        (100_000, 85_000, Trend.STRONG, 1_500),  # not more than 15 %
        (100_000, 84_999, Trend.EXCEPTIONAL, 1_500),
        (100_000, 95_000, Trend.GROWING, 500),  # not more than 5 %
        (100_000, 94_999, Trend.STRONG, 500),
        (95_001, 100_000, Trend.SLIGHT_DECLINE, -500),
        (95_000, 100_000, Trend.ATTENTION, -500),  # not more than -5 %
        (98_000, 100_000, Trend.SLIGHT_DECLINE, -200),
    ],
)
def test_the_rule(recent, before, trend, percent_bp):
    found = growth(recent, before)
    assert (found.trend, found.percent_bp) == (trend, percent_bp)


def test_the_swing_ends_exactly_at_twice_the_root():
    assert growth(60, 40).trend is Trend.EXCEPTIONAL  # 20 of 100: 2 * 10
    assert growth(59, 40).trend is Trend.STEADY


@pytest.mark.parametrize(
    ("trend", "short"),
    [
        (Trend.BUILDING, "Building data"),
        (Trend.STEADY, "Steady"),
        (Trend.EXCEPTIONAL, "Growing"),
        (Trend.STRONG, "Growing"),
        (Trend.GROWING, "Growing"),
        (Trend.SLIGHT_DECLINE, "Slowing"),
        (Trend.ATTENTION, "Slowing"),
    ],
)
def test_short_labels(trend, short):
    assert trend.short == short


@given(plays, plays)
def test_swapping_the_periods_turns_the_sign(recent, before):
    there, back = growth(recent, before), growth(before, recent)
    if there.percent_bp is None:
        assert back.percent_bp is None
    else:
        assert back.percent_bp == -there.percent_bp
        assert -10_000 <= there.percent_bp <= 10_000


@given(plays, plays)
def test_the_word_agrees_with_the_sign(recent, before):
    trend = growth(recent, before).trend
    if trend.short == "Growing":
        assert recent > before
    if trend.short == "Slowing":
        assert recent < before


def test_negative_counts_are_refused():
    with pytest.raises(ValueError, match="from 0"):
        growth(-1, 40)
