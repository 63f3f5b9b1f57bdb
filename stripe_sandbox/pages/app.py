"""Answers everything that is not the API: finds the page, refuses what other sites send, says what is not there."""

from __future__ import annotations

from urllib.parse import urlsplit

import stripe_sandbox.pages.all_pages  # noqa: F401 - fills the table of pages
from stripe_sandbox.errors import Problem
from stripe_sandbox.faults import Faults
from stripe_sandbox.pages.html import document, text
from stripe_sandbox.pages.routing import PAGES, Desk
from stripe_sandbox.request_log import RequestLog
from stripe_sandbox.store import Store
from stripe_sandbox.web import Asked, Said, as_json
from stripe_sandbox.webhooks import Sender

THIS_MACHINE = ("127.0.0.1", "localhost", "::1")


class Pages:
    """The pages over one store."""

    def __init__(self, store: Store, faults: Faults, sender: Sender, requests: RequestLog) -> None:
        self._tools = store, faults, sender, requests

    def __call__(self, asked: Asked) -> Said:
        """The page at an address."""
        if urlsplit(asked.base_url).hostname not in THIS_MACHINE:
            # A name that somebody else points to this machine would make another site's page one of ours.
            return as_json(
                {"error": {"message": "The sandbox is asked by 127.0.0.1 or localhost only."}}, 421
            )
        if asked.method == "POST" and not _from_here(asked):
            return as_json({"error": {"message": "This form was sent from another site."}}, 403)
        for method, pattern, show in PAGES:
            if method == asked.method and (match := pattern.fullmatch(asked.path)):
                try:
                    return show(Desk(*self._tools, asked), **match.groupdict())
                except (Problem, ValueError, LookupError) as problem:
                    return _refusal(asked, problem)
        return document("Nothing here", text("There is no such page in the sandbox."), status=404)


def _from_here(asked: Asked) -> bool:
    """Whether a browser sent the form from one of these pages; programs send no Origin."""
    origin = asked.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == asked.headers.get("host")


def _refusal(asked: Asked, problem: Exception) -> Said:
    message = problem.message if isinstance(problem, Problem) else str(problem)
    if asked.path.startswith("/_sandbox/api/"):
        return as_json({"error": {"message": message}}, 400)
    return document("That did not work", text(message), status=400)
