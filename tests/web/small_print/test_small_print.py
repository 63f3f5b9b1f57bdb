"""Terms and privacy notice, the operator's own in their place, and what robots and tabs ask for."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from backline.settings import SESSION_COOKIE_NAME
from tests.conftest import Cast

pytestmark = pytest.mark.usefixtures("cast")


@pytest.mark.parametrize(("path", "title"), [("/terms/", "Terms"), ("/privacy/", "Privacy notice")])
def test_everybody_may_read_them(cast: Cast, path: str, title: str):
    for client in (Client(), cast.client("alice")):
        page = client.get(path)
        assert f"<h1>{title}</h1>" in page.content.decode()
    assert SESSION_COOKIE_NAME not in Client().get(path).cookies


def test_who_accepts_them_can_read_them(cast: Cast):
    for address in ("/accounts/signup/", "/program/apply/become/"):
        page = cast.client("lee").get(address) if "program" in address else Client().get(address)
        text = page.content.decode()
        assert 'href="/terms/"' in text and 'href="/privacy/"' in text, address


@pytest.mark.parametrize("path", ["/terms/", "/privacy/"])
def test_an_operators_own_take_their_place(settings: Any, path: str):
    settings.TERMS_URL, settings.PRIVACY_URL = "https://example.com/terms", "https://example.com/privacy"
    assert Client().get(path)["Location"] == f"https://example.com{path.rstrip('/')}"


def test_robots_read_the_public_pages_only():
    text = Client().get("/robots.txt").content.decode()
    assert "User-agent: *\n" in text and "Disallow: /dashboard/\n" in text
    assert not any(line in text.splitlines() for line in ("Disallow: /", "Disallow: /beats/"))


def test_a_tab_that_asks_for_the_mark_gets_it():
    where = Client().get("/favicon.ico")["Location"]
    assert finders.find(where.removeprefix("/static/"))
