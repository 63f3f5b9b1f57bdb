"""A settled month, to open its statements."""

from __future__ import annotations

from datetime import date

import pytest

from backline.money import actions
from backline.money.models import PayoutProfile, Statement
from tests.conftest import Cast
from tests.money.world import heard_equally

OPENED, LAST, FEBRUARY = date(2026, 1, 30), date(2026, 1, 31), date(2026, 2, 1)


@pytest.fixture
def settled(cast: Cast, monkeypatch: pytest.MonkeyPatch, now, at_noon) -> Statement:
    """January: 31.01 for two days, heard equally by three. Marlo's 10.34 is payable; Marlo's statement."""
    heard_equally(
        *(cast.marlo, cast.kit, cast.sable),
        first=OPENED,
        last=LAST,
        paid=3_101,
        until=FEBRUARY,
        monkeypatch=monkeypatch,
    )
    actions.set_payout_state(cast.marlo, state=PayoutProfile.State.READY, now=now)
    actions.run_settlement(date(2026, 1, 1), now=now)
    return Statement.objects.get(artist=cast.marlo)
