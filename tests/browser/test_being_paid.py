"""From *Setup Required* to money at the bank, through Stripe's own pages, with every figure read on the way.

The pages, the worker's steps and the sandbox share one clock, which the test moves: three months in a minute.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from backline.core import clock
from backline.domain.currencies import parse_amount
from backline.money import actions
from backline.money.models import Earning, Statement
from backline.shop import actions as shop
from backline.shop.models import Invoice
from tests.browser.conftest import DESKTOP, sign_in
from tests.browser.test_accessibility import complaints
from tests.conftest import PASSWORD, Cast
from tests.money.paying import Paying, use_sandbox
from tests.money.world import Listening, World, fans
from tests.sandbox import Sandbox, sandbox, sandbox_process  # noqa: F401

pytestmark = pytest.mark.browser
FINANCES = "/dashboard/finances/?artist=marlo-vane"
FEBRUARY, LAST, SETTLES = date(2026, 2, 10), date(2026, 2, 28), date(2026, 3, 10)


@pytest.fixture(scope="module", autouse=True)
def _beside_the_browser() -> Iterator[None]:
    """The browser's loop runs in the thread that also reads the database."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield


@pytest.fixture
def paying(
    live_server: Any,
    cast: Cast,
    sandbox: Sandbox,  # noqa: F811
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> Paying:
    """The site and the sandbox know each other, and both live in February."""
    world = use_sandbox(settings, sandbox)
    settings.PUBLIC_URL = live_server.url
    policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    monkeypatch.setitem(policy, "form-action", [*policy["form-action"], sandbox.url])
    monkeypatch.setattr(clock, "now", lambda: world.now)
    return world


@pytest.fixture
def heard(paying: Paying, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> World:
    """A plan to subscribe to, and a beat of Marlo's that is heard every day."""
    plan = shop.create_plan("Studio", prices={"EUR": 12_000}, licences_a_month=None, now=paying.now)
    world = World(Listening().install(monkeypatch), plan, FEBRUARY)
    beat = world.beat(cast.marlo, on=FEBRUARY)
    for number in range((LAST - FEBRUARY).days + 1):
        world.listening.play(FEBRUARY + timedelta(days=number), beat, *fans())
    return world


@pytest.fixture
def pages(browser: Browser, agent: str, live_server: Any) -> Iterator[Any]:
    """Signs somebody in through the page: `pages("alice")`."""
    contexts = []

    def opened(name: str) -> Page:
        context = browser.new_context(
            base_url=live_server.url, viewport={"width": DESKTOP[0], "height": DESKTOP[1]},
            user_agent=agent, reduced_motion="reduce",
        )  # fmt: skip
        contexts.append(context)
        page: Page = context.new_page()
        page.set_default_timeout(20_000)
        sign_in(page, {"email": f"{name}@example.com", "password": PASSWORD})
        return page

    yield opened
    for context in contexts:
        context.close()


def prove_who(page: Page) -> None:
    """Gives the password once more where it is asked for."""
    if "/accounts/reauthenticate/" in page.url:
        page.fill("input[name=password]", PASSWORD)
        page.locator("main form button[type=submit]").first.click()


def card(page: Page, name: str) -> int:
    """The figure of a card of the overview, in cents."""
    figure = page.locator(".stat", has_text=name).locator("a[data-open=entries]").inner_text()
    return parse_amount(figure.removeprefix("€").replace(",", ""), "EUR")


def days_go_by(paying: Paying, world: World, *, until: date) -> None:
    """What the worker does of the pool, a day at a time."""
    while paying.now.date() < until:
        paying.pass_time(days=1)
        paying.look()
        world.listening.closed = paying.now.date() - timedelta(days=4)
        while actions.advance_pool(now=paying.now):
            pass


def set_up(page: Page, *, bank: str) -> None:
    """From *Setup Required* through the hosted form and back."""
    page.goto(FINANCES)
    expect(page.locator(".page-head")).to_contain_text("Setup Required")
    expect(page.locator("main")).to_contain_text("0 of 3 on")
    page.get_by_role("link", name="Connect Stripe Account").click()
    page.locator("dialog[open] select[name=country]").select_option("NL")
    page.get_by_role("button", name="Continue with this country").click()
    prove_who(page)
    page.wait_for_url(re.compile("/setup/"))
    page.locator(f"input[name=bank][value={bank}]").check()
    page.get_by_role("button", name="Agree and submit").click()
    page.wait_for_url(re.compile("/dashboard/finances/"))
    expect(page.locator(".page-head .badge")).to_have_text("Active")


def subscribe(page: Page, paying: Paying) -> Invoice:
    """Somebody pays for a plan on Stripe's page."""
    page.goto("/plans/")
    page.get_by_role("button", name="Choose Studio").click()
    page.wait_for_url(re.compile("/pay/"))
    page.get_by_role("button", name=re.compile("^Pay")).first.click()
    page.wait_for_url(re.compile("/plans/done/"))
    while actions.poll_events(now=paying.now):
        pass
    paying.look()
    return Invoice.objects.get()


def test_from_set_up_to_the_bank(paying: Paying, heard: World, cast: Cast, pages: Any, emptied_ledger: None):
    alice, lee = pages("alice"), pages("lee")
    set_up(alice, bank="closed")
    assert complaints(alice) == []
    invoice = subscribe(lee, paying)
    days_go_by(paying, heard, until=SETTLES)
    while actions.settle_due(now=paying.now) or actions.list_statements(now=paying.now):
        pass
    statement = Statement.objects.get(artist=cast.marlo)
    # All of the days from the 10th to the 28th are Marlo's: what was paid for them, to the cent.
    paid_for = invoice.plan_net_minor * 19 // (invoice.period_end - invoice.period_start).days
    assert abs(statement.earned_minor - paid_for) <= 19
    earned = statement.earned_minor

    alice.goto(FINANCES)
    assert (card(alice, "Balance"), card(alice, "Lifetime")) == (earned, 0)
    alice.locator("table.tx .text-btn").first.click()
    drawer = alice.locator("dialog#how[open]")
    expect(drawer).to_contain_text("It adds up.")
    micro = drawer.locator("tfoot td").nth(3).inner_text().replace(",", "")
    assert int(micro) == statement.micro_units
    drawer.get_by_role("link", name="Open statement").click()
    expect(alice.locator(".sheet")).to_contain_text("Together")
    assert complaints(alice) == []

    paying.work()  # queues the transfer and sends it
    alice.goto(FINANCES)
    assert (card(alice, "Balance"), card(alice, "In Transit")) == (0, earned)
    paying.pass_time(days=4)
    paying.look()
    alice.goto(FINANCES)
    expect(alice.locator("main")).to_contain_text("Your bank returned")
    assert (card(alice, "Balance"), card(alice, "In Transit"), card(alice, "Lifetime")) == (earned, 0, 0)
    expect(alice.locator("table.tx .badge").first).to_have_text("Failed")

    # Stripe pays nothing out to an account without a bank: it is to be repaired first.
    expect(alice.locator(".page-head .badge")).to_have_text("Setup Required")
    alice.get_by_role("button", name="Continue on Stripe").click()
    prove_who(alice)
    alice.wait_for_url(re.compile("/setup/"))
    alice.locator("input[name=bank][value=fine]").check()
    alice.get_by_role("button", name="Save bank account").click()
    alice.wait_for_url(re.compile("/dashboard/finances/"))
    for _ in range(8):
        paying.pass_time(days=1)
        paying.look()
        paying.work()
    alice.goto(FINANCES)
    assert (card(alice, "Balance"), card(alice, "In Transit"), card(alice, "Lifetime")) == (0, 0, earned)
    expect(alice.locator("table.tx .badge").first).to_have_text("Paid")
    assert sum(row.amount_minor for row in Earning.objects.filter(place="bank")) == earned
