"""Dashboard and Activity as a person uses them: search, definitions, slow and failing sections, the calendar."""

from __future__ import annotations

import re
import time
from typing import Literal

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import PHONE, OpenPage
from tests.browser.test_accessibility import SCHEMES, complaints

pytestmark = pytest.mark.browser
ACTIVITY = "/dashboard/activity/"


def opened(page: Page, address: str) -> Page:
    page.goto(address)
    page.wait_for_load_state("networkidle")
    return page


def test_the_palette_opens_by_keys_and_leads_on(open_page: OpenPage) -> None:
    page = opened(open_page("Alice"), "/dashboard/")
    page.keyboard.press("Control+k")
    field = page.get_by_role("combobox", name="Search")
    expect(field).to_be_focused()
    expect(page.get_by_role("option", name="Upload beats")).to_be_visible()
    field.fill("leaderbords")
    first = page.get_by_role("option").first
    expect(first).to_contain_text("Leaderboards")
    expect(first).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", first.get_attribute("id") or "")
    page.keyboard.press("Enter")
    page.wait_for_url("**/dashboard/leaderboards/**")


def test_the_palette_walks_by_arrows_and_closes_by_escape(open_page: OpenPage) -> None:
    page = opened(open_page("Alice", size=PHONE, scheme="light"), "/dashboard/")
    opener = page.get_by_role("button", name="Search", exact=True)
    opener.click()
    options = page.get_by_role("option")
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(page.locator("#palette")).not_to_be_visible()
    expect(opener).to_be_focused()


def test_a_label_opens_what_counts_and_gives_the_focus_back(open_page: OpenPage) -> None:
    page = opened(open_page("Alice"), "/dashboard/")
    label = page.get_by_role("link", name="Total Plays", exact=True)
    label.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Plays: what counts?")
    expect(dialog).to_contain_text("30 different seconds")
    assert page.url.endswith("/dashboard/")
    page.keyboard.press("Escape")
    expect(dialog).not_to_be_visible()
    expect(label).to_be_focused()


def test_a_slow_period_keeps_the_old_figures_dimmed(open_page: OpenPage) -> None:
    page = opened(open_page("Alice"), ACTIVITY)

    def slowly(route: Route) -> None:
        time.sleep(0.6)
        route.continue_()

    before = page.locator("#engagement dd").first.inner_text()
    page.route(re.compile("period=7d"), slowly)
    page.get_by_role("link", name="7D").click()
    section = page.locator("#engagement")
    expect(section).to_have_attribute("aria-busy", "true")
    assert page.locator("#engagement dd").first.inner_text() == before
    expect(page.get_by_role("heading", name="Plays and downloads per hour")).to_be_visible()
    assert "period=7d" in page.url
    page.go_back()
    expect(page.get_by_role("heading", name="Plays and downloads per day")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="Plays and downloads per day")).to_be_visible()


def test_a_section_that_fails_keeps_what_it_showed_and_recovers_by_itself(
    open_page: OpenPage, problems: list[str]
) -> None:
    page = open_page("Alice")
    page.clock.install()
    opened(page, ACTIVITY)
    before = page.locator("#engagement dd").first.inner_text()
    page.route(re.compile("period=90d"), lambda route: route.abort())
    page.get_by_role("link", name="90D").click()
    notice = page.locator("#engagement > [data-load-error]")
    expect(notice).to_contain_text("You see what it showed at")
    assert page.locator("#engagement dd").first.inner_text() == before
    problems.clear()  # the failed request itself is in the console
    page.unroute(re.compile("period=90d"))
    page.clock.run_for(1_500)
    page.clock.run_for(21_000)
    expect(page.locator("#engagement > [data-load-error]")).to_be_hidden()


def test_the_calendar_is_walked_by_keys(open_page: OpenPage) -> None:
    page = opened(open_page("Alice"), ACTIVITY)
    day = page.locator('[data-calendar] [tabindex="0"]').first
    day.focus()
    start = day.get_attribute("data-day")
    page.keyboard.press("ArrowLeft")
    here = page.evaluate("document.activeElement.dataset.day")
    assert here != start
    assert page.evaluate("document.activeElement.getAttribute('aria-label')")
    page.keyboard.press("Home")
    first = page.evaluate("document.activeElement.dataset.day")
    page.keyboard.press("Enter")
    expect(page.locator("#day")).to_contain_text(first[:4])
    expect(page.locator(f'[data-day="{first}"]')).to_have_attribute("aria-selected", "true")
    assert f"day={first}" in page.url


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing_in_the_open_dialogs(open_page: OpenPage, scheme: Literal["dark", "light"]) -> None:
    page = opened(open_page("Alice", scheme=scheme, bypass_csp=True), "/dashboard/")
    page.keyboard.press("Control+k")
    expect(page.get_by_role("option").first).to_be_visible()
    assert complaints(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Growth", exact=True).click()
    expect(page.get_by_role("dialog", name="Growth: what counts?")).to_be_visible()
    assert complaints(page) == []
