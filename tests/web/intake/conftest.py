from __future__ import annotations

import pytest

from backline.web.intake import app


@pytest.fixture(autouse=True)
def _one_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test's transaction stays open from request to request, as with Django's own test client."""
    monkeypatch.setattr(app, "close_old_connections", lambda: None)
