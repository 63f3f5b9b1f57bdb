"""What a handler works with: the store, the time, who asks; reading and writing objects, and telling of them.

Accounts: "" is the platform, otherwise the id of a connected account.
"""

from __future__ import annotations

import json
import secrets
import string
from dataclasses import dataclass, field
from typing import Any

from stripe_sandbox import clock
from stripe_sandbox.errors import Json, missing
from stripe_sandbox.shapes import blank
from stripe_sandbox.store import Store

LETTERS = string.ascii_letters + string.digits
API_VERSION = "2026-10-28.endive"


def new_id(prefix: str, size: int = 24) -> str:
    """An id as Stripe's look."""
    return f"{prefix}_1S{''.join(secrets.choice(LETTERS) for _ in range(size - 2))}"


def condition(kind: str, account: str | None, fields: Json) -> tuple[str, list[Any]]:
    """What finds objects of a kind by SQL, and its values; `a__b` is the field b inside a, None filters by nothing."""
    where, values = "kind = ?", [kind]
    if account is not None:
        where, values = where + " and account = ?", [*values, account]
    for name, value in fields.items():
        if value is not None:
            path = "$." + name.replace("__", ".")
            where, values = where + f" and json_extract(body, '{path}') = ?", [*values, value]
    return where, values


@dataclass
class World:
    """One request, or one step of the clock, inside one transaction of the store."""

    store: Store
    now: int
    base_url: str = ""
    account: str = ""
    """The account that the request is made for: the `Stripe-Account` header."""
    request_id: str | None = None
    key: str | None = None
    """The request's idempotency key."""
    quiet: bool = False
    """Whether no events are made: for a past that is written down at once."""
    given: dict[str, str] = field(default_factory=dict)
    """Ids that the next new objects shall have, by their prefix."""

    def new_id(self, prefix: str, size: int = 24) -> str:
        """The id of a new object."""
        return self.given.pop(prefix, None) or new_id(prefix, size)

    def get(self, kind: str, id: str | None, *, param: str = "id", account: str | None = "") -> Json:
        """An object by its id.

        Raises:
            Problem: there is none of this kind in this account.
        """
        body = self.store.get(id or "", account)
        if body is None or body["object"] != kind:
            raise missing(kind, id or "", param=param)
        return body

    def add(self, body: Json, *, account: str = "", event: str | None = None) -> Json:
        """Keeps a new object and tells of it."""
        self.store.add(
            body,
            account=account,
            created=int(body.get("created", self.now)) if "v2." not in body["object"] else self.now,
        )
        if event:
            self.tell(event, body, account=account)
        return body

    def save(
        self, body: Json, *, account: str = "", event: str | None = None, before: Json | None = None
    ) -> Json:
        """Keeps a changed object and tells of it; `before`: the values that changed, for the event."""
        self.store.save(body)
        if event:
            self.tell(event, body, account=account, before=before)
        return body

    def all(self, kind: str, account: str | None = "", **fields: Any) -> list[Json]:
        """All objects of a kind with these values in these fields, oldest first."""
        where, values = condition(kind, account, fields)
        rows = self.store.rows(f"select body from objects where {where} order by seq", *values)
        return [json.loads(row["body"]) for row in rows]

    def plan(self, at: int, what: str, subject: str) -> None:
        """Lets something happen at an instant of the sandbox's clock; planning it again moves it."""
        self.store.run("insert or replace into due (at, what, subject) values (?, ?, ?)", at, what, subject)

    def unplan(self, what: str, subject: str) -> None:
        """Lets it not happen."""
        self.store.run("delete from due where what = ? and subject = ?", what, subject)

    def tell(self, type: str, body: Json, *, account: str = "", before: Json | None = None) -> None:
        """A snapshot event, and its deliveries."""
        if self.quiet:
            return
        data: Json = {"object": body} | ({"previous_attributes": before} if before else {})
        event = blank(
            "event", id=self.new_id("evt"), api_version=API_VERSION, created=self.now, data=data,
            livemode=False, pending_webhooks=0, request={"id": self.request_id, "idempotency_key": self.key},
            type=type,
        )  # fmt: skip
        if account:
            event["account"] = account
        else:
            del event["account"]
        self.store.add(event, account=account, created=self.now)
        self._send(event["id"], type, kind="webhook_endpoint", connected=bool(account))

    def tell_thin(self, type: str, related: Json) -> None:
        """A thin event: only what changed where."""
        if self.quiet:
            return
        kind = related["object"]
        request = {"id": self.request_id, "idempotency_key": self.key or ""}
        event = blank(
            "v2.core.event", id=self.new_id("evt"), created=clock.stamp(self.now), livemode=False, type=type,
            reason={"type": "request", "request": request} if self.request_id else None,
        )  # fmt: skip
        event["related_object"] = {
            "id": related["id"], "type": kind, "url": f"/v2/core/{kind.rpartition('.')[2]}s/{related['id']}",
        }  # fmt: skip
        self.store.add(event, account="", created=self.now)
        self._send(event["id"], type, kind="v2.core.event_destination", connected=True)

    def _send(self, event: str, type: str, *, kind: str, connected: bool) -> None:
        for place in self.all(kind, None):
            wanted = place["enabled_events"]
            if place["status"] != "enabled" or ("*" not in wanted and type not in wanted):
                continue
            if (
                kind == "webhook_endpoint"
                and self.store.setting(f"connect:{place['id']}", False) != connected
            ):
                continue
            self.store.run(
                "insert into deliveries (event, destination, state, attempts, due_s, said, at) "
                "values (?, ?, 'waiting', 0, ?, '', ?)",
                event, place["id"], clock.real_s(), self.now,
            )  # fmt: skip
