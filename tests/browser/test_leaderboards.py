"""Leaderboards as a person uses them: boards, periods, search, the dialog; by mouse and keyboard, on the phone too."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, OpenPage

pytestmark = pytest.mark.browser
HERE = "/dashboard/leaderboards/"


@pytest.fixture
def boards(open_page: OpenPage) -> Page:
    page = open_page("Alice")
    page.goto(HERE)
    return page


def test_a_tab_swaps_the_board_and_is_in_the_address(boards: Page):
    expect(boards.get_by_role("heading", level=1)).to_contain_text(
        re.compile(r"\d+(st|nd|rd|th) of \d+|Not ranked")
    )
    boards.get_by_role("navigation", name="Category").get_by_role("link", name="Uploads").click()
    expect(boards.get_by_role("heading", name="Uploads, last 30 days")).to_be_visible()
    expect(boards).to_have_url(re.compile("board=uploads"))
    boards.get_by_role("navigation", name="Period").get_by_role("link", name="All time").click()
    expect(boards.get_by_role("heading", name="Uploads, all time")).to_be_visible()
    boards.reload()
    expect(boards.get_by_role("heading", name="Uploads, all time")).to_be_visible()
    boards.go_back()
    expect(boards.get_by_role("heading", name="Uploads, last 30 days")).to_be_visible()


def test_the_list_stands_dimmed_until_the_next_one_is_there(boards: Page):
    held: list[object] = []
    boards.route(re.compile("board=plays"), lambda route: held.append(route))
    tab = boards.get_by_role("navigation", name="Category").get_by_role("link", name="Plays")
    tab.click()
    expect(boards.locator("#board")).to_have_attribute("aria-busy", "true")
    expect(boards.get_by_role("heading", name="Overall, all time")).to_be_visible()
    held[0].continue_()  # type: ignore[attr-defined]
    expect(boards.get_by_role("heading", name="Plays, last 30 days")).to_be_visible()


def test_a_board_that_does_not_load_says_so_and_keeps_what_is_there(boards: Page, problems: list[str]):
    boards.route(re.compile("board=points"), lambda route: route.abort())
    boards.get_by_role("navigation", name="Category").get_by_role("link", name="Points").click()
    expect(boards.get_by_role("alert").first).to_contain_text("could not be loaded")
    expect(boards.get_by_role("heading", name="Overall, all time")).to_be_visible()
    problems.clear()  # the browser's own line about the aborted request


def test_finding_a_producer_while_typing(boards: Page):
    boards.goto(f"{HERE}?board=uploads&period=all")
    boards.get_by_label("Find a producer").fill("marlo")
    expect(boards.get_by_text("1 found")).to_be_visible()
    expect(boards.get_by_label("Find a producer")).to_be_focused()
    expect(boards.locator(".rank-row")).to_have_count(1)


def test_how_it_works_opens_and_gives_the_focus_back(boards: Page):
    opener = boards.get_by_role("button", name="How it works")
    opener.focus()
    boards.keyboard.press("Enter")
    dialog = boards.get_by_role("dialog", name="How it works")
    expect(dialog).to_contain_text("Points 25%")
    boards.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()


def test_the_phone_shows_the_own_place_first(open_page: OpenPage):
    page = open_page("Alice", size=PHONE)
    page.goto(f"{HERE}?board=uploads&period=all")
    card = page.get_by_label("Your rank")
    expect(card).to_be_in_viewport()
    expect(page.locator(".you, .step").first).to_be_visible()


def test_without_scripts_all_of_it_is_links_and_forms(boards: Page):
    hrefs = boards.locator(".tabs a").evaluate_all("links => links.map((link) => link.getAttribute('href'))")
    assert len(hrefs) == 7 and all(href.startswith(HERE) for href in hrefs)
    assert boards.locator("form[role=search]").get_attribute("action") == HERE
