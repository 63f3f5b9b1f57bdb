"""The product's main job on a real recording: uploaded, published, played by a listener, seen by the producer."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, Response, expect

from tests.browser.conftest import OpenPage
from tests.browser.recording import real_recording

pytestmark = pytest.mark.browser

NAME = "Compus Night Drive"
PLAYED_S = 32
SEEN_WITHIN_S = 5


def upload_and_publish(page: Page, recording: Path) -> str:
    """Alice brings the beat in; returns its public address."""
    page.goto("/backstage/upload/")
    page.set_input_files("#audio", recording)
    page.wait_for_url("**/backstage/beats/*/", timeout=30_000)
    page.get_by_label("Name", exact=True).fill(NAME)
    page.get_by_label("Description", exact=True).fill(
        "A loop that drives through the night, forty seconds long."
    )
    page.get_by_label("Trap", exact=True).check()
    page.get_by_label("Tags", exact=True).fill("night, loop, drive")
    page.get_by_label("BPM", exact=True).fill("120")
    page.get_by_label("Key", exact=True).select_option("0")
    page.get_by_label("Scale", exact=True).select_option("minor")
    page.locator("input[name=sample_status][value=cleared]").check()
    page.locator("input[name=ai_declaration][value=human]").check()
    publish = page.get_by_role("button", name="Publish", exact=True)
    expect(publish).to_be_enabled()
    publish.click()
    page.wait_for_url("**/published/")
    address = page.get_by_role("link", name="View track").get_attribute("href")
    assert address is not None
    return address


def play(page: Page, address: str) -> None:
    """Lee hears half a minute of it, in real time, and leaves."""
    streamed: list[Response] = []
    page.on("response", lambda response: streamed.append(response) if "/media/" in response.url else None)
    page.goto(address)
    button = page.locator("main").get_by_role("button", name=f"Play {NAME}")
    expect(button).to_be_visible(timeout=60_000)  # the worker makes the stream meanwhile
    button.click()
    expect(page.locator("[data-player-time]")).to_have_text(f"0:{PLAYED_S}", timeout=(PLAYED_S + 20) * 1000)
    assert [response.status for response in streamed if response.status not in (200, 206)] == []
    assert streamed != []
    page.goto("/")  # leaving the page makes the listen final


def figure(page: Page, label: str) -> int:
    """The number that stands with the label."""
    card = page.locator("main .stat", has_text=re.compile(rf"^\s*{label}"))
    text = card.locator(".stat-value, dd").first.inner_text()
    return int(text.replace(",", ""))


def figures(page: Page) -> dict[str, int]:
    """What Alice's Dashboard and Activity page say now."""
    page.goto("/dashboard/")
    found = {"dashboard plays": figure(page, "Total Plays"), "dashboard tracks": figure(page, "Tracks")}
    page.goto("/dashboard/activity/")
    return found | {
        "activity plays": figure(page, "Total Plays"),
        "activity tracks": figure(page, "Total Tracks"),
    }


def test_upload_publish_play_and_see_it(open_page: OpenPage, tmp_path: Path):
    alice = open_page("Alice")
    before = figures(alice)
    address = upload_and_publish(alice, real_recording(tmp_path / "compus.flac"))
    play(open_page("Lee"), address)
    alice.wait_for_timeout(SEEN_WITHIN_S * 1000)
    assert figures(alice) == {label: count + 1 for label, count in before.items()}
    alice.locator('#uploads [data-day][tabindex="0"]').click()  # today in the upload calendar
    expect(alice.locator("#day")).to_contain_text(NAME)
