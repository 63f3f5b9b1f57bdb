"""Asking the media application without a server."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlsplit
from wsgiref.util import setup_testing_defaults

from backline.web.media.app import application


@dataclass
class Answer:
    """What came back."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    blocks: list[bytes] = field(default_factory=list)

    @property
    def body(self) -> bytes:
        return b"".join(self.blocks)


def get(address: str, *, method: str = "GET", **headers: str) -> Answer:
    """The whole answer; `headers` by name, such as `range` or `if_none_match`."""
    parts = urlsplit(address)
    environ: dict[str, Any] = {f"HTTP_{name.upper()}": value for name, value in headers.items()}
    environ |= {"REQUEST_METHOD": method, "PATH_INFO": unquote(parts.path), "QUERY_STRING": parts.query}
    setup_testing_defaults(environ)
    answer = Answer()

    def start_response(
        status: str, given: list[tuple[str, str]], _error: object = None
    ) -> Callable[[bytes], object]:
        answer.status, answer.headers = int(status[:3]), dict(given)
        return answer.blocks.append

    result = application(environ, start_response)
    answer.blocks.extend(result)
    if hasattr(result, "close"):
        result.close()
    return answer
