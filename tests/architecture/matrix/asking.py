"""Everybody with a key in the hand, and one request at a time whose writes are taken back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from http.cookies import SimpleCookie
from typing import Any
from unittest.mock import patch

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from jinja2 import Template

from backline.people.actions import issue_token
from backline.people.models import Account
from tests.architecture.matrix.table import METHODS, PEOPLE, Row, letter, line_of
from tests.architecture.matrix.world import Places
from tests.conftest import Cast
from tests.web.signed_in import just_signed_in

BOTH = ("read", "catalog:write")
CSRF = "a" * 32
FORM = "application/x-www-form-urlencoded"


class Asker:
    """Sends each request as one of the people or with one of the tokens."""

    def __init__(self, cast: Cast, places: Places, now: datetime) -> None:
        self.places = places
        self.client = Client(enforce_csrf_checks=True, raise_request_exception=False)
        self.cookies = {name: self._session(cast, name) for name in PEOPLE}
        self.tokens = _tokens(cast, now)

    def _session(self, cast: Cast, name: str) -> str:
        client = Client() if name == "visitor" else just_signed_in(cast, name)
        morsel = client.cookies.get(settings.SESSION_COOKIE_NAME)
        return morsel.value if morsel else ""

    def answered(self, row: Row) -> str:
        """The table's line of this address, as it is answered now."""
        address = row.address.format(**self.places)
        said = {method: "".join(self.one(method, address, who) for who in row.askers) for method in METHODS}
        return line_of(row, said)

    def one(self, method: str, address: str, who: str) -> str:
        """One cell: a request whose writes are taken back, with a valid CSRF token. Its query is its form."""
        cache.clear()
        body = address.partition("?")[2].encode() if method == "POST" else b""
        with transaction.atomic():
            response = self.send(method, address, who, body=body)
            response.close()
            transaction.set_rollback(True)
        return letter(response.status_code, response.headers.get("Location", ""))

    def send(
        self, method: str, address: str, who: str, *, body: bytes = b"", kind: str = FORM, token: bool = True
    ) -> Any:
        """The answer to one of the people; `token` sends the CSRF token along, as a field where it is a form's."""
        session = self.cookies.get("alice" if who == "cookie" else who, "")
        self.client.cookies = SimpleCookie({settings.CSRF_COOKIE_NAME: CSRF})
        if session:
            self.client.cookies[settings.SESSION_COOKIE_NAME] = session
        headers = {"X-CSRFToken": CSRF} if token else {}
        if bearer := self.tokens.get(who):
            headers["Authorization"] = f"Bearer {bearer}"
        if method == "HEAD":  # its answer has no body, so none is made
            with patch.object(Template, "render", lambda *_args, **_kwargs: ""):
                return self.client.head(address, headers=headers)
        if method == "POST" and kind == FORM and token:
            body += f"&csrfmiddlewaretoken={CSRF}".encode()  # a form is never quite empty
        answer: Any = self.client.generic(method, address, body, content_type=kind, headers=headers)
        return answer


def _tokens(cast: Cast, now: datetime) -> Mapping[str, str]:
    def token(account: Account, *scopes: str, expires_at: datetime | None = None) -> str:
        return issue_token(account, name="t", scopes=scopes, now=now, expires_at=expires_at)[1]

    return {
        "expired": token(cast.alice, *BOTH, expires_at=now - timedelta(seconds=1)),
        "other": token(cast.charlie, *BOTH),
        "read": token(cast.alice, "read"),
        "write": token(cast.alice, *BOTH),
        "manager": token(cast.bob, *BOTH),
        "analyst": token(cast.ada, *BOTH),
    }
