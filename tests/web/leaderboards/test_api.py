"""The boards through the API."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.conftest import Cast
from tests.web.api.clients import api, problem
from tests.web.leaderboards.boards import others, rank

pytestmark = pytest.mark.usefixtures("at_noon")
BOARDS = "/api/v1/leaderboards"


@pytest.fixture
def ranked(cast: Cast, now: datetime) -> None:
    made = others(now)
    rank({artist.pk: 900 - place for place, artist in enumerate(made)} | {cast.marlo.pk: 895}, now=now)


def test_pages_of_a_board_and_the_own_place(cast: Cast, ranked: None, now: datetime):
    client = api(cast.alice)
    first = client.get(f"{BOARDS}/plays?period=all&limit=100").json()
    assert (first["ranked"], len(first["items"]), first["next_cursor"]) == (121, 100, "100")
    assert first["items"][0] | {"details": 0} == {
        "rank": 1, "moved": None, "handle": "producer-000", "name": "Producer 000", "verified": False,
        "score": 900.0, "tier": "Diamond", "details": 0,
    }  # fmt: skip
    assert [row["rank"] for row in first["items"][4:8]] == [5, 6, 6, 8]
    rest = client.get(f"{BOARDS}/plays?period=all&limit=100&cursor=100").json()
    assert (len(rest["items"]), rest["next_cursor"]) == (21, None)
    assert first["own"][0]["rank"] == 6 and first["own"][0]["handle"] == "marlo-vane"


def test_nobody_reads_anothers_share(cast: Cast, ranked: None):
    body = api(cast.alice).get(f"{BOARDS}/earnings").json()
    assert body["month"] == "2026-02"
    assert all(row["score"] is None and row["details"] == {"beats": 2} for row in body["items"])
    assert body["own"][0]["share"] == 0.0895
    assert api(cast.ada).get(f"{BOARDS}/earnings").json()["own"][0]["share"] is None


def test_who_is_not_ranked_is_told_why(cast: Cast, ranked: None):
    own = api(cast.charlie).get(f"{BOARDS}/overall").json()["own"][0]
    assert (own["rank"], own["unranked"]) == (None, "no_beat")


def test_what_cannot_be_meant(cast: Cast, ranked: None):
    client = api(cast.alice)
    assert problem(client.get(f"{BOARDS}/junk")) == (404, "not_found")
    assert problem(client.get(f"{BOARDS}/quality?period=7d")) == (422, "period")
    assert problem(client.get(f"{BOARDS}/plays?limit=0")) == (422, "limit")
    assert problem(client.get(f"{BOARDS}/plays?cursor=x")) == (422, "cursor")
    assert client.get(f"{BOARDS}/plays?cursor=999").json()["items"] == []


def test_before_the_first_snapshot(cast: Cast):
    body = api(cast.alice).get(f"{BOARDS}/overall").json()
    assert (body["checked_at"], body["ranked"], body["own"][0]["unranked"]) == (None, 0, "no_snapshot")


def test_movement_since_yesterday(cast: Cast, ranked: None, now: datetime):
    rank({cast.marlo.pk: 895}, now=now + timedelta(days=1))
    assert api(cast.alice).get(f"{BOARDS}/plays").json()["own"][0]["moved_since_yesterday"] == 5
