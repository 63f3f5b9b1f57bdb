"""One request straight to the application, and what it answers."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from backline.people import actions as people
from backline.people.models import Token
from backline.web.intake import app as intake
from tests.listening.world import BROWSER


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    content: Any


def post(content: bytes | str | object, *, cookies: str = "", token: str = "", **environ: Any) -> Answer:
    """One request straight to the application."""
    raw = (
        content
        if isinstance(content, bytes)
        else (content if isinstance(content, str) else json.dumps(content)).encode()
    )
    request = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/api/v1/events",
        "HTTP_HOST": "127.0.0.1:8000",
        "REMOTE_ADDR": "203.0.113.7",
        "HTTP_USER_AGENT": BROWSER,
        "CONTENT_LENGTH": str(len(raw)),
        "wsgi.input": io.BytesIO(raw),
    }
    if cookies:
        request["HTTP_COOKIE"] = cookies
    if token:
        request["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    seen: list[Any] = []
    parts = intake.application(request | environ, lambda status, headers: seen.append((status, headers)))  # type: ignore[arg-type]
    [(status, headers)] = seen
    return Answer(int(status[:3]), dict(headers), json.loads(b"".join(parts)))


def make_token(account: Any, *, now: datetime, **changes: Any) -> str:
    scopes = changes.pop("scopes", [Token.Scope.EVENTS_WRITE])
    _, text = people.issue_token(account, name="platform", scopes=scopes, now=now, **changes)
    return text


def statuses(answer: Answer) -> list[str]:
    assert answer.status == 202, answer.content
    return [result["status"] for result in answer.content["results"]]
