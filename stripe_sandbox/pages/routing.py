"""The table of pages, and what a page's function works with."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from stripe_sandbox import clock
from stripe_sandbox.faults import Faults
from stripe_sandbox.request_log import RequestLog
from stripe_sandbox.routes import pattern_of
from stripe_sandbox.store import Store
from stripe_sandbox.web import Asked, Said
from stripe_sandbox.webhooks import Sender
from stripe_sandbox.world import World


@dataclass(frozen=True)
class Desk:
    """What pages may touch."""

    store: Store
    faults: Faults
    sender: Sender
    requests: RequestLog
    asked: Asked

    def world(self) -> World:
        """The world as of now; use it inside a transaction."""
        return World(self.store, clock.now(self.store), self.asked.base_url)


Page = Callable[..., Said]
PAGES: list[tuple[str, re.Pattern[str], Page]] = []


def page(method: str, path: str) -> Callable[[Page], Page]:
    """Shows an address by a function of the desk and what `{…}` stands for in the path."""
    pattern = pattern_of(path)

    def register(show: Page) -> Page:
        PAGES.append((method, pattern, show))
        return show

    return register
