"""The weekly summary's rules: once a week, and silence when nothing happened."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from backline.domain.digest import FIRST_HOUR, Week, due_week, lines

COUNTS = st.integers(0, 10_000)


@given(st.datetimes())
def test_it_is_due_on_mondays_only_for_the_whole_week_before(moment: datetime):
    moment = moment.replace(year=2000 + moment.year % 100, day=min(moment.day, 28))
    monday = due_week(moment)
    assert (monday is not None) == (moment.weekday() == 0 and moment.hour >= FIRST_HOUR)
    if monday is not None:
        assert monday.weekday() == 0
        assert monday + timedelta(days=7) == moment.date()


@given(COUNTS, COUNTS, COUNTS, COUNTS, st.lists(st.just("€1.00"), max_size=2))
def test_something_is_said_exactly_when_something_happened(
    plays: int, before: int, downloads: int, followers: int, earned: list[str]
):
    week = Week("Marlo Vane", plays, before, downloads, followers, tuple(earned))
    assert week.says_something == any((plays, downloads, followers, earned))
    assert len(lines(week)) == 1 + bool(downloads) + bool(followers) + len(earned)
