"""Second factors lost and found, and who belongs to an artist: ownership by both sides, an analyst without money."""

from __future__ import annotations

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, Site
from tests.browser.joining import PASSWORD, confirm, join, mailed_link

pytestmark = pytest.mark.browser


def sign_out(page: Page) -> None:
    page.goto("/accounts/logout/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()


def give_password(page: Page, email: str) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_a_recovery_code_signs_in_once(open_page: OpenPage, site: Site):
    page = open_page()
    email = join(page, site)
    page.goto("/accounts/2fa/")
    page.get_by_role("link", name="Set up an app").click()
    confirm(page, PASSWORD)
    secret = page.locator("code").inner_text()
    page.get_by_label("code").fill(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
    page.get_by_role("button", name="Switch it on").click()
    code = page.get_by_label("Recovery codes").inner_text().split()[0]

    sign_out(page)
    give_password(page, email)
    expect(page.get_by_role("heading", level=1)).to_have_text("One more step")
    page.get_by_label("code").fill(code)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_url(re.compile("/dashboard/"))
    page.goto("/accounts/2fa/")
    expect(page.get_by_role("main")).to_contain_text("9 unused")

    sign_out(page)
    give_password(page, email)
    page.get_by_label("code").fill(code)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.locator(".error, .notice.bad").first).to_contain_text("Incorrect code")


def test_an_artist_changes_hands_when_both_say_yes(open_page: OpenPage, site: Site):
    first, second = open_page(), open_page()
    join(first, site)
    heir = join(second, site)
    first.goto("/program/")
    first.get_by_label("name").first.fill("Slow Ferry")
    first.get_by_role("button", name="Open my artist profile").click()
    expect(first).to_have_url(re.compile(r"/dashboard/\?artist=slow-ferry"))
    invite(first, heir, role="manager")
    second.goto(mailed_link(site, "/backstage/members/join/", to=heir))
    second.get_by_role("button", name="Join").click()

    first.goto("/backstage/members/")
    theirs = first.locator(".member-rows li").filter(has_text=heir)
    theirs.get_by_role("combobox").select_option("owner")
    theirs.get_by_role("button", name="Change the role").click()
    expect(theirs).to_contain_text("Asked to become an owner")
    leave(first, "Slow Ferry")
    expect(first.locator(".toasts")).to_contain_text("owner")  # nobody leaves an artist without one

    second.goto("/notifications/")
    expect(second.get_by_role("main")).to_contain_text("Slow Ferry")
    second.goto("/backstage/members/")
    second.get_by_role("button", name="Become an owner").click()
    expect(second.get_by_label("E-mail address")).to_be_visible()
    first.goto("/backstage/members/")
    leave(first, "Slow Ferry")
    expect(first).to_have_url(re.compile("/dashboard/"))
    second.reload()
    expect(second.get_by_role("heading", level=1)).to_have_text("You alone look after Slow Ferry")
    expect(second.get_by_role("main")).to_contain_text("What was changed")


def leave(member: Page, artist: str) -> None:
    member.locator("summary", has_text="Leave").click()
    member.get_by_role("button", name=f"Leave {artist}").click()


def invite(owner: Page, email: str, *, role: str, password: str = PASSWORD) -> None:
    owner.goto("/backstage/members/")
    owner.get_by_label("E-mail address").fill(email)
    owner.get_by_label("Role", exact=True).select_option(role)
    owner.get_by_role("button", name="Send the invitation").click()
    confirm(owner, password)
    expect(owner.get_by_role("main")).to_contain_text("1 open invitation")


def test_an_invited_analyst_sees_plays_but_no_money(open_page: OpenPage, site: Site, problems: list[str]):
    owner, guest = open_page("Alice"), open_page()
    email = join(guest, site)
    invite(owner, email, role="analyst", password=site.people["Alice"]["password"])
    link = mailed_link(site, "/backstage/members/join/", to=email)
    sign_out(guest)
    guest.goto(link)
    guest.get_by_label("Email").fill(email)
    guest.get_by_label("Password").fill(PASSWORD)
    guest.get_by_role("button", name="Sign in", exact=True).click()
    guest.get_by_role("button", name="Join").click()
    expect(guest.get_by_role("heading", level=1)).to_contain_text("Marlo Vane")
    for address in ("/dashboard/", "/dashboard/activity/", "/dashboard/beats/"):
        for page, sees_money in ((owner, True), (guest, False)):
            page.goto(address)
            page.wait_for_load_state("networkidle")
            shown = page.get_by_role("main").inner_text()
            assert bool(re.search(r"€|\$|pool points", shown, re.IGNORECASE)) is sees_money, (
                address,
                sees_money,
            )
    answer = guest.goto("/dashboard/finances/")
    assert answer is not None and answer.status == 403
    problems.clear()  # that refusal
    guest.goto("/backstage/members/")
    leave(guest, "Marlo Vane")
    expect(guest).to_have_url(re.compile("/dashboard/"))
