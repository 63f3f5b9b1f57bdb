"""Events: what Stripe says has happened. Their content is never taken for true; they name what to look at again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from backline.integrations.stripe.accounts import instant
from backline.integrations.stripe.client import Credentials, client, plain
from backline.integrations.stripe.errors import speaking
from backline.integrations.stripe.transfers import PAGE, moment


@dataclass(frozen=True)
class Event:
    """An event reduced to what it is about. `account` is the connected account it happened on, if any."""

    id: str
    kind: str
    subject: str
    account: str
    at: datetime


def events_since(to: Credentials, since: datetime) -> list[Event]:
    """Events of version 1 on the platform itself since then, oldest first. Raises StripeProblem."""
    params: Any = {"limit": PAGE, "created": {"gte": int(since.timestamp())}}
    with speaking():
        rows = client(to).v1.events.list(params).auto_paging_iter()
        found = [event_of(plain(row)) for row in rows]
    return found[::-1]


def account_events_since(to: Credentials, since: datetime) -> list[Event]:
    """Events of version 2, about connected accounts, since then, oldest first. Raises StripeProblem."""
    params: Any = {"limit": PAGE, "created": {"gte": since.strftime("%Y-%m-%dT%H:%M:%SZ")}}
    with speaking():
        rows = client(to).v2.core.events.list(params).auto_paging_iter()
        found = [event_of(plain(row)) for row in rows]
    return sorted(found, key=lambda event: (event.at, event.id))


def event_of(raw: dict[str, Any]) -> Event:
    """An event of either version.

    Raises:
        KeyError, TypeError, ValueError: it is none.
    """
    if raw["object"] == "v2.core.event":
        subject = raw.get("related_object") or {}
        return Event(
            raw["id"], raw["type"], subject.get("id") or "", raw.get("context") or "", instant(raw["created"])
        )
    if raw["object"] != "event":
        raise ValueError("this is no event")
    subject = raw["data"]["object"]
    return Event(
        raw["id"], raw["type"], subject.get("id") or "", raw.get("account") or "", moment(raw["created"])
    )
