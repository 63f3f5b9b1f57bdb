"""A whole Backline of its own for the browser tests, Chromium, and people signed in to it."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from tests import oidc_provider
from tests.browser import chromium
from tests.oidc_provider import LoopbackProvider
from tests.people.resolver import resolver
from tests.processes import Installation, free_port

DESKTOP, PHONE = (1440, 900), (390, 844)
OpenPage = Callable[..., Page]


@dataclass(frozen=True)
class Site:
    """A running Backline with its demo world: its address, and the cast's sign-ins by first name.

    `records` are the TXT records of the only resolver that it asks, by name.
    """

    installation: Installation
    people: dict[str, dict[str, str]]
    records: dict[str, str]

    @property
    def address(self) -> str:
        return self.installation.address


@pytest.fixture(scope="session")
def provider() -> Iterator[LoopbackProvider]:
    """An identity provider on this machine, which the installation lets people sign in by."""
    with oidc_provider.running() as running:
        yield running


@pytest.fixture(scope="session")
def domain_records() -> Iterator[tuple[str, dict[str, str]]]:
    """A resolver on this machine: its `host:port`, and the TXT records that it knows."""
    records: dict[str, str] = {}
    with resolver(records) as address:
        yield address, records


@pytest.fixture(scope="session")
def site(
    tmp_path_factory: pytest.TempPathFactory,
    provider: LoopbackProvider,
    domain_records: tuple[str, dict[str, str]],
) -> Iterator[Site]:
    """The real process tree with a small demo world, in a data folder of its own."""
    dns, records = domain_records
    outside = {**provider.settings(), "BACKLINE_DNS_SERVER": dns}
    installation = Installation(tmp_path_factory.mktemp("site") / "data", free_port(), settings=outside)
    prepared = installation.backline("prepare", "--empty")
    assert prepared.returncode == 0, prepared.stderr
    built = installation.backline("demo", "build", "--small")
    assert built.returncode == 0, built.stderr
    signins = json.loads((installation.data / "demo-signins.json").read_text(encoding="utf-8"))
    with installation.running():
        yield Site(installation, {entry["name"].split()[0]: entry for entry in signins}, records)


@pytest.fixture(scope="session")
def streams(site: Site) -> None:
    """The worker has made all streams of the demo world."""
    for _ in range(90):
        if re.search(r"(\d+) of \1 steps", site.installation.backline("demo", "status").stdout):
            return
        time.sleep(1)
    pytest.fail("the worker did not make the streams")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium, without a window."""
    path = chromium.path()
    if path is None:
        pytest.skip("Chromium is not installed; on Debian: apt-get install chromium")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=chromium.FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def agent(browser: Browser) -> str:
    """What the browser calls itself with a window; without one it says so, and rightly counts as a robot."""
    with browser.new_page() as page:
        said: str = page.evaluate("navigator.userAgent")
    return said.replace("HeadlessChrome", "Chrome")


@pytest.fixture(scope="session")
def signed_in_state(
    site: Site, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Path]:
    """The cookies of somebody signed in through the page, by first name; each signs in once a session."""
    folder = tmp_path_factory.mktemp("cookies")

    def state(name: str) -> Path:
        path = folder / f"{name}.json"
        if not path.exists():
            with browser.new_context(base_url=site.address) as context:
                page = context.new_page()
                sign_in(page, site.people[name])
                context.storage_state(path=path)
        return path

    return state


@pytest.fixture
def problems() -> Iterator[list[str]]:
    """What the pages of the test complained about: script errors, missing files, refused scripts and styles."""
    found: list[str] = []
    yield found
    assert found == []


@pytest.fixture
def open_page(
    site: Site, browser: Browser, agent: str, signed_in_state: Callable[[str], Path], problems: list[str]
) -> Iterator[OpenPage]:
    """Opens a blank page: `open_page("Alice", size=PHONE, scheme="light")`; no name is a visitor."""
    with ExitStack() as contexts:

        def opened(
            name: str | None = None,
            *,
            size: tuple[int, int] = DESKTOP,
            scheme: Literal["dark", "light"] = "dark",
            bypass_csp: bool = False,
            address: str = "",
        ) -> Page:
            context = browser.new_context(
                base_url=address or site.address,
                viewport={"width": size[0], "height": size[1]},
                color_scheme=scheme,
                bypass_csp=bypass_csp,
                user_agent=agent,
                storage_state=signed_in_state(name) if name else None,
                reduced_motion="reduce",
            )
            page = contexts.enter_context(context).new_page()
            page.set_default_timeout(10_000)
            page.on("pageerror", lambda error: problems.append(str(error)))
            page.on("console", lambda said: note(page, said, problems))
            return page

        yield opened


REPLACED = ("htmx:afterRequest", "htmx:sendAbort")


def note(page: Page, said: ConsoleMessage, problems: list[str]) -> None:
    """Keeps an error of the console; that the page itself is a 404 is for the test to judge.

    A request that a newer one replaces (`hx-sync`) is aborted, which htmx tells as an error under these two names; one
    that fails for another reason has a third.
    """
    if said.type == "error" and said.location["url"] != page.url and not said.text.startswith(REPLACED):
        problems.append(f"{page.url}: {said.text} ({said.location['url']})")


def sign_in(page: Page, person: dict[str, str]) -> None:
    """Signs in as a person would."""
    page.goto("/accounts/login/")
    page.locator("input[type=email], input[name=login]").first.fill(person["email"])
    page.locator("input[type=password]").fill(person["password"])
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/dashboard/**")
