"""Requests and answers of the HTTP server, as plain values."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs


@dataclass(frozen=True)
class Asked:
    """A request. Header names are in lower case."""

    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: bytes
    base_url: str

    def form(self) -> dict[str, str]:
        """The fields of a posted form or of the query, the last of each name."""
        text = self.body.decode("utf-8", "replace") if self.method == "POST" else self.query
        return {name: values[-1] for name, values in parse_qs(text, keep_blank_values=True).items()}


@dataclass
class Said:
    """An answer. `cut`: the connection is closed without it."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    cut: bool = False


def as_json(value: Any, status: int = 200) -> Said:
    """A JSON answer."""
    return Said(status, json.dumps(value).encode(), {"Content-Type": "application/json"})


def moved(address: str) -> Said:
    """Sends the browser elsewhere, by GET."""
    return Said(303, b"", {"Location": address})
