"""Signing up and in by an identity provider, linking it to an account that is here, and proving who one is by it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, Site
from tests.browser.joining import PASSWORD, confirm, join
from tests.oidc_provider import LoopbackProvider

pytestmark = pytest.mark.browser


def say_yes(page: Page) -> None:
    """Signs in at the provider."""
    page.get_by_role("link", name="Yes, it is me").click()


def test_somebody_comes_by_the_provider_and_proves_who_they_are_by_it(
    open_page: OpenPage, provider: LoopbackProvider
):
    provider.person = {
        "sub": "b-1",
        "email": "ines@example.com",
        "email_verified": True,
        "name": "Ines Duarte",
    }
    page = open_page()
    page.goto("/accounts/login/?next=/settings/")
    page.get_by_role("button", name="Sign in with Label ID").click()
    say_yes(page)
    expect(page).to_have_url(re.compile("/settings/$"))
    expect(page.get_by_label("Your name")).to_have_value("Ines Duarte")

    page.get_by_role("link", name="Change password").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Confirm that it is you")
    page.get_by_role("button", name="Continue to Label ID").click()
    say_yes(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Set a password")
    assert provider.asked[-1]["prompt"] == "login"


def test_an_account_that_is_here_links_the_provider_and_unlinks_it(
    open_page: OpenPage, site: Site, provider: LoopbackProvider, problems: list[str]
):
    page = open_page()
    email = join(page, site)
    provider.person = {"sub": "b-2", "email": email, "email_verified": True, "name": "Noor Lind"}
    other = open_page()
    other.goto("/accounts/signup/")
    other.get_by_role("button", name="Sign up with Label ID").click()
    say_yes(other)
    expect(other.get_by_role("heading", level=1)).to_have_text("You have an account here already")
    other.get_by_role("link", name="Sign in and link Label ID").click()
    other.get_by_label("Email").fill(email)
    other.get_by_label("Password").fill(PASSWORD)
    other.get_by_role("button", name="Sign in", exact=True).click()
    other.get_by_role("button", name="Link Label ID account").click()
    confirm(other, PASSWORD)
    say_yes(other)
    expect(other.get_by_role("heading", level=1)).to_have_text("Label ID signs you in")

    page.goto("/notifications/")
    expect(page.get_by_role("main")).to_contain_text("You linked Label ID as a way to sign in.")
    other.get_by_role("button", name=f"Unlink {email}").click()
    expect(other.get_by_role("heading", level=1)).to_have_text("Label ID does not sign you in yet")
    problems.clear()  # the address that is known answers 409
