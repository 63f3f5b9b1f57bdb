"""axe finds nothing to complain about on any page, dark and light, wide and narrow."""

from __future__ import annotations

from itertools import product
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import DESKTOP, PHONE, OpenPage

pytestmark = pytest.mark.browser

PAGES = [
    (None, "/"),
    (None, "/accounts/login/"),
    (None, "/accounts/signup/"),
    (None, "/accounts/password/reset/"),
    (None, "/@marlo-vane/"),
    (None, "beat"),
    (None, "/no/such/page/"),
    ("Lee", "/dashboard/"),
    ("Lee", "/program/"),
    ("Lee", "/settings/"),
    ("Lee", "beat"),
    ("Alice", "/dashboard/"),
    ("Alice", "/dashboard/activity/"),
    ("Alice", "/dashboard/finances/"),
    ("Alice", "/dashboard/finances/statements/"),
    ("Alice", "/dashboard/finances/years/"),
    ("Alice", "/dashboard/progress/"),
    ("Alice", "/dashboard/leaderboards/"),
    ("Bob", "/dashboard/leaderboards/?board=plays&period=all"),
    ("Alice", "/settings/leaderboards/"),
    ("Alice", "/dashboard/beats/"),
    ("Alice", "/dashboard/collections/"),
    ("Alice", "/backstage/collections/new/"),
    ("Alice", "collection form"),
    ("Alice", "/backstage/upload/"),
    ("Alice", "beat form"),
    ("Alice", "beat history"),
    ("Alice", "/backstage/trash/"),
    ("Alice", "beat receipts"),
    ("Alice", "/settings/"),
    ("Alice", "/styleguide/"),
    ("Dana", "/staff/settlements/"),
    ("Dana", "/staff/buckets/"),
    ("Dana", "/staff/holds/"),
    ("Dana", "/staff/simulator/"),
    ("Dana", "/staff/ledger/"),
    ("Dana", "/staff/reconciliation/"),
    (None, "/help/rewards/"),
    (None, "/help/numbers/"),
    (None, "/help/"),
    (None, "/help/glossary/"),
    (None, "/terms/"),
    (None, "/@marlo-vane/?tab=about"),
    ("Alice", "/accounts/2fa/"),
    ("Alice", "/accounts/sessions/"),
    ("Alice", "/notifications/"),
    ("Alice", "/notifications/settings/"),
    ("Alice", "/backstage/members/"),
    ("Alice", "/backstage/profile/"),
    ("Alice", "/program/claim/?q=marlo"),
    ("Alice", "/help/support/"),
    ("Alice", "/settings/data/"),
    ("Dana", "/staff/applications/?state=approved"),
    ("Dana", "/staff/support/"),
    ("Dana", "/staff/people/"),
    ("Dana", "/staff/platform/"),
    ("Alice", "/accounts/email/"),
    (None, "/plans/"),
    ("Alice", "/backstage/search/?q=tide"),
]

# Style sheets need not be fetched again: no rule that looks into them is asked for.
OPTIONS = {"resultTypes": ["violations"], "preload": False}

SCHEMES: tuple[Literal["dark", "light"], ...] = ("dark", "light")


def complaints(page: Page) -> list[str]:
    """What axe found: the rule, and the first element that breaks it."""
    found = Axe().run(page, options=OPTIONS).response["violations"]
    return [f"{rule['id']}: {rule['nodes'][0]['html'][:160]}" for rule in found]


def go(page: Page, place: str) -> None:
    """Opens an address; `beat`, `beat form`, `beat receipts`, `beat history` are of Alice's first beat.

    `collection form` is that of its first collection.
    """
    if place == "collection form":
        page.goto("/dashboard/collections/")
        place = (
            page.locator('main a[href^="/backstage/collections/"][aria-label^="Edit"]').first.get_attribute(
                "href"
            )
            or ""
        )
    page.goto("/@marlo-vane/" if place.startswith("beat") else place)
    if place.startswith("beat"):
        address = page.locator('main a[href^="/beats/"]').first.get_attribute("href")
        assert address is not None
        number = address.removeprefix("/beats/").split("-")[0]
        backstage = f"/backstage/beats/{number}/"
        more = {"beat receipts": f"{backstage}receipts/", "beat history": f"{backstage}history/"}
        page.goto({"beat": address, "beat form": backstage, **more}[place])
    page.wait_for_load_state("load")


@pytest.mark.parametrize(
    ("person", "place"), PAGES, ids=[f"{who or 'visitor'} {place}" for who, place in PAGES]
)
def test_no_violation(open_page: OpenPage, person: str | None, place: str):
    page = open_page(person, bypass_csp=True)  # axe tries inline styles, which our policy rightly refuses
    go(page, place)
    found = {}
    for (width, height), scheme in product((DESKTOP, PHONE), SCHEMES):
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)
        found[f"{width} {scheme}"] = complaints(page)
    assert {where: said for where, said in found.items() if said} == {}


@pytest.mark.parametrize(
    ("person", "place"), PAGES, ids=[f"{who or 'visitor'} {place}" for who, place in PAGES]
)
def test_no_page_scrolls_sideways(open_page: OpenPage, person: str | None, place: str):
    page = open_page(person)
    go(page, place)
    too_wide = []
    for width in (1600, DESKTOP[0], 1024, 768, PHONE[0], 360):
        page.set_viewport_size({"width": width, "height": 800})
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            too_wide.append(width)
    assert too_wide == []
