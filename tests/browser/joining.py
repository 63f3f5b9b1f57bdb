"""Becoming an account in the browser, by the mail that the installation printed."""

from __future__ import annotations

import re
import time
from itertools import count

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site

PASSWORD = "correct-horse-battery"
_numbers = count(1)


def mailed_link(site: Site, path: str, *, to: str) -> str:
    """The newest address below `path` in a mail that the installation printed; the worker sends them."""
    mail = rf"To: {re.escape(to)}\n(?s:.{{0,2000}}?)({re.escape(site.address + path)}\S+)"
    for _ in range(60):
        if found := re.findall(mail, site.installation.log.read_text(encoding="utf-8")):
            return str(found[-1])
        time.sleep(0.5)
    pytest.fail(f"no mail to {to} with {path}")


def join(page: Page, site: Site) -> str:
    """Signs somebody new up, opens the link of the mail, and answers the address."""
    email = f"newcomer-{next(_numbers)}@example.com"
    page.goto("/accounts/signup/")
    page.get_by_label("Your name").fill("Noor Lind")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Make an account").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your mail")
    page.goto(mailed_link(site, "/accounts/confirm-email/", to=email))
    page.get_by_role("button", name="Yes, it is mine").click()
    expect(page.get_by_role("link", name="Notifications")).to_be_visible()
    return email


def confirm(page: Page, password: str) -> None:
    """Gives the password again."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Confirm that it is you")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Go on").click()
