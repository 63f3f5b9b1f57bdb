"""The setting which boards an artist is on."""

from __future__ import annotations

from datetime import datetime

import pytest

from backline.domain.boards import Board
from backline.standing.models import OptOut
from tests.conftest import Cast
from tests.web.screens import words

pytestmark = pytest.mark.usefixtures("at_noon")
HERE = "/settings/leaderboards/?artist=marlo-vane"
ALL = [board.value for board in Board]


def test_a_manager_leaves_a_board_and_comes_back(cast: Cast, now: datetime):
    client = cast.client("bob")
    assert "On every leaderboard" in client.get(HERE).content.decode()
    kept = [board for board in ALL if board != "earnings"]
    page = words(client.post(HERE, {"boards": kept}, follow=True).content.decode())
    assert "On 6 of 7 leaderboards" in page and "Earnings left on 18 Mar" in page and "Saved." in page
    left = OptOut.objects.get()
    assert (left.artist, left.board, left.at, left.by) == (cast.marlo, "earnings", now, cast.bob)
    client.post(HERE, {"boards": ALL})
    assert not OptOut.objects.exists()


def test_nothing_ticked_leaves_all(cast: Cast):
    cast.client("alice").post(HERE, {})
    assert OptOut.objects.filter(artist=cast.marlo).count() == 7


def test_junk_is_refused(cast: Cast):
    assert cast.client("alice").post(HERE, {"boards": ["junk"]}).status_code == 422
    assert not OptOut.objects.exists()


@pytest.mark.parametrize(("name", "status"), [("ada", 403), ("charlie", 404), ("dana", 404)])
def test_others_may_not(name: str, status: int, cast: Cast):
    assert cast.client(name).post(HERE, {"boards": []}).status_code == status
    assert not OptOut.objects.exists()


def test_a_visitor_is_sent_to_sign_in(cast: Cast):
    assert cast.client("visitor").post(HERE, {}).status_code == 302


def test_settings_lead_there(cast: Cast):
    assert HERE in cast.client("bob").get("/settings/").content.decode()
    assert HERE not in cast.client("ada").get("/settings/").content.decode()
