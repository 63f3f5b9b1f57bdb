"""A month of the pool that can be settled."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from backline.money.actions import set_payout_state
from backline.money.models import PayoutProfile
from tests.conftest import Cast
from tests.money.world import World, heard_equally

JANUARY, FEBRUARY = date(2026, 1, 1), date(2026, 2, 1)
OPENED, LAST = date(2026, 1, 30), date(2026, 1, 31)


@pytest.fixture
def dana(cast: Cast) -> Client:
    """Staff."""
    return cast.client("dana")


@pytest.fixture
def world(cast: Cast, monkeypatch: pytest.MonkeyPatch, now) -> World:
    """Two days of January: Marlo, who can be paid, and Kit, who cannot, are heard equally; somebody paid 31.00 EUR."""
    set_payout_state(cast.marlo, state=PayoutProfile.State.READY, now=now)
    return heard_equally(
        cast.marlo, cast.kit, first=OPENED, last=LAST, paid=3_100, until=FEBRUARY, monkeypatch=monkeypatch
    )
