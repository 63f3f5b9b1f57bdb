"""`POST /api/v1/events`. Answers 202 with one result per item, after everything accepted is on disk."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from http import HTTPStatus
from wsgiref.types import StartResponse, WSGIEnvironment

from django.db import Error, close_old_connections

from backline.core import clock
from backline.listening.intake import MAX_EVENTS, ItemResult, TooManyEventsError, receive
from backline.listening.store import StoreBusyError, StoreError, StoreFullError
from backline.web.intake import body
from backline.web.intake.senders import NotAllowedError, sender
from backline.web.problem import CONTENT_TYPE, members

log = logging.getLogger("backline.intake")
AT_ONCE = 8
WAIT_S = 2.0
RETRY_AFTER = {"Retry-After": "2"}

CODES = {
    HTTPStatus.BAD_REQUEST: "broken_body",
    HTTPStatus.UNAUTHORIZED: "unauthorised",
    HTTPStatus.FORBIDDEN: "forbidden",
    HTTPStatus.METHOD_NOT_ALLOWED: "method_not_allowed",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "too_large",
    HTTPStatus.TOO_MANY_REQUESTS: "too_many_at_once",
    HTTPStatus.SERVICE_UNAVAILABLE: "unavailable",
    HTTPStatus.INSUFFICIENT_STORAGE: "full",
}

# Bodies of at most 1 MB, this many at a time: memory stays bounded whatever arrives.
_room = threading.BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True)
class Answer:
    """What goes back."""

    status: HTTPStatus
    content: dict[str, object]
    headers: dict[str, str] = field(default_factory=dict)


def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """The WSGI application."""
    answer = _answer(environ)
    content = json.dumps(answer.content, ensure_ascii=False, separators=(",", ":")).encode()
    plain = "application/json" if answer.status is HTTPStatus.ACCEPTED else CONTENT_TYPE
    headers = {"Content-Type": plain, "Content-Length": str(len(content)), "Cache-Control": "no-store"}
    start_response(f"{answer.status.value} {answer.status.phrase}", list((headers | answer.headers).items()))
    return [content]


def _answer(environ: WSGIEnvironment) -> Answer:
    if environ["REQUEST_METHOD"] != "POST":
        return _problem(HTTPStatus.METHOD_NOT_ALLOWED, "Events are posted.", {"Allow": "POST"})
    if not _room.acquire(timeout=WAIT_S):
        return _problem(HTTPStatus.TOO_MANY_REQUESTS, "Too many events at once; send again.", RETRY_AFTER)
    try:
        close_old_connections()
        return _take(environ)
    finally:
        close_old_connections()
        _room.release()


def _take(environ: WSGIEnvironment) -> Answer:
    now = clock.now()
    try:
        origin = sender(environ, now=now)
        results = receive(body.items(body.read(environ)), origin=origin, now=now)
    except NotAllowedError as refusal:
        headers = {"WWW-Authenticate": "Bearer"} if refusal.status == HTTPStatus.UNAUTHORIZED else {}
        return _problem(HTTPStatus(refusal.status), str(refusal), headers)
    except body.TooLargeError:
        return _problem(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"The body is larger than {body.MAX_BYTES} bytes."
        )
    except TooManyEventsError:
        return _problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"The batch has more than {MAX_EVENTS} events.")
    except body.BrokenBodyError as broken:
        place: dict[str, object] = {"line": broken.line, "column": broken.column}
        detail = f"{broken} (line {broken.line}, column {broken.column})"
        return _problem(HTTPStatus.BAD_REQUEST, detail, position=place)
    except StoreFullError:
        log.error("the listening store is full")
        return _problem(
            HTTPStatus.INSUFFICIENT_STORAGE, "There is no room left; nothing was stored.", RETRY_AFTER
        )
    except StoreBusyError:
        return _problem(HTTPStatus.SERVICE_UNAVAILABLE, "The store is busy; nothing was stored.", RETRY_AFTER)
    except (StoreError, Error):
        log.exception("intake failed")
        return _problem(HTTPStatus.SERVICE_UNAVAILABLE, "The store does not answer; send again.", RETRY_AFTER)
    return Answer(HTTPStatus.ACCEPTED, {"results": [_as_json(result) for result in results]})


def _as_json(result: ItemResult) -> dict[str, object]:
    shown: dict[str, object] = {"id": result.id, "status": result.status.value}
    for name in ("field", "reason", "detail"):
        if text := getattr(result, name):
            shown[name] = text
    return shown


def _problem(
    status: HTTPStatus, detail: str, headers: dict[str, str] | None = None, **extra: dict[str, object]
) -> Answer:
    return Answer(status, members(status, CODES[status], detail, **extra), headers or {})
