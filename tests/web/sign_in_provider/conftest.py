"""The provider, and walking to it and back as a browser would."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.test import Client

from tests.oidc_provider import LoopbackProvider, running


@pytest.fixture
def provider(settings: Any) -> Iterator[LoopbackProvider]:
    """A provider that the settings name."""
    with running() as provider:
        settings.OIDC = provider.client
        yield provider


def set_out(client: Client, **fields: str) -> dict[str, str]:
    """Presses the button; what the browser is sent to the provider with."""
    page = client.post("/accounts/oidc/login/", fields)
    assert page.status_code == 200, page.status_code
    address = page.content.decode().split('content="0; url=')[1].split('"')[0]
    return dict(parse_qsl(urlsplit(unescape(address)).query))


def come_back(client: Client, provider: LoopbackProvider, **fields: str) -> Any:
    """All the way: to the provider, where the person says yes, and back."""
    return client.get(back_at(provider, set_out(client, **fields)))


def back_at(provider: LoopbackProvider, query: dict[str, str]) -> str:
    """Path and query that the provider sends the browser back to."""
    parts = urlsplit(provider.come_back(query))
    return f"{parts.path}?{parts.query}"
