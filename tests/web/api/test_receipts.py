"""Receipts by day and what happens now, over the API."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.conftest import Cast
from tests.web.api.clients import api, problem
from tests.web.screens import heard_beat

pytestmark = pytest.mark.usefixtures("at_noon")


def test_receipts_of_each_day(cast: Cast, now: datetime):
    beat = heard_beat(cast.marlo, account=cast.alice, now=now)
    body = api(cast.ada).get(f"/api/v1/beats/{beat.pk}/receipts?first=2026-03-16&last=2026-03-18").json()
    assert (body["received"], body["counted"], body["rejected"]) == (4, 3, {"too_short": 1})
    assert [(day["on"], day["received"]) for day in body["days"]] == [
        ("2026-03-16", 0),
        ("2026-03-17", 3),
        ("2026-03-18", 1),
    ]
    assert body["rule_set"] == 1 and body["as_of"]


def test_the_last_30_complete_days_by_default(cast: Cast, now: datetime):
    beat = heard_beat(cast.marlo, account=cast.alice, now=now)
    body = api(cast.alice).get(f"/api/v1/beats/{beat.pk}/receipts").json()
    assert (body["first_on"], body["last_on"], len(body["days"])) == ("2026-02-16", "2026-03-17", 30)


@pytest.mark.parametrize(
    "query", ["first=2026-03-18&last=2026-03-01", "last=2027-01-01", "first=2020-01-01", "first=x"]
)
def test_days_that_cannot_be_are_said(cast: Cast, now: datetime, query: str):
    beat = heard_beat(cast.marlo, account=cast.alice, now=now)
    assert problem(api(cast.alice).get(f"/api/v1/beats/{beat.pk}/receipts?{query}"))[0] == 422


def test_strangers_see_nothing(cast: Cast, now: datetime):
    beat = heard_beat(cast.marlo, account=cast.alice, now=now)
    for address in (f"/api/v1/beats/{beat.pk}/receipts", "/api/v1/artists/marlo-vane/live"):
        assert problem(api(cast.charlie).get(address)) == (404, "not_found")


def test_live_has_the_last_48_hours(cast: Cast, now: datetime):
    heard_beat(cast.marlo, account=cast.alice, now=now)
    body = api(cast.alice).get("/api/v1/artists/marlo-vane/live").json()
    assert (body["open_listens"], body["plays"], len(body["hours"])) == (0, 3, 48)
    assert sum(hour["plays"] for hour in body["hours"]) == 3
    assert body["hours"][-1]["at"] == "2026-03-18T15:00:00Z"
