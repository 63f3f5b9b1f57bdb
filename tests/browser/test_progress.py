"""From an upload to the toast of a new level, and a refresh that ends by itself."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, OpenPage
from tests.browser.recording import real_recording
from tests.browser.test_main_job import upload_and_publish

pytestmark = pytest.mark.browser


def level(page: Page) -> tuple[int, int]:
    """Level and XP as the Progress page says them."""
    page.goto("/dashboard/progress/")
    found = re.search(r"Level (\d+)\s+([\d,]+) XP", page.locator("main .page-head").inner_text())
    assert found is not None
    return int(found[1]), int(found[2].replace(",", ""))


def test_a_beat_that_comes_out_brings_xp_and_a_toast_of_the_new_level(open_page: OpenPage, tmp_path: Path):
    charlie = open_page("Charlie")
    before, xp = level(charlie)
    upload_and_publish(charlie, real_recording(tmp_path / "garzul.flac", loop="garzul"))
    toast = charlie.locator("[data-toast]", has_text="reached")
    expect(toast).to_contain_text(f"Level {before + 1} reached")
    assert level(charlie) == (before + 1, xp + 150)
    expect(charlie.locator("[data-toast]", has_text="reached")).to_have_count(0)
    expect(charlie.locator("#history")).to_contain_text("Compus Night Drive, published")


def test_refresh_is_busy_and_then_fresh(open_page: OpenPage):
    alice = open_page("Alice")
    alice.goto("/dashboard/progress/")
    alice.get_by_role("button", name="Refresh").click()
    expect(alice.get_by_role("button", name="Refreshing")).to_be_disabled()
    expect(alice.locator("#freshness")).to_contain_text("Updated", timeout=15_000)
    alice.get_by_role("button", name="Refresh").click()
    expect(alice.locator("#freshness")).to_contain_text(re.compile("at most once every 10 seconds|Computing"))


def test_filters_change_the_list_and_the_address_and_stay_after_going_back(open_page: OpenPage):
    alice = open_page("Alice", size=PHONE)
    alice.goto("/dashboard/progress/")
    alice.get_by_label("Category").select_option("tenure")
    expect(alice.locator("#achievements")).not_to_contain_text("Crate Starter")
    expect(alice).to_have_url(re.compile("category=tenure"))
    alice.locator("#achievements").get_by_role("link", name="Locked", exact=True).click()
    expect(alice.locator("#achievements")).to_contain_text("Third Year")
    expect(alice).to_have_url(re.compile("status=locked&category=tenure"))
    expect(alice.get_by_label("Category")).to_have_value("tenure")


def test_how_xp_works_opens_and_closes_by_keyboard(open_page: OpenPage):
    alice = open_page("Alice")
    alice.goto("/dashboard/progress/")
    opener = alice.get_by_role("button", name="How XP Works")
    opener.focus()
    alice.keyboard.press("Enter")
    expect(alice.get_by_role("dialog", name="How XP Works")).to_be_visible()
    alice.keyboard.press("Escape")
    expect(opener).to_be_focused()
