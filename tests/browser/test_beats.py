"""My Beats by hand: filters and order together, the CSV, several beats at once and undoing it, columns, dialogs."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser


def names(page: Page) -> list[str]:
    """The beats of the table, in order."""
    return page.locator("#beats .beat-table .name").all_inner_texts()


def test_filters_order_and_the_csv_go_together(open_page: OpenPage):
    alice = open_page("Alice")
    alice.goto("/dashboard/beats/")
    table = alice.locator("#beats")
    table.get_by_role("link", name="Beat, artists").click()
    expect(table.locator("th[aria-sort=ascending]")).to_have_text("Beat, artists")
    alice.get_by_label("Visibility", exact=True).select_option("public")
    expect(alice).to_have_url(re.compile("state=public.*sort=name"))
    assert names(alice) == sorted(names(alice))
    first = names(alice)[0]
    misspelt = first[0] + first[2] + first[1] + first[3:]
    alice.get_by_label("Search your beats").fill(misspelt)
    expect(table.locator(".beat-table .name").first).to_have_text(first)
    with alice.expect_download() as download:
        alice.get_by_role("link", name="CSV").click()
    rows = download.value.path().read_text(encoding="utf-8").splitlines()
    assert rows[0].startswith("beat,artists") and rows[1].startswith(first)


def test_several_are_archived_and_it_is_undone(open_page: OpenPage):
    alice = open_page("Alice")
    alice.goto("/dashboard/beats/?state=public&sort=name")
    bar = alice.locator("#chosen-beats")
    expect(bar).to_be_hidden()
    boxes = alice.locator("[data-tick]")
    boxes.nth(0).check()
    boxes.nth(1).check()
    expect(bar).to_contain_text("2 selected")
    alice.get_by_label("Tick all on this page").check()
    expect(bar).to_contain_text(f"{boxes.count()} selected")
    bar.get_by_role("button", name="Untick all").click()
    expect(bar).to_be_hidden()
    boxes.nth(0).check()
    before = names(alice)
    bar.get_by_role("button", name="Archive").click()
    expect(alice.locator("h1")).to_have_text("Archive this beat?")
    alice.get_by_role("button", name="Archive").click()
    expect(alice.get_by_text("1 beat archived.")).to_be_visible()
    assert before[0] not in names(alice)
    alice.get_by_role("button", name="Undo").click()
    alice.goto("/dashboard/beats/?state=public&sort=name")
    assert names(alice) == before


def test_columns_and_the_dialogs_of_a_row(open_page: OpenPage):
    alice = open_page("Alice")
    alice.goto("/dashboard/beats/")
    alice.locator("summary", has_text="Columns").click()
    alice.get_by_label("Completeness").uncheck()
    alice.get_by_role("button", name="Show these").click()
    expect(alice.locator(".beat-table thead")).not_to_contain_text("Completeness")
    alice.locator("summary", has_text="Columns").click()
    alice.get_by_label("Completeness").check()
    alice.get_by_role("button", name="Show these").click()
    expect(alice.locator(".beat-table thead")).to_contain_text("Completeness")
    alice.get_by_role("link", name=re.compile("^Feature, archive or delete")).first.click()
    dialog = alice.locator("#beat-more")
    expect(dialog.get_by_role("button", name="Archive")).to_be_visible()
    alice.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    alice.locator("#collaboration .row-btn").first.click()
    expect(alice.locator("#partner")).to_contain_text("together")
