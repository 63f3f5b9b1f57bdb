"""/v1/events, /v2/core/events, and where they are sent: /v1/webhook_endpoints, /v2/core/event_destinations."""

from __future__ import annotations

import secrets
from datetime import datetime
from fnmatch import fnmatch
from typing import Any

from stripe_sandbox import clock
from stripe_sandbox.errors import Json, invalid, missing
from stripe_sandbox.metadata import merged
from stripe_sandbox.paging import COMPARE, page, token_page
from stripe_sandbox.routes import route
from stripe_sandbox.shapes import blank
from stripe_sandbox.world import World

LOCAL = ("http://127.0.0.1", "http://localhost", "http://[::1]", "https://")


@route("GET", "/v1/events", "EventListParams")
def index(world: World, params: Json) -> Json:
    """Snapshot events, newest first: all of them, or those of the account that is asked for."""
    types = params.pop("types", None) or ([params["type"]] if params.get("type") else None)
    account = world.account or None
    if types and len(types) == 1 and "*" not in types[0]:
        return page(world, "event", params, "/v1/events", account=account, type=types[0])
    found = page(world, "event", params, "/v1/events", account=account)
    if types:
        found["data"] = [
            event for event in found["data"] if any(fnmatch(event["type"], type) for type in types)
        ]
    return found


@route("GET", "/v1/events/{id}", "EventRetrieveParams")
def show(world: World, _params: Json, id: str) -> Json:
    """One snapshot event."""
    return world.get("event", id, account=world.account or None)


@route("GET", "/v2/core/events", "v2.core.EventListParams")
def thin_index(world: World, params: Json) -> Json:
    """Thin events, newest first; by object, type and time."""
    more, values = "", list[Any]()
    if object_id := params.get("object_id"):
        more, values = more + " and json_extract(body, '$.related_object.id') = ?", [*values, object_id]
    if types := params.get("types"):
        more, values = (
            more + f" and json_extract(body, '$.type') in ({','.join('?' * len(types))})",
            [*values, *types],
        )
    for name, at in (params.get("created") or {}).items():
        more, values = more + f" and created {COMPARE[name]} ?", [*values, _seconds(at)]
    return token_page(world, "v2.core.event", params, "/v2/core/events", more=more, values=tuple(values))


def _seconds(stamp: str) -> int:
    try:
        return int(datetime.fromisoformat(stamp).timestamp())
    except ValueError:
        raise invalid("created", f"Invalid timestamp: {stamp}") from None


@route("GET", "/v2/core/events/{id}", "v2.core.EventRetrieveParams")
def thin_show(world: World, _params: Json, id: str) -> Json:
    """One thin event."""
    return world.get("v2.core.event", id)


@route("POST", "/v1/webhook_endpoints", "WebhookEndpointCreateParams")
def add_endpoint(world: World, params: Json) -> Json:
    """A place for snapshot events: the platform's, or (`connect`) those of connected accounts."""
    secret = f"whsec_{secrets.token_hex(16)}"
    body = make_endpoint(
        world, _demand_local(params["url"]), secret, connect=bool(params.get("connect")),
        events=params["enabled_events"], params=params,
    )  # fmt: skip
    return body | {"secret": secret}


def make_endpoint(
    world: World, url: str, secret: str, *, connect: bool, events: list[str], params: Json
) -> Json:
    """Keeps a place for snapshot events and its secret."""
    body = blank(
        "webhook_endpoint", id=world.new_id("we"), created=world.now, enabled_events=events, livemode=False,
        metadata=merged({}, params), status="enabled", url=url, description=params.get("description") or None,
        api_version=params.get("api_version"),
    )  # fmt: skip
    world.store.set(f"secret:{body['id']}", secret)
    world.store.set(f"connect:{body['id']}", connect)
    return world.add(body)


def _demand_local(url: str) -> str:
    if not url.startswith(LOCAL):
        raise invalid(
            "url", "Invalid URL: An explicit scheme (such as https) must be provided.", "url_invalid"
        )
    return url


@route("GET", "/v1/webhook_endpoints", "WebhookEndpointListParams")
def endpoints(world: World, params: Json) -> Json:
    """All places for snapshot events."""
    return page(world, "webhook_endpoint", params, "/v1/webhook_endpoints")


@route("GET", "/v1/webhook_endpoints/{id}", "WebhookEndpointRetrieveParams")
def endpoint(world: World, _params: Json, id: str) -> Json:
    """One of them."""
    return world.get("webhook_endpoint", id)


@route("DELETE", "/v1/webhook_endpoints/{id}", "WebhookEndpointDeleteParams")
def remove_endpoint(world: World, _params: Json, id: str) -> Json:
    """Sends nothing there any more."""
    world.get("webhook_endpoint", id)
    forget(world, id)
    return {"id": id, "object": "webhook_endpoint", "deleted": True}


def forget(world: World, id: str) -> None:
    """Removes a destination and what was still to go there."""
    world.store.run("delete from objects where id = ?", id)
    world.store.run("delete from deliveries where destination = ?", id)


@route("POST", "/v2/core/event_destinations", "v2.core.EventDestinationCreateParams")
def add_destination(world: World, params: Json) -> Json:
    """A place for thin events."""
    if params["type"] != "webhook_endpoint" or params["event_payload"] != "thin":
        raise invalid(
            "type", "The sandbox sends thin events to webhook endpoints only.", "unsupported_destination"
        )
    url = (params.get("webhook_endpoint") or {}).get("url")
    if not url:
        raise invalid(
            "webhook_endpoint.url", "Missing required param: webhook_endpoint.url.", "parameter_missing"
        )
    secret = f"whsec_{secrets.token_hex(16)}"
    body = make_destination(
        world, _demand_local(url), secret, name=params["name"], events=params["enabled_events"]
    )
    body["metadata"] = merged({}, params)
    world.save(body)
    if "webhook_endpoint.signing_secret" in (params.get("include") or []):
        body["webhook_endpoint"] = {"url": url, "signing_secret": secret}
    return body


def make_destination(world: World, url: str, secret: str, *, name: str, events: list[str]) -> Json:
    """Keeps a place for thin events and its secret."""
    at = clock.stamp(world.now)
    body = blank(
        "v2.core.event_destination", id=world.new_id("ed"), created=at, updated=at, description="",
        enabled_events=events, event_payload="thin", livemode=False, metadata={}, name=name, status="enabled",
        type="webhook_endpoint", webhook_endpoint={"url": url, "signing_secret": None},
        events_from=["self", "other_accounts"],
    )  # fmt: skip
    world.store.set(f"secret:{body['id']}", secret)
    return world.add(body)


@route("GET", "/v2/core/event_destinations", "v2.core.EventDestinationListParams")
def destinations(world: World, params: Json) -> Json:
    """All places for thin events."""
    params.pop("include", None)
    return token_page(world, "v2.core.event_destination", params, "/v2/core/event_destinations")


@route("DELETE", "/v2/core/event_destinations/{id}", "v2.core.EventDestinationDeleteParams")
def remove_destination(world: World, _params: Json, id: str) -> Json:
    """Sends nothing there any more."""
    if world.store.get(id) is None:
        raise missing("event destination", id)
    forget(world, id)
    return {"id": id, "object": "v2.core.event_destination"}
