"""/v1/customers, /v1/products, /v1/prices, /v1/coupons, /v1/tax_rates."""

from __future__ import annotations

import secrets
from decimal import Decimal

from stripe_sandbox import cards, subscriptions
from stripe_sandbox.currencies import known
from stripe_sandbox.errors import Json, Problem, invalid
from stripe_sandbox.metadata import merged
from stripe_sandbox.paging import page
from stripe_sandbox.routes import route
from stripe_sandbox.shapes import blank, listed
from stripe_sandbox.world import LETTERS, World

TEXTS = ("address", "description", "email", "name", "phone", "preferred_locales", "shipping", "tax_exempt")


@route("POST", "/v1/customers", "CustomerCreateParams")
def create_customer(world: World, params: Json) -> Json:
    """A customer; with `payment_method` it can pay at once."""
    return make_customer(world, params)


def make_customer(world: World, params: Json) -> Json:
    """Keeps a customer."""
    id = world.new_id("cus", 14).replace("cus_1S", "cus_")
    body = blank(
        "customer", id=id, balance=params.get("balance", 0), created=world.now, delinquent=False,
        livemode=False, metadata=merged({}, params), invoice_prefix=id[-8:].upper(), next_invoice_sequence=1,
        invoice_settings={
            "custom_fields": None, "default_payment_method": None, "footer": None, "rendering_options": None,
        },
    )  # fmt: skip
    body |= {"preferred_locales": [], "tax_exempt": "none"} | {
        name: params[name] for name in TEXTS if name in params
    }
    world.add(body, event="customer.created")
    _set_method(world, body, params)
    return world.save(body)


def _set_method(world: World, body: Json, params: Json) -> None:
    settings = params.get("invoice_settings") or {}
    if wanted := settings.get("default_payment_method") or params.get("payment_method"):
        method = cards.method(world, wanted, customer=body["id"])
        world.save(method | {"customer": body["id"]})
        if (
            settings.get("default_payment_method")
            or body["invoice_settings"]["default_payment_method"] is None
        ):
            body["invoice_settings"]["default_payment_method"] = method["id"]


@route("GET", "/v1/customers", "CustomerListParams")
def customers(world: World, params: Json) -> Json:
    """Customers, newest first."""
    return page(world, "customer", params, "/v1/customers", by=("email",))


@route("GET", "/v1/customers/{id}", "CustomerRetrieveParams")
def customer(world: World, _params: Json, id: str) -> Json:
    """One customer."""
    return world.get("customer", id)


@route("POST", "/v1/customers/{id}", "CustomerUpdateParams")
def update_customer(world: World, params: Json, id: str) -> Json:
    """Changes a customer."""
    body = world.get("customer", id)
    body |= {name: params[name] for name in (*TEXTS, "balance") if name in params}
    _set_method(world, body, params)
    return world.save(body | {"metadata": merged(body["metadata"], params)}, event="customer.updated")


@route("DELETE", "/v1/customers/{id}", "CustomerDeleteParams")
def delete_customer(world: World, _params: Json, id: str) -> Json:
    """Ends what it subscribes to now, and forgets it; what it paid stays."""
    body = world.get("customer", id)
    for held in world.all("subscription", customer=id):
        if held["status"] not in ("canceled", "incomplete_expired"):
            subscriptions.end(world, held, "cancellation_requested")
    world.store.run("delete from objects where id = ?", id)
    world.tell("customer.deleted", body)
    return {"id": id, "object": "customer", "deleted": True}


@route("GET", "/v1/customers/{id}/payment_methods", "CustomerPaymentMethodListParams")
def methods(world: World, params: Json, id: str) -> Json:
    """A customer's cards, newest first."""
    world.get("customer", id)
    return page(world, "payment_method", params, f"/v1/customers/{id}/payment_methods", customer=id)


@route("POST", "/v1/products", "ProductCreateParams")
def create_product(world: World, params: Json) -> Json:
    """A product; its id may be given."""
    if params.get("id") and world.store.get(params["id"]):
        raise Problem("Product already exists.", code="resource_already_exists", param="id")
    body = blank(
        "product", id=params.get("id") or world.new_id("prod", 14).replace("prod_1S", "prod_"),
        active=params.get("active", True), created=world.now, updated=world.now, images=[], livemode=False,
        marketing_features=[], metadata=merged({}, params), name=params["name"], type="service",
        description=params.get("description"), tax_code=params.get("tax_code"),
    )  # fmt: skip
    return world.add(body, event="product.created")


@route("GET", "/v1/products", "ProductListParams")
def products(world: World, params: Json) -> Json:
    """Products, newest first."""
    if params.get("ids"):
        return listed([body for id in params["ids"] if (body := world.store.get(id))], "/v1/products")
    return page(world, "product", params, "/v1/products", by=("active",))


@route("GET", "/v1/products/{id}", "ProductRetrieveParams")
def product(world: World, _params: Json, id: str) -> Json:
    """One product."""
    return world.get("product", id)


@route("POST", "/v1/products/{id}", "ProductUpdateParams")
def update_product(world: World, params: Json, id: str) -> Json:
    """Changes a product."""
    body = world.get("product", id)
    body |= {name: params[name] for name in ("active", "description", "name") if name in params} | {
        "updated": world.now
    }
    return world.save(body | {"metadata": merged(body["metadata"], params)}, event="product.updated")


@route("POST", "/v1/prices", "PriceCreateParams")
def create_price(world: World, params: Json) -> Json:
    """A price of a product, once or by the period."""
    return make_price(world, params)


def make_price(world: World, params: Json) -> Json:
    """Keeps a price.

    Raises:
        Problem: it names no amount or product, or a lookup key that another price has.
    """
    if "unit_amount" not in params:
        raise invalid("unit_amount", "Missing required param: unit_amount.", "parameter_missing")
    if params.get("product_data"):
        product = create_product(world, {"name": params["product_data"]["name"]} | params["product_data"])[
            "id"
        ]
    else:
        product = world.get("product", params.get("product"), param="product")["id"]
    recurring = params.get("recurring")
    body = blank(
        "price", id=world.new_id("price"), active=params.get("active", True), billing_scheme="per_unit",
        created=world.now, currency=known(params["currency"]), livemode=False,
        lookup_key=_lookup_key(world, params), metadata=merged({}, params), nickname=params.get("nickname"),
        product=product,
        recurring=_period(recurring) if recurring else None,
        tax_behavior=params.get("tax_behavior", "unspecified"), type="recurring" if recurring else "one_time",
        unit_amount=params["unit_amount"], unit_amount_decimal=str(params["unit_amount"]),
    )  # fmt: skip
    return world.add(body, event="price.created")


def _period(given: Json) -> Json:
    return {
        "interval": given["interval"], "interval_count": given.get("interval_count", 1), "meter": None,
        "trial_period_days": None, "usage_type": "licensed",
    }  # fmt: skip


def _lookup_key(world: World, params: Json) -> str | None:
    key: str | None = params.get("lookup_key")
    if not key:
        return None
    for other in world.all("price", lookup_key=key):
        if not params.get("transfer_lookup_key"):
            raise invalid(
                "lookup_key",
                f"A price (`{other['id']}`) already uses that lookup key. Use `transfer_lookup_key` to move it.",
                "resource_already_exists",
            )
        world.save(other | {"lookup_key": None})
    return key


@route("GET", "/v1/prices", "PriceListParams")
def prices(world: World, params: Json) -> Json:
    """Prices, newest first; `lookup_keys` finds those that carry one of them."""
    if params.get("lookup_keys"):
        found = [price for key in params["lookup_keys"] for price in world.all("price", lookup_key=key)]
        wanted = params.get("active")
        return listed([price for price in found if wanted is None or price["active"] == wanted], "/v1/prices")
    return page(world, "price", params, "/v1/prices", by=("active", "currency", "product", "type"))


@route("GET", "/v1/prices/{id}", "PriceRetrieveParams")
def price(world: World, _params: Json, id: str) -> Json:
    """One price."""
    return world.get("price", id)


@route("POST", "/v1/prices/{id}", "PriceUpdateParams")
def update_price(world: World, params: Json, id: str) -> Json:
    """Changes what may change of a price; never its amount."""
    body = world.get("price", id)
    body |= {name: params[name] for name in ("active", "nickname") if name in params}
    if "lookup_key" in params:
        body["lookup_key"] = _lookup_key(world, params)
    return world.save(body | {"metadata": merged(body["metadata"], params)}, event="price.updated")


@route("POST", "/v1/coupons", "CouponCreateParams")
def create_coupon(world: World, params: Json) -> Json:
    """A coupon: a percentage, or an amount in one currency; once, for some months, or for ever."""
    if ("percent_off" in params) == ("amount_off" in params):
        raise invalid("percent_off", "You must pass either percent_off or amount_off.", "parameter_missing")
    off = params.get("percent_off")
    body = blank(
        "coupon", id=params.get("id") or "".join(secrets.choice(LETTERS) for _ in range(8)), created=world.now,
        duration=params.get("duration", "once"), livemode=False, times_redeemed=0, valid=True,
        amount_off=params.get("amount_off"), currency=known(params["currency"]) if "amount_off" in params else None,
        duration_in_months=params.get("duration_in_months"), metadata=merged({}, params), name=params.get("name"),
        percent_off=float(Decimal(off)) if off is not None else None,
    )  # fmt: skip
    return world.add(body, event="coupon.created")


@route("GET", "/v1/coupons/{id}", "CouponRetrieveParams")
def coupon(world: World, _params: Json, id: str) -> Json:
    """One coupon."""
    return world.get("coupon", id)


@route("POST", "/v1/tax_rates", "TaxRateCreateParams")
def create_tax_rate(world: World, params: Json) -> Json:
    """A tax on top of an amount, or within it."""
    percent = float(params["percentage"])
    body = blank(
        "tax_rate", id=world.new_id("txr"), active=params.get("active", True), created=world.now,
        display_name=params["display_name"], inclusive=params["inclusive"], livemode=False, percentage=percent,
        country=params.get("country"), description=params.get("description"),
        jurisdiction=params.get("jurisdiction"), metadata=merged({}, params), effective_percentage=percent,
        rate_type="percentage", tax_type=params.get("tax_type"), state=params.get("state"),
    )  # fmt: skip
    return world.add(body, event="tax_rate.created")


@route("GET", "/v1/tax_rates/{id}", "TaxRateRetrieveParams")
def tax_rate(world: World, _params: Json, id: str) -> Json:
    """One tax rate."""
    return world.get("tax_rate", id)
