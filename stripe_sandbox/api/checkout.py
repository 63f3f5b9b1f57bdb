"""/v1/checkout/sessions."""

from __future__ import annotations

from stripe_sandbox import checkout
from stripe_sandbox.errors import Json
from stripe_sandbox.paging import page
from stripe_sandbox.routes import route
from stripe_sandbox.shapes import listed
from stripe_sandbox.world import World


@route("POST", "/v1/checkout/sessions", "checkout.SessionCreateParams")
def create(world: World, params: Json) -> Json:
    """An open session; its `url` is the page to pay on."""
    return checkout.make(world, params)


@route("GET", "/v1/checkout/sessions", "checkout.SessionListParams")
def index(world: World, params: Json) -> Json:
    """Sessions, newest first."""
    return page(
        world,
        "checkout.session",
        params,
        "/v1/checkout/sessions",
        by=("customer", "payment_intent", "status", "subscription"),
    )


@route("GET", "/v1/checkout/sessions/{id}", "checkout.SessionRetrieveParams")
def show(world: World, _params: Json, id: str) -> Json:
    """One session."""
    return world.get("checkout.session", id)


@route("GET", "/v1/checkout/sessions/{id}/line_items", "checkout.SessionLineItemListParams")
def items(world: World, _params: Json, id: str) -> Json:
    """What it is for."""
    world.get("checkout.session", id)
    return listed(checkout.items(world, id), f"/v1/checkout/sessions/{id}/line_items")


@route("POST", "/v1/checkout/sessions/{id}/expire", "checkout.SessionExpireParams")
def expire(world: World, _params: Json, id: str) -> Json:
    """Ends it."""
    return checkout.expire(world, world.get("checkout.session", id))
