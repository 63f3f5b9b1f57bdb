"""The sandbox's hosted pages by hand: an artist fills in the form, a listener pays; axe finds nothing."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.sandbox import Sandbox, sandbox, sandbox_process  # noqa: F401
from tests.stripe_sandbox.world import price

pytestmark = pytest.mark.browser


def violations(page: Any) -> list[str]:
    return [found["id"] for found in Axe().run(page).response["violations"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_onboarding_checkout_portal_and_control(browser: Browser, sandbox: Sandbox, scheme: Any):  # noqa: F811
    page = browser.new_page(viewport={"width": 360, "height": 740}, color_scheme=scheme)
    client = sandbox.client
    account = sandbox.recipient(persona=None)
    there = {
        "refresh_url": f"{sandbox.url}/_sandbox/faults",
        "return_url": f"{sandbox.url}/_sandbox/accounts",
    }
    case: Any = {"type": "account_onboarding", "account_onboarding": there}
    page.goto(client.v2.core.account_links.create({"account": account, "use_case": case}).url)
    assert violations(page) == []
    page.get_by_label("An identity document is asked for").check()
    page.get_by_role("button", name="Agree and submit").click()
    expect(page).to_have_url(f"{sandbox.url}/_sandbox/accounts")
    expect(page.get_by_text("restricted, restricted")).to_be_visible()
    assert violations(page) == []
    plan = price(sandbox, "Plus", 900)
    session: Any = {
        "mode": "subscription", "line_items": [{"price": plan, "quantity": 1}], "customer_email": "lee@example.com",
        "success_url": f"{sandbox.url}/_sandbox/?paid={{CHECKOUT_SESSION_ID}}",
    }  # fmt: skip
    made = client.v1.checkout.sessions.create(session)
    page.goto(str(made.url))
    page.get_by_label("•••• 0002 is declined").check()
    page.get_by_role("button", name="Pay 9.00 EUR").click()
    expect(page.get_by_role("alert")).to_have_text("Your card was declined.")
    assert violations(page) == []
    page.get_by_label("•••• 4242 pays").check()
    page.get_by_role("button", name="Pay 9.00 EUR").click()
    expect(page).to_have_url(f"{sandbox.url}/_sandbox/?paid={made.id}")
    page.get_by_role("button", name="One month on").click()
    page.get_by_role("button", name="One day on").click()
    page.get_by_role("button", name="One day on").click()
    customer = client.v1.customers.list().data[0].id
    page.goto(client.v1.billing_portal.sessions.create({"customer": customer}).url)
    expect(page.get_by_role("row")).to_have_count(3)  # the heads and two invoices
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_text("Ends on")).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.close()
