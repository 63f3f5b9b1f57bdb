"""/v1/subscriptions, /v1/invoices, /v1/invoice_payments, /v1/billing_portal/sessions."""

from __future__ import annotations

import secrets

from stripe_sandbox import cards, invoices, plan_changes, subscriptions
from stripe_sandbox.errors import Json, Problem, invalid
from stripe_sandbox.metadata import merged
from stripe_sandbox.paging import page
from stripe_sandbox.routes import route
from stripe_sandbox.shapes import blank, listed
from stripe_sandbox.world import World

PORTAL_LIVES_S = 3_600


@route("POST", "/v1/subscriptions", "SubscriptionCreateParams")
def create(world: World, params: Json) -> Json:
    """Begins a subscription with the customer's card."""
    customer = world.get("customer", params.get("customer"), param="customer")
    method = params.get("default_payment_method")
    if method:
        method = cards.method(world, method, customer=customer["id"])["id"]
    if not (method or customer["invoice_settings"]["default_payment_method"]):
        raise Problem(
            "This customer has no attached payment source or default payment method. Please consider adding a default "
            "payment method.",
            code="resource_missing",
        )
    try:
        return subscriptions.begin(
            world, customer, params.get("items") or [], params, method=method, off_session=False
        )
    except Problem as problem:
        if problem.type != "card_error" or params.get("payment_behavior") == "error_if_incomplete":
            problem.keeps = False
            raise
    return world.all("subscription", customer=customer["id"])[-1]


@route("GET", "/v1/subscriptions", "SubscriptionListParams")
def index(world: World, params: Json) -> Json:
    """Subscriptions, newest first; without `status` those that have not ended."""
    if params.get("status") in (None, "all"):
        params.pop("status", None)
        return page(world, "subscription", params, "/v1/subscriptions", by=("customer",))
    return page(world, "subscription", params, "/v1/subscriptions", by=("customer", "status"))


@route("GET", "/v1/subscriptions/{id}", "SubscriptionRetrieveParams")
def show(world: World, _params: Json, id: str) -> Json:
    """One subscription."""
    return world.get("subscription", id)


@route("POST", "/v1/subscriptions/{id}", "SubscriptionUpdateParams")
def update(world: World, params: Json, id: str) -> Json:
    """Other prices, another card, an end with the period, other metadata."""
    body = world.get("subscription", id)
    if body["status"] in ("canceled", "incomplete_expired"):
        raise Problem(
            "A canceled subscription can only update its cancellation_details and metadata.",
            code="resource_missing",
        )
    if params.get("default_payment_method"):
        body["default_payment_method"] = cards.method(
            world, params["default_payment_method"], customer=body["customer"]
        )["id"]
    if "description" in params:
        body["description"] = params["description"] or None
    body["metadata"] = merged(body["metadata"], params)
    world.save(body)
    if "cancel_at_period_end" in params:
        body = subscriptions.set_end(world, body, at_period_end=params["cancel_at_period_end"])
    if params.get("items"):
        return plan_changes.change(
            world, body, params["items"], params.get("proration_behavior", "create_prorations")
        )
    return body


@route("DELETE", "/v1/subscriptions/{id}", "SubscriptionCancelParams")
def cancel(world: World, _params: Json, id: str) -> Json:
    """Ends it now."""
    body = world.get("subscription", id)
    if body["status"] == "canceled":
        raise Problem(f"No such subscription: '{id}'", status=404, code="resource_missing", param="id")
    return subscriptions.end(world, body, "cancellation_requested")


@route("GET", "/v1/invoices", "InvoiceListParams")
def list_invoices(world: World, params: Json) -> Json:
    """Invoices, newest first."""
    fixed = (
        {"parent__subscription_details__subscription": params.pop("subscription")}
        if "subscription" in params
        else {}
    )
    return page(world, "invoice", params, "/v1/invoices", by=("customer", "status"), **fixed)


@route("GET", "/v1/invoices/{id}", "InvoiceRetrieveParams")
def invoice(world: World, _params: Json, id: str) -> Json:
    """One invoice."""
    return world.get("invoice", id)


@route("GET", "/v1/invoices/{id}/lines", "InvoiceLineItemListParams")
def invoice_lines(world: World, params: Json, id: str) -> Json:
    """An invoice's lines, in their order."""
    rows = world.get("invoice", id)["lines"]["data"]
    ids = [row["id"] for row in rows]
    start = ids.index(params["starting_after"]) + 1 if params.get("starting_after") in ids else 0
    limit = params.get("limit", 10)
    return listed(rows[start : start + limit], f"/v1/invoices/{id}/lines", has_more=len(rows) > start + limit)


@route("POST", "/v1/invoices/{id}/pay", "InvoicePayParams")
def pay(world: World, params: Json, id: str) -> Json:
    """Tries to have it paid now."""
    body = world.get("invoice", id)
    subscription = world.get("subscription", body["parent"]["subscription_details"]["subscription"])
    customer = world.get("customer", body["customer"])
    method = params.get("payment_method") or subscription["default_payment_method"]
    method = method or customer["invoice_settings"]["default_payment_method"]
    paid = invoices.collect(world, body, method, off_session=bool(params.get("off_session")))
    subscriptions.settle(world, paid)
    return paid


@route("POST", "/v1/invoices/{id}/void", "InvoiceVoidInvoiceParams")
def void(world: World, _params: Json, id: str) -> Json:
    """Nobody shall pay it any more."""
    return invoices.void(world, world.get("invoice", id))


@route("POST", "/v1/invoices/{id}/mark_uncollectible", "InvoiceMarkUncollectibleParams")
def give_up(world: World, _params: Json, id: str) -> Json:
    """It is given up."""
    return invoices.uncollectible(world, world.get("invoice", id))


@route("GET", "/v1/invoice_payments", "InvoicePaymentListParams")
def payments(world: World, params: Json) -> Json:
    """What paid invoices; `payment` finds by payment intent."""
    payment = params.pop("payment", None) or {}
    fixed = {"payment__payment_intent": payment["payment_intent"]} if payment.get("payment_intent") else {}
    return page(world, "invoice_payment", params, "/v1/invoice_payments", by=("invoice", "status"), **fixed)


@route("GET", "/v1/invoice_payments/{id}", "InvoicePaymentRetrieveParams")
def payment(world: World, _params: Json, id: str) -> Json:
    """One of them."""
    return world.get("invoice_payment", id)


@route("POST", "/v1/billing_portal/sessions", "billing_portal.SessionCreateParams")
def portal(world: World, params: Json) -> Json:
    """The address where a customer looks after its own subscriptions."""
    if not params.get("customer"):
        raise invalid("customer", "Missing required param: customer.", "parameter_missing")
    customer = world.get("customer", params["customer"], param="customer")
    secret = secrets.token_urlsafe(24)
    world.store.set(f"portal:{secret}", {
        "customer": customer["id"], "until": world.now + PORTAL_LIVES_S, "return_url": params.get("return_url"),
    })  # fmt: skip
    return blank(
        "billing_portal.session", id=world.new_id("bps"), configuration="bpc_1Ssandbox", created=world.now,
        customer=customer["id"], livemode=False, return_url=params.get("return_url"),
        url=f"{world.base_url}/portal/{secret}",
    )  # fmt: skip
