"""Lists with a cursor, and the figures of the Activity page."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from backline.audience.actions import follow_artist
from backline.catalog.models import Beat
from backline.core import clock
from backline.listening.fold import fold_all
from tests.catalog.makers import make_draft, make_public
from tests.conftest import Cast
from tests.listening.world import listen, send
from tests.web.api.clients import api, problem

ARTIST = "/api/v1/artists/Marlo-Vane"


@pytest.fixture
def _at_noon(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr(clock, "now", lambda: now)


def test_beats_come_in_pages_by_cursor(cast: Cast, now: datetime):
    beats = [make_draft(cast.marlo, account=cast.alice, now=now) for _ in range(3)]
    client = api(cast.alice)
    first = client.get(f"{ARTIST}/beats?limit=2").json()
    assert [row["id"] for row in first["items"]] == [beats[2].pk, beats[1].pk]
    second = client.get(f"{ARTIST}/beats?limit=2&cursor={first['next_cursor']}").json()
    assert [row["id"] for row in second["items"]] == [beats[0].pk]
    assert second["next_cursor"] is None
    assert first["items"][0]["artists"][0]["handle"] == "marlo-vane"


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=101", "limit=x", "cursor=x", "cursor=-1", "cursor=%C2%B2"]
)
def test_a_wrong_page_is_said(cast: Cast, query: str):
    assert problem(api(cast.alice).get(f"{ARTIST}/beats?{query}"))[0] == 422


def test_a_list_costs_the_same_with_one_and_many_rows(
    cast: Cast, now: datetime, django_assert_num_queries: Any
):
    client = api(cast.alice)
    for _ in range(3):
        make_public(cast.marlo, account=cast.alice, now=now)
    client.get(f"{ARTIST}/beats")  # once a process: whether there is staff
    for limit in (1, 3):
        # Token, its artists, memberships; beats, credits.
        with django_assert_num_queries(5):
            assert client.get(f"{ARTIST}/beats?limit={limit}").status_code == 200


@pytest.fixture
def heard(cast: Cast, now: datetime) -> Beat:
    """A beat with one counted and one rejected play yesterday and one play today."""
    beat = make_public(cast.marlo, account=cast.alice, now=now - timedelta(days=3))
    day = timedelta(days=1)
    events = [
        listen(beat, at=now - day),
        listen(beat, at=now - day, listener="sam", heard=[[0, 3]]),
        listen(beat, at=now - timedelta(hours=1), listener="kim"),
    ]
    for event in events:
        send(event, now=now)
    fold_all(now=now)
    return beat


@pytest.mark.usefixtures("_at_noon")
@pytest.mark.parametrize("which", ["artist", "beat"])
def test_activity_holds_the_complete_days_and_today_apart(cast: Cast, heard: Beat, which: str):
    address = f"{ARTIST}/activity" if which == "artist" else f"/api/v1/beats/{heard.pk}/activity"
    answer = api(cast.alice).get(f"{address}?period=30d")
    assert answer.status_code == 200
    body = answer.json()
    assert (body["plays"], body["downloads"], body["today"]["plays"], body["all_time"]["plays"]) == (
        1,
        0,
        1,
        2,
    )
    assert body["receipts"] == {"received": 2, "counted": 1, "rejected": {"too_short": 1}}
    assert {"accounts", "signed_out_visits", "as_of", "likes"} <= set(body)
    assert (body["period"]["first_on"], body["period"]["last_on"]) == ("2026-02-16", "2026-03-17")
    assert sum(day["plays"] for day in body["days"]) == 1 and len(body["days"]) == 30


@pytest.mark.usefixtures("_at_noon")
@pytest.mark.parametrize("period", ["7d", "90d", "all", "2026-03-01..2026-03-18"])
def test_every_period_is_understood(cast: Cast, heard: Beat, period: str):
    body = api(cast.alice).get(f"{ARTIST}/activity?period={period}").json()
    assert body["plays"] == (2 if ".." in period else 1)
    assert body["period"]["key"] == period


@pytest.mark.usefixtures("_at_noon")
@pytest.mark.parametrize("period", ["30", "", "2026-03-18..2026-03-01", "2027-01-01..2027-01-02"])
def test_an_unknown_period_is_said(cast: Cast, period: str):
    assert problem(api(cast.alice).get(f"{ARTIST}/activity?period={period}")) == (422, "period")


@pytest.mark.usefixtures("_at_noon")
def test_the_dashboards_figures(cast: Cast, heard: Beat, now: datetime):
    follow_artist(cast.marlo, account=cast.lee, now=now)
    body = api(cast.ada).get(f"{ARTIST}/dashboard").json()
    figures = {
        name: body[name] for name in ("tracks", "tracks_this_month", "total_plays", "albums", "followers")
    }
    assert figures == {"tracks": 1, "tracks_this_month": 1, "total_plays": 2, "albums": 0, "followers": 1}
    recent = body["last_30_days"]
    assert (recent["plays"], recent["plays_before"], recent["plays_today"]) == (1, 0, 1)
    assert (recent["first_on"], recent["last_on"], len(recent["days"])) == ("2026-02-16", "2026-03-17", 30)
    assert recent["moved_most"] == {"beat_id": heard.pk, "name": "Low Tide", "plays": 1, "plays_before": 0}
    assert body["growth"] == {"label": "Building data", "change_bp": None}
