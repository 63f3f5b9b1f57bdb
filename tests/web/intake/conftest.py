from __future__ import annotations

from datetime import datetime

import pytest

from backline.catalog.models import Beat
from backline.core import clock
from backline.web.intake import app
from tests.conftest import Cast
from tests.listening.world import make_beat
from tests.web.intake.posting import make_token


@pytest.fixture(autouse=True)
def _one_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test's transaction stays open from request to request, as with Django's own test client."""
    monkeypatch.setattr(app, "close_old_connections", lambda: None)


@pytest.fixture
def instant() -> datetime:
    """The present: the application reads the clock itself."""
    return clock.now()


@pytest.fixture
def beat(cast: Cast, instant: datetime) -> Beat:
    return make_beat(cast.marlo, now=instant)


@pytest.fixture
def token(cast: Cast, instant: datetime) -> str:
    return make_token(cast.dana, now=instant)
