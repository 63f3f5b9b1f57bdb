"""A cast whose threads may act at the same moment."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.db import connection

from tests.conftest import Cast, make_cast


@pytest.fixture
def people(transactional_db: None, now: datetime) -> Iterator[Cast]:
    """The cast, committed, so that threads see it."""
    if connection.vendor == "sqlite":
        pytest.skip("the tests' SQLite lives in memory, where threads cannot wait; see PostgreSQL's run")
    yield make_cast(now)
