"""A sender of pieces, as the page's script is one."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from django.test import Client

BEGIN = "/backstage/uploads/"


@dataclass
class Sender:
    """Sends one file in pieces through a test client."""

    client: Client
    content: bytes
    begin_at: str = BEGIN
    headers: dict[str, str] = field(default_factory=dict)
    address: str = ""

    def begin(self, name: str = "take.wav", **more: Any) -> Any:
        said = {"name": name, "size": len(self.content), **more}
        answer: Any = self.client.post(
            self.begin_at, json.dumps(said), content_type="application/json", headers=self.headers
        )
        self.address = answer.headers.get("Location", self.address)
        return answer

    def piece(self, offset: int, size: int | None = None, **headers: str) -> Any:
        """Sends `size` bytes from `offset` on, by default all the rest."""
        end = len(self.content) if size is None else offset + size
        return self.raw(offset, self.content[offset:end], **headers)

    def raw(self, offset: int | str, content: bytes, **headers: str) -> Any:
        sent = {"Upload-Offset": str(offset), **self.headers, **headers}
        return self.client.patch(self.address, content, content_type="application/octet-stream", headers=sent)

    def offset(self) -> int:
        """Which byte the server wants."""
        answer = self.client.head(self.address, headers=self.headers)
        return int(answer.headers["Upload-Offset"])

    def finish(self) -> Any:
        return self.client.post(f"{self.address}/finish", headers=self.headers)

    def whole(self, name: str = "take.wav", **more: Any) -> Any:
        """The file from beginning to end."""
        begun = self.begin(name, **more)
        if begun.status_code not in (200, 201):
            return begun
        self.piece(0)
        return self.finish()
