"""The door, where it leads when a session has ended."""

from __future__ import annotations

import pytest

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
