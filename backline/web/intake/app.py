"""`POST /api/v1/events`. Answers 202 with one result per item, after everything accepted is on disk."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from http import HTTPStatus
from wsgiref.types import StartResponse, WSGIEnvironment

from django.db import Error, close_old_connections

from backline.core import clock
from backline.listening.intake import MAX_EVENTS, ItemResult, TooManyEventsError, receive
from backline.listening.store import StoreBusyError, StoreError, StoreFullError
from backline.listening.store.group import QueueFullError
from backline.web.intake import body
from backline.web.intake.room import NoRoomError, Room
from backline.web.intake.senders import NotAllowedError, sender
from backline.web.problem import CONTENT_TYPE, members

log = logging.getLogger("backline.intake")
RETRY_AFTER = {"Retry-After": "2"}
ENCODINGS = {"Accept-Encoding": "gzip"}

CODES = {
    HTTPStatus.BAD_REQUEST: "broken_body",
    HTTPStatus.UNAUTHORIZED: "unauthorised",
    HTTPStatus.FORBIDDEN: "forbidden",
    HTTPStatus.METHOD_NOT_ALLOWED: "method_not_allowed",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "too_large",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "unsupported_encoding",
    HTTPStatus.TOO_MANY_REQUESTS: "too_many_at_once",
    HTTPStatus.SERVICE_UNAVAILABLE: "unavailable",
    HTTPStatus.INSUFFICIENT_STORAGE: "full",
}

# Four of a process's sixteen threads are left for pages; a decoded body takes up to thirty times its size.
_room = Room(requests=12, size=4 * body.MAX_BYTES, wait_s=2.0, stalled_s=1.0)


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
    try:
        # Room comes first: who sends slowly holds a place here, and never a thread that pages need.
        with _room.take(body.most(environ)):
            return _take(environ, body.read(environ))
    except body.TooLargeError:
        return _problem(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"The body is larger than {body.MAX_BYTES} bytes."
        )
    except body.EncodingError:
        return _problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "Send the body plain, or with gzip.", ENCODINGS)
    except (NoRoomError, QueueFullError):
        return _problem(HTTPStatus.TOO_MANY_REQUESTS, "Too many events at once; send again.", RETRY_AFTER)


def _take(environ: WSGIEnvironment, content: bytes) -> Answer:
    close_old_connections()
    now = clock.now()
    try:
        origin = sender(environ, now=now)
        results = receive(body.items(content), origin=origin, now=now)
    except NotAllowedError as refusal:
        headers = {"WWW-Authenticate": "Bearer"} if refusal.status == HTTPStatus.UNAUTHORIZED else {}
        return _problem(HTTPStatus(refusal.status), str(refusal), headers)
    except TooManyEventsError:
        return _problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"The batch has more than {MAX_EVENTS} events.")
    except body.BrokenBodyError as broken:
        place: dict[str, object] = {"line": broken.line, "column": broken.column}
        detail = f"{broken} (line {broken.line}, column {broken.column})"
        return _problem(HTTPStatus.BAD_REQUEST, detail, position=place)
    except QueueFullError:
        raise
    except (StoreError, Error) as error:
        return _store_trouble(error)
    finally:
        close_old_connections()
    return Answer(HTTPStatus.ACCEPTED, {"results": [_as_json(result) for result in results]})


def _store_trouble(error: Exception) -> Answer:
    """Nothing was stored; the same batch may be sent again."""
    # Likes and follows go into Django's database, which says it in words.
    if isinstance(error, StoreFullError) or "disk is full" in str(error) or "No space left" in str(error):
        log.error("there is no room left for events")
        return _problem(
            HTTPStatus.INSUFFICIENT_STORAGE, "There is no room left; nothing was stored.", RETRY_AFTER
        )
    if isinstance(error, StoreBusyError):
        return _problem(HTTPStatus.SERVICE_UNAVAILABLE, "The store is busy; nothing was stored.", RETRY_AFTER)
    log.error("intake failed", exc_info=error)
    return _problem(HTTPStatus.SERVICE_UNAVAILABLE, "The store does not answer; send again.", RETRY_AFTER)


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
