"""A collection from its creation to its public page, by keyboard; the filters and the order of the list together."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser


def names(page: Page) -> list[str]:
    """The beats of the open form, in order."""
    return page.locator("#beats ol .name").all_inner_texts()


def test_a_collection_is_made_filled_ordered_and_deleted(open_page: OpenPage):
    alice = open_page("Alice")
    alice.goto("/dashboard/collections/")
    alice.get_by_role("link", name="Create collection").first.click()
    alice.get_by_label("Name").fill("Shore Leave")
    alice.get_by_role("button", name="Create collection").click()
    expect(alice.locator("h1")).to_have_text("Shore Leave")
    for place in (0, 1):
        alice.locator("[name=add]").nth(place).check()
    alice.get_by_role("button", name="Add the ticked").click()
    expect(alice.locator("#beats ol .name")).to_have_count(2)
    first, second = names(alice)
    alice.get_by_label("Name", exact=True).fill("Shore Leaves")
    alice.get_by_role("button", name=f"Move {second} up").press("Enter")
    expect(alice.locator("h1")).to_have_text("Shore Leaves")
    assert names(alice) == [second, first]
    alice.locator("[name=state][value=public]").check()
    alice.get_by_role("button", name="Save").last.click()
    alice.get_by_role("link", name="View collection").click()
    expect(alice.locator("h1")).to_have_text("Shore Leaves")
    alice.go_back()
    alice.get_by_role("button", name="Delete collection").click()
    expect(alice.locator("h1")).to_have_text("Delete Shore Leaves?")
    alice.get_by_role("button", name="Delete it").click()
    expect(alice.get_by_text("Every beat is still there")).to_be_visible()
    alice.get_by_role("button", name="Undo").click()
    expect(alice.locator("#collections").get_by_text("Shore Leaves")).to_be_visible()


def test_the_moved_beats_button_keeps_the_focus(open_page: OpenPage):
    alice = open_page("Alice")
    alice.goto("/dashboard/collections/?sort=-beats")
    alice.get_by_role("link", name=re.compile("^Edit ")).first.click()
    before = names(alice)
    button = alice.get_by_role("button", name=f"Move {before[0]} down")
    button.press("Enter")
    expect(alice.locator("#beats ol .name").first).to_have_text(before[1])
    if len(before) > 2:
        expect(button).to_be_focused()
    alice.get_by_role("button", name=f"Move {before[0]} up").press("Enter")
    expect(alice.locator("#beats ol .name").first).to_have_text(before[0])


def test_searching_keeps_the_group_and_the_order(open_page: OpenPage):
    alice = open_page("Alice")
    alice.goto("/dashboard/collections/")
    table = alice.locator("#collections")
    table.get_by_role("link", name="Collection", exact=True).click()
    expect(table.locator("th[aria-sort=ascending]")).to_have_text("Collection")
    table.get_by_role("link", name=re.compile("^Released")).click()
    expect(table.locator("[aria-current=true]")).to_have_text(re.compile("^Released"))
    alice.get_by_label("Find a collection").fill("zzz")
    expect(table.get_by_text("Nothing found")).to_be_visible()
    expect(table.locator("[aria-current=true]")).to_have_text(re.compile("^Released"))
    assert "show=released" in alice.url and "sort=name" in alice.url
