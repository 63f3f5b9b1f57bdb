"""A beat's life in the browser: published by the worker at its time, heard by a link until that is revoked."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser

PUBLISHED_WITHIN_S = 90
"""To the next whole minute, and the worker's rest."""


def edit_a_public_beat(page: Page) -> str:
    """Opens the form of an own public beat; returns its name."""
    page.goto("/dashboard/beats/?state=public")
    page.get_by_role("link", name=re.compile("^Edit ")).first.click()
    return page.locator("h1").inner_text()


def next_minute(page: Page) -> str:
    """The next whole minute by the account's clock, as the field takes it."""
    zone = page.locator("label[for=schedule-at] .optional").inner_text()
    told = page.evaluate("zone => new Date().toLocaleString('sv-SE', { timeZone: zone })", zone)
    return f"{datetime.fromisoformat(told) + timedelta(seconds=60):%Y-%m-%dT%H:%M}"


def test_a_scheduled_beat_comes_out_and_a_private_one_is_heard_by_its_link(open_page: OpenPage):
    alice = open_page("Alice")
    name = edit_a_public_beat(alice)
    alice.get_by_role("button", name="Make it a draft again").click()
    badge = alice.locator(".page-head .badge")
    expect(badge).to_have_text("Draft")
    alice.get_by_text("Schedule", exact=True).first.click()
    alice.locator("#schedule-at").fill(next_minute(alice))
    alice.get_by_role("button", name="Schedule", exact=True).click()
    expect(badge).to_have_text("Scheduled")
    form = alice.url
    for _ in range(PUBLISHED_WITHIN_S // 3):
        alice.goto(form)
        if badge.inner_text() == "Public":
            break
        alice.wait_for_timeout(3_000)
    expect(badge).to_have_text("Public")

    alice.get_by_role("button", name="Make it private").click()
    link = alice.locator("#private-link").input_value()
    visitor = open_page()
    answer = visitor.goto(link)
    assert answer is not None and answer.headers["x-robots-tag"] == "noindex, nofollow"
    expect(visitor.locator("h1")).to_have_text(name)
    with visitor.expect_response(lambda response: "/media/stream/" in response.url) as streamed:
        visitor.locator("audio").evaluate("audio => audio.play()")
    assert streamed.value.status == 206
    alice.reload()
    expect(alice.get_by_text("started 1 time")).to_be_visible()
    alice.get_by_role("button", name="Revoke it").click()
    gone = visitor.reload()
    assert gone is not None and gone.status == 404
    alice.get_by_role("button", name="Publish", exact=True).click()
    alice.wait_for_url("**/published/")


def test_a_cover_is_cropped_by_keyboard(open_page: OpenPage, tmp_path: Path):
    from PIL import Image

    Image.new("RGB", (1600, 800), "teal").save(tmp_path / "wide.png")
    alice = open_page("Alice")
    edit_a_public_beat(alice)
    before = alice.locator(".cover-drop img").get_attribute("src")
    alice.set_input_files("#cover-file", tmp_path / "wide.png")
    box = alice.locator("#cover-crop .crop-box")
    expect(box).to_be_visible()
    expect(alice.locator("[name=crop_x]")).to_have_value("250")
    box.press("ArrowLeft")
    expect(alice.locator("[name=crop_x]")).to_have_value("230")
    box.press("-")
    expect(alice.locator("[name=crop_side]")).to_have_value("480")
    box.press("+")
    box.press("+")
    expect(alice.locator("[name=crop_side]")).to_have_value("500")
    alice.get_by_role("button", name="Save changes").click()
    expect(alice.locator(".cover-drop img")).not_to_have_attribute("src", before or "")


def test_the_sum_of_shares_follows_what_is_typed(open_page: OpenPage):
    alice = open_page("Alice")
    alice.goto("/dashboard/beats/?state=public&credits=together")
    forms = [
        link.get_attribute("href") for link in alice.get_by_role("link", name=re.compile("^Edit ")).all()
    ]
    for form in forms:
        alice.goto(form or "")
        if alice.locator(".share-in").count() == 2:
            break
    first, second = alice.locator(".share-in").all()
    first.fill("60")
    second.fill("39,5")
    expect(alice.locator("#share-sum")).to_have_text("Sum 99.50 %, 0.50 missing")
    second.fill("40")
    expect(alice.locator("#share-sum")).to_have_text("Sum 100.00 %")
    alice.get_by_role("button", name="Propose these shares").click()
    expect(alice.locator("h1")).to_contain_text("Propose these shares")
    expect(alice.locator(".share-in").last).to_have_value("40")
