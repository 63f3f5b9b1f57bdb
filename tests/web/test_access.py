"""The door, where it leads when a session has ended."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session

from backline.core import clock
from tests.conftest import Cast

HTMX = {"HX-Request": "true", "HX-Target": "engagement"}


@pytest.mark.parametrize(
    ("here", "then"),
    [
        ("http://testserver/dashboard/activity/?period=90d", "/dashboard/activity/%3Fperiod%3D90d"),
        ("https://evil.example/steal/", "/"),
        ("", "/"),
    ],
)
def test_a_fragment_asked_for_after_the_session_ended_sends_the_whole_page_to_sign_in(
    cast: Cast, here: str, then: str
) -> None:
    headers = HTMX | {"HX-Current-URL": here}
    answer = cast.client("visitor").get("/dashboard/activity/?period=7d", headers=headers)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (200, f"/accounts/login/?next={then}")


def test_a_page_asked_for_signed_out_is_an_ordinary_redirect(cast: Cast) -> None:
    answer = cast.client("visitor").get("/dashboard/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/accounts/login/?next=/dashboard/")


def test_a_session_ends_when_its_time_is_over(cast: Cast) -> None:
    client = cast.client("alice")
    assert client.get("/dashboard/").status_code == 200
    Session.objects.update(expire_date=clock.now() - timedelta(seconds=1))
    assert client.get("/dashboard/").status_code == 302


def test_a_session_that_was_made_up_is_nobodys(cast: Cast) -> None:
    client = cast.client("visitor")
    client.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32
    assert client.get("/dashboard/").status_code == 302
