"""Asking the provider: JSON over HTTP, five seconds and 256 KB at most, no redirects."""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Mapping
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

LONGEST_S = 5.0
MOST_BYTES = 256 * 1024
BLOCK = 16 * 1024


class NoAnswer(Exception):
    """The provider gave no answer, or none that can be read; the text says why, for the log."""


class Untrusted(Exception):
    """What the provider, or somebody in its name, answered is not to be believed; the text says why, for the log."""


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *parts: Any, **named: Any) -> None:
        """Follows nothing: a redirect is an answer like any other that is not 200."""


_OPENER = build_opener(_Stay)


def ask(
    address: str, *, form: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """The JSON object behind an address of the provider; with `form` it is posted.

    Raises:
        NoAnswer: too slow, an error, or no JSON object.
    """
    body = urlencode(form).encode() if form is not None else None
    request = Request(address, data=body, headers={"Accept": "application/json", **(headers or {})})
    deadline = time.monotonic() + LONGEST_S
    try:
        with _OPENER.open(request, timeout=LONGEST_S) as answer:
            found = json.loads(_read(answer, deadline))
    except HTTPError as error:
        with error:
            raise NoAnswer(f"{_place(address)} answered {error.code}") from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise NoAnswer(f"{_place(address)}: {type(error).__name__}: {error}") from error
    if not isinstance(found, dict):
        raise NoAnswer(f"{_place(address)} answered no object")
    return found


def _read(answer: http.client.HTTPResponse, deadline: float) -> bytes:
    body = b""
    while block := answer.read1(BLOCK):
        body += block
        if len(body) > MOST_BYTES or time.monotonic() > deadline:
            raise TimeoutError("too much, or too slow")
    return body


def _place(address: str) -> str:
    """The address without its query, which may hold secrets."""
    return address.partition("?")[0]
