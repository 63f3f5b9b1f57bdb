"""What people send has no characters that no page may hold: controls, and halves of characters."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict

# What XML and HTML forbid in text. PostgreSQL keeps no NUL either, and a half of a pair cannot be written as UTF-8.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def clean(sent: QueryDict) -> QueryDict:
    """The same fields without such characters; what has none comes back as it is."""
    if not any(FORBIDDEN.search(value) for _, values in sent.lists() for value in values):
        return sent
    cleaned = QueryDict(mutable=True, encoding=sent.encoding)
    for name, values in sent.lists():
        cleaned.setlist(name, [FORBIDDEN.sub("", value) for value in values])
    cleaned._mutable = False
    return cleaned


def clean_object(body: bytes) -> dict[str, Any] | None:
    """The JSON object of a body, its members' texts without such characters; None for anything else."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict):
        return None
    return {name: FORBIDDEN.sub("", each) if isinstance(each, str) else each for name, each in found.items()}


class CleanTextMiddleware:
    """Cleans the address's query, and a form when a view reads it, not before: a view may refuse without reading."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        load = request._load_post_and_files

        def load_clean() -> None:
            load()
            request._post = clean(request._post)  # type: ignore[attr-defined]

        request._load_post_and_files = load_clean  # type: ignore[method-assign]
        request.GET = clean(request.GET)  # type: ignore[assignment]
        return self.get_response(request)
