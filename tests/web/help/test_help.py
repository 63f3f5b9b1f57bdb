"""The guide: whole, searchable, and one text."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from backline.domain.metrics import METRICS
from backline.web.help import guides
from tests.conftest import Cast


def test_every_page_of_the_menu_has_a_guide(cast: Cast):
    menu = set(
        re.findall(r'href="(/dashboard/[a-z]*/?)"', cast.client("alice").get("/dashboard/").content.decode())
    )
    assert menu and menu <= {guide.address for guide in guides.guides().values()}


@pytest.mark.parametrize("key", list(guides.guides()))
def test_a_guide_shows_its_steps_and_numbers(cast: Cast, key: str):
    page = cast.client("visitor").get(f"/help/{key}/").content.decode()
    guide = guides.guides()[key]
    assert guide.steps[0][0] in page
    assert all(f"/help/numbers/{metric.key}/" in page for metric in guide.metrics)


def test_the_search_finds_titles_first_whatever_the_accents():
    found = guides.search("RECÉIPTS")
    assert found and found[0].title != "" and guides.search("growth")[0].title == "Growth"
    assert guides.search("zzz") == guides.search("  ") == []


def test_the_search_says_how_much_it_found(cast: Cast):
    page = cast.client("visitor").get("/help/", {"q": "<script>"}).content.decode()
    assert "Nothing found for “&lt;script&gt;”" in page
    assert "found for “payout”" in cast.client("alice").get("/help/?q=payout").content.decode()


def test_the_whole_guide_is_one_text(cast: Cast):
    answer = Client().get("/llms.txt")
    text = answer.content.decode()
    assert answer.headers["Content-Type"].startswith("text/plain") and text.startswith("# Backline\n")
    assert all(f"http://testserver/help/numbers/{key}/" in text for key in METRICS)


def test_the_glossary_holds_every_number(cast: Cast):
    page = cast.client("visitor").get("/help/glossary/").content.decode()
    assert all(f"/help/numbers/{key}/" in page for key in METRICS)
