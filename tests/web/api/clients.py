"""Clients of the API with a token."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.test import Client

from backline.people.actions import issue_token
from backline.people.models import Account, Artist

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
ALL = ("read", "catalog:write")


def api(
    account: Account,
    *,
    scopes: Iterable[str] = ALL,
    artists: Iterable[Artist] = (),
    lasts: timedelta | None = None,
) -> Client:
    """A client whose requests carry a new token of the account."""
    expires_at = LONG_AGO + lasts if lasts else None
    _, text = issue_token(
        account, name="t", scopes=scopes, artists=artists, now=LONG_AGO, expires_at=expires_at
    )
    return Client(headers={"Authorization": f"Bearer {text}"})


def problem(answer: Any) -> tuple[int, str]:
    """Status and code of an answer that must be a problem+json."""
    assert answer["Content-Type"] == "application/problem+json"
    body = answer.json()
    assert body["status"] == answer.status_code and body["detail"] and body["title"] and body["type"]
    return answer.status_code, body["code"]
