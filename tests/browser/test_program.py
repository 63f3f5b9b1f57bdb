"""The Producer Program from both sides: applying, claiming, proving, being approved, revoked and restored."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, Site
from tests.browser.joining import join
from tests.browser.recording import real_recording

pytestmark = pytest.mark.browser


def fill_in(page: Page) -> None:
    """What every applicant says of themselves."""
    page.get_by_label("First name").fill("Noor")
    page.get_by_label("Last name").fill("Lind")
    page.get_by_label("Link to your beats").fill("https://example.com/beats")
    for words in ("I accept", "The rights", "I mean to"):
        for box in page.get_by_label(words).all():
            box.check()


def until(page: Page, words: str) -> None:
    """Looks at the page again until it says so: the worker had something to do."""
    for _ in range(30):
        if words in page.get_by_role("main").inner_text():
            return
        page.wait_for_timeout(1000)
        page.reload()
    pytest.fail(f"{page.url} never said {words}")


def open_waiting(staff: Page, name: str) -> None:
    """Staff open what waits under that name."""
    staff.goto("/staff/applications/")
    staff.get_by_role("link", name=name).click()


def test_from_visitor_to_the_first_upload(
    open_page: OpenPage, site: Site, problems: list[str], tmp_path: Path
):
    page, staff = open_page(), open_page("Dana")
    join(page, site)
    page.goto("/program/become/")
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".field.invalid")).not_to_have_count(0)
    problems.clear()  # the refused form answers 422
    page.get_by_label("Producer name").fill("Harbour Fox")
    fill_in(page)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Staff are looking at your application")

    open_waiting(staff, "Harbour Fox")
    staff.get_by_label("To the applicant").fill("Which label is it?")
    staff.get_by_role("button", name="Ask for more").click()
    page.reload()
    expect(page.get_by_role("main")).to_contain_text("Which label is it?")
    page.get_by_role("link", name="Edit and send").click()
    page.get_by_label("Record label").fill("Tin Roof")
    page.get_by_role("button", name="Send").click()
    staff.reload()
    staff.get_by_role("button", name="Approve").click()
    expect(staff.get_by_role("main")).to_contain_text("Approved")

    page.reload()
    page.get_by_role("link", name="Open the dashboard").click()
    expect(page).to_have_url(re.compile(r"/dashboard/\?artist=harbour-fox"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Harbour Fox")
    page.get_by_role("link", name="Upload beats").first.click()
    page.set_input_files("#audio", real_recording(tmp_path / "harbour.flac", loop="safari"))
    page.wait_for_url("**/backstage/beats/*/", timeout=30_000)
    page.goto("/dashboard/beats/")
    expect(page.get_by_role("main")).to_contain_text("1 beat: 1 draft")


def test_a_profile_that_nobody_looks_after_is_claimed(open_page: OpenPage, site: Site):
    page, staff, visitor = open_page(), open_page("Dana"), open_page()
    staff.goto("/staff/people/artists/new/")
    staff.get_by_label("Producer name").fill("Ghost Choir")
    staff.get_by_role("button", name="Add the profile").click()
    expect(staff.get_by_role("heading", level=1)).to_contain_text("Ghost Choir")
    visitor.goto("/@ghost-choir/")
    expect(visitor.get_by_role("heading", level=1)).to_contain_text("Unclaimed")

    join(page, site)
    page.goto("/@ghost-choir/")
    page.get_by_role("link", name="Claim it").click()
    expect(page.get_by_role("textbox", name="Profile")).to_have_value("@ghost-choir")
    fill_in(page)
    page.get_by_label("You are the").select_option("artist")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Staff are looking at your application")

    open_waiting(staff, "Ghost Choir")
    staff.get_by_role("button", name="Approve").click()
    expect(staff.get_by_role("main")).to_contain_text("Approved")
    page.reload()
    page.get_by_role("link", name="Open the dashboard").click()
    expect(page).to_have_url(re.compile(r"/dashboard/\?artist=ghost-choir"))
    page.goto("/backstage/members/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("You alone look after")
    visitor.reload()
    expect(visitor.get_by_role("heading", level=1)).not_to_contain_text("Unclaimed")


def test_a_record_at_the_domain_leads_to_the_badge(open_page: OpenPage, site: Site):
    page, staff, visitor = open_page("Charlie"), open_page("Dana"), open_page()
    page.goto("/program/verify/")
    page.get_by_label("I accept").check()
    page.get_by_role("button", name="Send").click()
    page.get_by_label("How").select_option("dns")
    page.get_by_label("Where").fill("sable.example")
    page.get_by_role("button", name="Get a code").click()
    place, code = page.locator("main code").all_inner_texts()
    until(page, "There is no TXT record")
    site.records[place] = code
    page.get_by_role("button", name="Look again now").click()
    until(page, "The code is there.")

    open_waiting(staff, "Sable Ortiz")
    expect(staff.get_by_role("main")).to_contain_text("1 of 1 proofs found")
    visitor.goto("/@sable-ortiz/")
    expect(visitor.locator("h1 .badge")).to_have_count(0)
    staff.get_by_role("button", name="Approve").click()
    expect(staff.get_by_role("main")).to_contain_text("Approved")
    visitor.reload()
    expect(visitor.locator("h1 .badge")).to_have_text("Verified")


def test_revoked_hides_stops_and_holds_until_it_is_restored(
    open_page: OpenPage, site: Site, problems: list[str]
):
    page, staff, visitor = open_page("Alice"), open_page("Dana"), open_page()
    page.goto("/program/verify/?artist=marlo-vane")
    page.get_by_label("I accept").check()
    page.get_by_role("button", name="Send").click()
    open_waiting(staff, "Marlo Vane")
    staff.get_by_role("button", name="Approve").click()
    visitor.goto("/@marlo-vane/")
    beat = visitor.locator('main a[href^="/beats/"]').first.get_attribute("href") or ""

    staff.get_by_label("Why it is revoked").fill("A label asks whose drums these are.")
    staff.get_by_role("button", name="Revoke").click()
    expect(staff.get_by_role("button", name="Restore")).to_be_visible()
    for address in ("/@marlo-vane/", beat):
        answer = visitor.goto(address)
        assert answer is not None and answer.status == 404, address
    page.goto("/backstage/upload/?artist=marlo-vane")
    expect(page.get_by_role("main")).to_contain_text("in the Producer Program was revoked")
    expect(page.locator("input[type=file]")).to_have_count(0)
    page.get_by_role("main").get_by_role("link", name="Contact support").click()
    expect(page.get_by_label("Topic")).to_have_value("program")
    page.goto("/dashboard/finances/?artist=marlo-vane")
    expect(page.get_by_role("main")).to_contain_text("What it earned is held until it is restored.")
    staff.goto("/staff/holds/")
    row = staff.locator("tr", has_text="Marlo Vane")
    expect(row.first).to_contain_text("The artist's profile is revoked.")

    staff.goto("/staff/applications/?state=revoked")
    staff.get_by_role("link", name="Marlo Vane").click()
    staff.get_by_role("button", name="Restore").click()
    expect(staff.get_by_role("button", name="Revoke")).to_be_visible()
    for address in ("/@marlo-vane/", beat):
        answer = visitor.goto(address)
        assert answer is not None and answer.status == 200, address
    page.goto("/backstage/upload/?artist=marlo-vane")
    expect(page.locator("input[type=file]").first).to_be_attached()
    staff.goto("/staff/holds/")
    expect(row.first).to_be_visible()
    expect(row.filter(has_text="revoked")).to_have_count(0)
    problems.clear()  # the pages that were not there
