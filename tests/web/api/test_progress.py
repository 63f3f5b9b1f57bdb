"""Progress over the API: the page's figures, as the token's role may read them."""

from __future__ import annotations

from datetime import datetime

import pytest

from backline.standing import actions
from tests.catalog.makers import make_draft
from tests.conftest import Cast
from tests.web.api.clients import api
from tests.web.screens import heard_beat

pytestmark = pytest.mark.usefixtures("at_noon")
ADDRESS = "/api/v1/artists/marlo-vane/progress"


def test_the_figures_are_those_of_the_page(cast: Cast, now: datetime):
    heard_beat(cast.marlo, account=cast.alice, now=now)
    actions.run_round(now=now)
    found = api(cast.alice).get(ADDRESS).json()
    assert (found["xp"], found["level"], found["title"]) == (1_153, 6, "Intermediate Producer")
    assert (found["from_xp"], found["next_xp"]) == (1_118, 1_470)
    assert found["sources"][0] == {"source": "upload", "xp": 100, "facts": 1}
    assert (
        sum(source["xp"] for source in found["sources"])
        == sum(week["xp"] for week in found["weeks"])
        == 1_153
    )
    achievements = {each["key"]: each for each in found["achievements"]}
    assert len(achievements) == 43
    assert achievements["founding_thirty"]["unlocked_at"] is not None
    assert achievements["plays_100"]["progress"] == "3 of 100"
    assert achievements["wired"]["progress_bp"] == 0


def test_an_analyst_does_not_get_what_tells_of_money(cast: Cast, now: datetime):
    actions.run_round(now=now)
    keys = {each["key"] for each in api(cast.ada).get(ADDRESS).json()["achievements"]}
    assert len(keys) == 40 and not keys & {"first_sale", "first_statement", "best_seller"}


def test_publishing_over_the_api_is_right_at_once(cast: Cast, now: datetime):
    draft = make_draft(cast.marlo, account=cast.alice, now=now)
    client = api(cast.alice)
    assert client.post(f"/api/v1/beats/{draft.pk}/publish").status_code == 200
    assert client.get(ADDRESS).json()["xp"] == 150
