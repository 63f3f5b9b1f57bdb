"""Platform share and pool points where the pages promise them, and who may not see them."""

from __future__ import annotations

from datetime import date

import pytest

from backline.money import queries as money
from tests.conftest import Cast
from tests.money.world import World, heard_equally
from tests.web.screens import words

OPENED, LAST = date(2026, 3, 13), date(2026, 3, 14)
MINE = "?artist=marlo-vane"
SEE = ("alice", "bob")
pytestmark = pytest.mark.usefixtures("at_noon")


@pytest.fixture
def world(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> World:
    """Two closed days of March: Marlo and Sable are heard equally; somebody paid 38.00 for its last 19 days."""
    end = date(2026, 4, 1)
    return heard_equally(
        cast.marlo, cast.sable, first=OPENED, last=LAST, paid=3_800, until=end, monkeypatch=monkeypatch
    )


def read(cast: Cast, person: str, address: str) -> str:
    return words(cast.client(person).get(address).content.decode())


def test_before_any_day_was_weighed(cast):
    assert "no day has been weighed yet" in read(cast, "alice", f"/dashboard/activity/{MINE}")
    assert "no month is settled yet" in read(cast, "alice", f"/dashboard/{MINE}")


def test_owners_and_managers_see_share_and_points(cast, world):
    own = money.platform_share(cast.marlo.pk)
    assert own is not None
    points = f"{own.own_micro_points / 1_000_000:.3f}"
    for person in SEE:
        activity = read(cast, person, f"/dashboard/activity/{MINE}")
        assert "Platform Share 50.00%" in activity
        assert f"{points} of {own.all_micro_points / 1_000_000:.3f} pool points, 14 Mar" in activity
        beats = read(cast, person, f"/dashboard/beats/{MINE}")
        assert f" {points} " in beats
        assert "Pool points are your part at the close of 14 Mar 2026." in beats


def test_an_analyst_sees_nothing_of_it(cast, world):
    activity = read(cast, "ada", f"/dashboard/activity/{MINE}")
    assert "owners and managers see it" in activity
    assert "50.00%" not in activity and "pool points" not in activity
    assert "ool points" not in read(cast, "ada", f"/dashboard/beats/{MINE}")


def test_an_artist_that_weighs_nothing_has_a_true_zero(cast, world):
    assert "Platform Share 0.00%" in read(cast, "bob", "/dashboard/activity/?artist=kit-nakagawa")
