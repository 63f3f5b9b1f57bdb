"""A month of the pool that can be settled."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from backline.money.actions import set_payout_state
from backline.money.models import PayoutProfile
from tests.conftest import Cast
from tests.money.world import Listening, World, plays

JANUARY, FEBRUARY = date(2026, 1, 1), date(2026, 2, 1)
OPENED, LAST = date(2026, 1, 30), date(2026, 1, 31)


@pytest.fixture
def dana(cast: Cast) -> Client:
    """Staff."""
    return cast.client("dana")


@pytest.fixture
def world(cast: Cast, monkeypatch: pytest.MonkeyPatch, now) -> World:
    """Two days of January: Marlo, who can be paid, and Kit, who cannot, are heard equally; somebody paid 31.00 EUR."""
    from backline.shop.actions import create_plan

    plan = create_plan("Plus", prices={"EUR": 3_100}, licences_a_month=None, now=now)
    world = World(Listening().install(monkeypatch), plan, OPENED)
    world.invoice(world.subscriber(), 3_100, first=OPENED, end=FEBRUARY)
    plays(
        world,
        {world.beat(artist, on=OPENED): 5 for artist in (cast.marlo, cast.kit)},
        first=OPENED,
        last=LAST,
    )
    set_payout_state(cast.marlo, state=PayoutProfile.State.READY, now=now)
    world.through(LAST)
    return world
