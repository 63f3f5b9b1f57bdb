"""Becoming a producer, and the account's own settings."""

from __future__ import annotations

import pytest

from backline.people.models import Artist, Member
from tests.conftest import Cast


def test_a_name_makes_an_artist_with_a_handle_from_it(cast: Cast) -> None:
    client = cast.client("lee")
    answer = client.post("/program/", {"name": "Low Tide Club"})
    assert answer.headers["Location"] == "/dashboard/?artist=low-tide-club"
    assert Member.objects.get(account=cast.lee).role == "owner"
    assert client.get("/dashboard/").status_code == 200


def test_a_taken_address_is_said(cast: Cast) -> None:
    answer = cast.client("lee").post("/program/", {"name": "Marlo", "handle": "MARLO-vane"})
    assert answer.status_code == 422
    assert Artist.objects.filter(handle__iexact="marlo-vane").count() == 1


def test_with_closed_sign_up_nothing_is_made(cast: Cast, settings: object) -> None:
    settings.OPEN_PRODUCER_SIGNUP = False  # type: ignore[attr-defined]
    cast.client("lee").post("/program/", {"name": "Low Tide Club"})
    assert not Artist.objects.filter(name="Low Tide Club").exists()


def test_settings_are_saved_and_shown(cast: Cast) -> None:
    client = cast.client("lee")
    fields = {"name": "Lee R.", "zone": "Asia/Kathmandu", "first_weekday": "6", "show_to_producers": "on"}
    assert client.post("/settings/", fields).status_code == 302
    cast.lee.refresh_from_db()
    assert (cast.lee.name, cast.lee.zone, cast.lee.first_weekday) == ("Lee R.", "Asia/Kathmandu", 6)
    assert client.post("/settings/", fields | {"zone": "Nowhere"}).status_code == 422


@pytest.mark.parametrize("theme", ["dark", "light", "system"])
def test_the_theme_is_kept_in_a_cookie_for_visitors_too(cast: Cast, theme: str) -> None:
    client = cast.client("visitor")
    answer = client.post(
        "/settings/theme/", {"theme": theme}, headers={"referer": "http://testserver/@marlo-vane/"}
    )
    assert answer.headers["Location"] == "http://testserver/@marlo-vane/"
    assert client.cookies["theme"].value == theme


def test_the_theme_form_never_leads_elsewhere(cast: Cast) -> None:
    client = cast.client("visitor")
    answer = client.post("/settings/theme/", {"theme": "plaid"}, headers={"referer": "https://evil.example/"})
    assert answer.headers["Location"] == "/"
    assert "theme" not in client.cookies
