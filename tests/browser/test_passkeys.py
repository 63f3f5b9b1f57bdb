"""Signing in with a passkey, by the browser's virtual authenticator; passkeys belong to a name, so on localhost."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, Site, sign_in

pytestmark = pytest.mark.browser

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def with_authenticator(page: Page) -> None:
    """Gives the page's browser a passkey holder that always says yes."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})


def test_a_passkey_is_added_signs_in_alone_and_confirms(open_page: OpenPage, site: Site):
    page = open_page(None, address=site.address.replace("127.0.0.1", "localhost"))
    with_authenticator(page)
    sign_in(page, site.people["Charlie"])
    page.goto("/accounts/2fa/")
    expect(page.get_by_role("heading", level=1)).to_have_text("A password alone protects your account")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Password").fill(site.people["Charlie"]["password"])
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Passwordless").check()
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Keep these codes in a safe place")
    page.get_by_role("link", name="I have kept them").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your account asks for a second factor")

    page.goto("/accounts/logout/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.goto("/accounts/login/?next=/settings/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Two factors protect your account")

    page.goto("/accounts/2fa/webauthn/")
    page.get_by_role("link", name="Remove").click()
    page.get_by_role("link", name="Use a security key").click()
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_role("main").get_by_role("button", name="Remove").click()
    page.goto("/accounts/2fa/")
    expect(page.get_by_role("heading", level=1)).to_have_text("A password alone protects your account")
