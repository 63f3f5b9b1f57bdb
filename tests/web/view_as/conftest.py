"""Staff who have just given their password, and who look as Alice."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.conftest import Cast
from tests.web.signed_in import just_signed_in


@pytest.fixture
def dana(cast: Cast) -> Client:
    """Dana, who has just given her password."""
    return just_signed_in(cast, "dana")


@pytest.fixture
def as_alice(dana: Client, cast: Cast) -> Client:
    """Dana, looking as Alice."""
    answer = dana.post(f"/staff/view-as/accounts/{cast.alice.pk}/")
    assert answer.headers["Location"] == "/dashboard/"
    return dana
