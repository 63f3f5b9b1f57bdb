"""The members of a problem (RFC 9457), the same for the API and for the intake in front of it."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

CONTENT_TYPE = "application/problem+json"


def members(status: int, code: str, detail: str, **more: Any) -> dict[str, Any]:
    """What a problem's body says: `code` is stable and for programs, `detail` a sentence for people."""
    return {
        "type": f"urn:backline:problem:{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": detail,
        **more,
    }
