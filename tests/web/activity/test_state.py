"""The choices of the Activity page and their addresses."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import RequestFactory

from backline.web.activity.state import State, state_of

TODAY = date(2026, 3, 18)


def state(
    query: str = "", session: dict[str, Any] | None = None, headers: dict[str, str] | None = None
) -> State:
    """What a request with this query means."""
    request = RequestFactory().get(f"/dashboard/activity/{query}", headers=headers)
    request.session = {} if session is None else session  # type: ignore[assignment]
    return state_of(request, today_on=TODAY, reporting_on=TODAY, first_on=date(2025, 1, 9))


def test_defaults():
    plain = state()
    assert (plain.year, plain.day, plain.xray, plain.page, plain.problem) == (2026, None, False, 1, "")
    assert (plain.period.key, plain.period.first_on, plain.period.last_on) == (
        "30d",
        date(2026, 2, 16),
        date(2026, 3, 17),
    )


@pytest.mark.parametrize(
    "query",
    [
        "?year=x",
        "?year=99999999999",
        "?year=-3",
        "?day=2026-13-01",
        "?day=2026-03-19",
        "?page=x",
        "?page=0",
        "?page=%C2%B2",
    ],
)
def test_nonsense_has_the_default(query: str):
    given = state(query)
    assert (given.year, given.day, given.page) == (2026, None, 1)


def test_a_day_brings_its_year_unless_another_is_asked():
    assert (state("?day=2025-07-18").year, state("?day=2025-07-18").day) == (2025, date(2025, 7, 18))
    other = state("?day=2025-07-18&year=2026")
    assert (other.year, other.day) == (2026, None)


def test_a_custom_period_comes_as_two_fields_or_as_one():
    by_fields = state("?first_on=2026-01-01&last_on=2026-01-31")
    assert by_fields.period == state("?period=2026-01-01..2026-01-31").period
    assert by_fields.period.days == 31


@pytest.mark.parametrize(
    "query", ["?period=bogus", "?first_on=2026-02-01&last_on=2026-01-01", "?period=2026-01-01..2027-01-01"]
)
def test_a_refused_period_is_said_and_the_default_shown(query: str):
    given = state(query)
    assert given.period.key == "30d"
    assert given.problem


def test_all_begins_with_the_first_day_that_has_anything():
    assert state("?period=all").period.first_on == date(2025, 1, 9)


def test_xray_is_remembered():
    session: dict[str, Any] = {}
    assert not state(session=session).xray
    assert state("?xray=off&xray=on", session).xray
    assert state(session=session).xray
    assert not state("?xray=off", session).xray
    assert not state(session=session).xray


def test_addresses_keep_the_choices_and_drop_what_no_longer_fits():
    given = state("?artist=marlo-vane&period=90d&page=3&day=2026-03-02")
    assert given.address() == "/dashboard/activity/?artist=marlo-vane&day=2026-03-02&period=90d&page=3"
    assert given.address(period="7d") == "/dashboard/activity/?artist=marlo-vane&day=2026-03-02&period=7d"
    assert given.address(page=4).endswith("period=90d&page=4")
    assert given.address(year=2025) == "/dashboard/activity/?artist=marlo-vane&period=90d&page=3&year=2025"


def test_htmx_asks_on_top_of_the_page_it_stands_on():
    here = {
        "HX-Request": "true",
        "HX-Current-URL": "http://x/dashboard/activity/?period=90d&day=2026-03-02&page=2",
    }
    assert state("?page=3", headers=here).address() == "/dashboard/activity/?day=2026-03-02&period=90d&page=3"
    assert state("?period=7d", headers=here).page == 1
