from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest

from backline.core import clock
from backline.web import sections


@pytest.fixture
def at_noon(monkeypatch: pytest.MonkeyPatch, now: datetime) -> datetime:
    """Pages and formats take the tests' instant for now."""
    monkeypatch.setattr(clock, "now", lambda: now)
    return now


@pytest.fixture(autouse=True)
def _nothing_shown_yet() -> Iterator[None]:
    """No test sees what a section showed in another one."""
    sections.forget()
    yield
