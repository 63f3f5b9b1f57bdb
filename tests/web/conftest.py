from __future__ import annotations

from datetime import datetime

import pytest

from backline.core import clock


@pytest.fixture
def at_noon(monkeypatch: pytest.MonkeyPatch, now: datetime) -> datetime:
    """Pages and formats take the tests' instant for now."""
    monkeypatch.setattr(clock, "now", lambda: now)
    return now
