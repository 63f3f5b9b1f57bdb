"""The description of event intake, which `web/intake` answers in front of Django."""

from __future__ import annotations

from typing import Any

from backline.listening.intake import MAX_EVENTS
from backline.listening.parse import SOURCES

Node = dict[str, Any]

_TEXT: Node = {"type": "string"}
_NUMBER: Node = {"type": "integer", "minimum": 1}
_ID: Node = {
    "type": "string",
    "format": "uuid",
    "description": "Made by the sender; a repeat changes nothing.",
}
_INSTANT: Node = {"type": "string", "format": "date-time"}
_LISTENER: Node = {"type": ["string", "null"], "description": "The platform's own name for the listener."}


def _shape(kind: str, required: list[str], **properties: Node) -> Node:
    return {
        "type": "object",
        "required": ["id", "type", *required],
        "properties": {"id": _ID, "type": {"const": kind}, **properties},
    }


_LISTEN = _shape(
    "listen",
    ["beat", "heard"],
    beat=_NUMBER,
    listener=_LISTENER,
    started_at=_INSTANT,
    heard={
        "type": "array",
        "maxItems": 50,
        "description": "Played intervals [from, to) in seconds.",
        "items": {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2},
    },
    final={"type": "boolean"},
    source={"type": "string", "description": f"{', '.join(sorted(SOURCES))}, or external:host."},
    ticket={"type": "string", "description": "From the player; back ends send a token instead."},
    agent=_TEXT,
    address=_TEXT,
)
_DOWNLOAD = _shape(
    "download",
    ["beat", "at"],
    beat=_NUMBER,
    listener=_LISTENER,
    at=_INSTANT,
    licence={"type": "object", "properties": {"type": _TEXT, "url": {"type": "string", "format": "uri"}}},
    address=_TEXT,
)
_IMPRESSIONS = _shape("impressions", ["beats"], beats={"type": "array", "maxItems": 50, "items": _NUMBER})
_LIKE = _shape("like", ["beat"], beat=_NUMBER, listener=_LISTENER)
_FOLLOW = _shape("follow", ["artist"], artist={"type": ["integer", "string"]}, listener=_LISTENER)
_RESULT: Node = {
    "type": "object",
    "required": ["id", "status"],
    "properties": {
        "id": {"type": ["string", "null"]},
        "status": {"enum": ["accepted", "duplicate", "late", "invalid"]},
        "field": _TEXT,
        "reason": _TEXT,
        "detail": _TEXT,
    },
}

EVENTS_SCHEMAS: Node = {
    "Event": {"oneOf": [_LISTEN, _DOWNLOAD, _IMPRESSIONS, _LIKE, _FOLLOW]},
    "EventResults": {
        "type": "object",
        "required": ["results"],
        "properties": {"results": {"type": "array", "items": _RESULT}},
    },
}


def _answers(statuses: dict[str, str]) -> Node:
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemOut"}}}
    return {status: {"description": text, "content": problem} for status, text in statuses.items()}


EVENTS_PATH: Node = {
    "/api/v1/events": {
        "post": {
            "operationId": "post_events",
            "summary": "Report events",
            "description": (
                "Listens, downloads, impressions, likes and follows, from the player (with a ticket) or from a "
                "platform's back end (token with the scope events:write). A JSON array, or one JSON object a line. "
                "The answer comes after everything accepted is on disk, one result for each item in order."
            ),
            "tags": ["Events"],
            "security": [{}, {"BearerToken": []}],
            "requestBody": {
                "required": True,
                "content": {
                    "application/json": {
                        "schema": {
                            "type": "array",
                            "maxItems": MAX_EVENTS,
                            "items": {"$ref": "#/components/schemas/Event"},
                        }
                    },
                    "application/x-ndjson": {"schema": {"$ref": "#/components/schemas/Event"}},
                },
            },
            "responses": {
                "202": {
                    "description": "Accepted",
                    "content": {
                        "application/json": {"schema": {"$ref": "#/components/schemas/EventResults"}}
                    },
                },
                **_answers(
                    {
                        "400": "The body is not JSON; `position` says where.",
                        "401": "The token is not valid.",
                        "403": "The token lacks the scope.",
                        "413": f"More than 1 MB or {MAX_EVENTS} events.",
                        "415": "The body is packed in another way than gzip.",
                        "429": "Too many at once; `Retry-After` says when to send again.",
                        "503": "The store is busy or away; nothing was stored, send again.",
                        "507": "The disk is full; nothing was stored, send again.",
                    }
                ),
            },
        }
    }
}
