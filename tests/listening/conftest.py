"""What the tests of listening share."""

from __future__ import annotations

import pytest
from django.conf import LazySettings


@pytest.fixture
def sqlite_only(settings: LazySettings) -> None:
    """For tests that look into the file of the embedded store."""
    if not settings.LISTENING_URL.startswith("sqlite:"):
        pytest.skip("there is no file to look into")
