"""Checkout sessions: made, paid by a card, left alone, expired."""

from __future__ import annotations

import secrets
from typing import Any

from stripe_sandbox import cards, lines, payments, subscriptions
from stripe_sandbox.api.catalogue import make_customer, make_price
from stripe_sandbox.currencies import demand_amount
from stripe_sandbox.errors import Json, Problem, invalid
from stripe_sandbox.metadata import merged
from stripe_sandbox.shapes import blank
from stripe_sandbox.timeline import happens
from stripe_sandbox.world import World

LIVES_S, SHORTEST_S = 86_400, 1_800


def make(world: World, params: Json) -> Json:
    """An open session.

    Raises:
        Problem: the prices do not go with the mode, or something is missing.
    """
    mode = params.get("mode", "payment")
    if mode not in ("payment", "subscription"):
        raise invalid("mode", "The sandbox knows the modes payment and subscription.")
    if not params.get("success_url"):
        raise invalid("success_url", "Missing required param: success_url.", "parameter_missing")
    if not params.get("line_items"):
        raise invalid("line_items", "Missing required param: line_items.", "parameter_missing")
    if params.get("customer"):
        world.get("customer", params["customer"], param="customer")
    rows = [_row(world, entry, mode) for entry in params["line_items"]]
    sums = lines.totals(_priced(world, rows, params))
    if mode == "payment":
        demand_amount(sums["total"], rows[0]["price"]["currency"], charge=True)
    return _keep(world, params, mode, rows, sums)


def _row(world: World, entry: Json, mode: str) -> Json:
    data = entry.get("price_data")
    price = (
        make_price(world, data)
        if data
        else world.get("price", entry.get("price"), param="line_items[0][price]")
    )
    if mode == "payment" and price["recurring"]:
        raise invalid("line_items", "You specified `payment` mode but passed a recurring price. Either switch to "
                      "`subscription` mode or use only one-time prices.")  # fmt: skip
    if mode == "subscription" and not price["recurring"]:
        raise invalid("line_items", "The sandbox takes recurring prices only in `subscription` mode.")
    return {"price": price, "quantity": entry.get("quantity", 1), "tax_rates": entry.get("tax_rates") or []}


def _priced(world: World, rows: list[Json], params: Json) -> list[Json]:
    """The rows as lines, with discounts and tax."""
    found = []
    for row in rows:
        line = lines.line(
            row["price"], row["quantity"], amount=row["price"]["unit_amount"] * row["quantity"],
            description=row["price"]["nickname"] or world.get("product", row["price"]["product"])["name"],
            start=world.now, end=world.now,
        )  # fmt: skip
        found.append(line)
    discounts = [
        _discount(world, entry["coupon"]) for entry in params.get("discounts") or [] if entry.get("coupon")
    ]
    lines.take_off(world, found, discounts)
    general = (params.get("subscription_data") or {}).get("default_tax_rates") or []
    for row, line in zip(rows, found, strict=True):
        lines.tax(world, [line], row["tax_rates"] or general)
    return found


def _discount(world: World, coupon: str) -> str:
    """A discount that only this session's sums know."""
    world.get("coupon", coupon, param="discounts")
    id = world.new_id("di")
    world.store.add(
        {"id": id, "object": "discount", "source": {"coupon": coupon, "type": "coupon"}, "end": None},
        created=world.now,
    )
    return id


def _keep(world: World, params: Json, mode: str, rows: list[Json], sums: Json) -> Json:
    id = "cs_test_" + secrets.token_hex(28)
    until = params.get("expires_at", world.now + LIVES_S)
    if not world.now + SHORTEST_S - 60 <= until <= world.now + LIVES_S:
        raise invalid("expires_at", "`expires_at` must be between 30 minutes and 24 hours from now.")
    off = sum(part["amount"] for part in sums["total_discount_amounts"])
    tax = sum(part["amount"] for part in sums["total_taxes"])
    body = blank(
        "checkout.session", id=id, amount_subtotal=sums["subtotal"], amount_total=sums["total"],
        created=world.now,
        automatic_tax={"enabled": False, "liability": None, "status": None, "provider": None}, custom_fields=[],
        custom_text={
            "after_submit": None, "shipping_address": None, "submit": None, "terms_of_service_acceptance": None,
        },
        cancel_url=params.get("cancel_url"), client_reference_id=params.get("client_reference_id"),
        currency=rows[0]["price"]["currency"], customer=params.get("customer"),
        customer_email=params.get("customer_email"), expires_at=until, livemode=False,
        locale=params.get("locale"), metadata=merged({}, params), mode=mode, payment_method_types=["card"],
        payment_status="unpaid", shipping_options=[], status="open", success_url=params["success_url"],
        ui_mode="hosted_page", url=f"{world.base_url}/pay/{id}",
        total_details={"amount_discount": off, "amount_shipping": 0, "amount_tax": tax},
        customer_creation="if_required" if mode == "payment" else None,
    )  # fmt: skip
    wanted = ("payment_intent_data", "subscription_data", "discounts")
    world.store.set(f"checkout:{id}", {
        "rows": [row | {"price": row["price"]["id"]} for row in rows], **{name: params.get(name) for name in wanted}
    })  # fmt: skip
    world.plan(until, "checkout_expires", id)
    return world.add(body)


def items(world: World, id: str) -> list[Json]:
    """What a session is for, as its `line_items` show it."""
    kept: Json = world.store.setting(f"checkout:{id}")
    rows = [row | {"price": world.get("price", row["price"])} for row in kept["rows"]]
    found = []
    for row, line in zip(rows, _priced(world, rows, kept), strict=True):
        off = sum(part["amount"] for part in line["discount_amounts"])
        tax = sum(part["amount"] for part in line["taxes"] if part["tax_behavior"] == "exclusive")
        found.append(blank(
            "item", id=world.new_id("li"), amount_discount=off, amount_subtotal=line["amount"], amount_tax=tax,
            amount_total=line["amount"] - off + tax, currency=line["currency"], description=line["description"],
            price=row["price"], quantity=row["quantity"],
        ))  # fmt: skip
    return found


def pay(world: World, session: Json, number: str, *, email: str | None = None) -> Json:
    """Pays an open session by a card.

    Raises:
        Problem: it is not open, the number is wrong, or the card is declined.
    """
    if session["status"] != "open":
        raise Problem(f"This session is {session['status']}.", code="checkout_session_not_open")
    kept: Json = world.store.setting(f"checkout:{session['id']}")
    customer = _customer(world, session, email)
    method = cards.make_method(world, number, customer=customer["id"] if customer else None, email=email)
    if session["mode"] == "payment":
        _pay_once(world, session, kept, customer, method["id"])
    else:
        _subscribe(world, session, kept, customer or {}, method["id"])
    session |= {"status": "complete", "payment_status": "paid", "url": None, "customer_details": {
        "address": None, "email": email or session["customer_email"], "name": None, "phone": None, "tax_exempt": "none",
        "tax_ids": [], "business_name": None, "individual_name": None}}  # fmt: skip
    world.unplan("checkout_expires", session["id"])
    return world.save(session, event="checkout.session.completed")


def _customer(world: World, session: Json, email: str | None) -> Json | None:
    if session["customer"]:
        return world.get("customer", session["customer"])
    if session["mode"] == "payment":
        return None
    made = make_customer(world, {"email": email or session["customer_email"] or "listener@example.com"})
    session["customer"] = made["id"]
    return made


def _pay_once(world: World, session: Json, kept: Json, customer: Json | None, method: str) -> None:
    data: dict[str, Any] = kept.get("payment_intent_data") or {}
    intent = payments.new_intent(world, {
        "amount": session["amount_total"], "currency": session["currency"],
        "customer": customer["id"] if customer else None,
        **{name: data[name] for name in ("capture_method", "description", "metadata",
        "transfer_group") if name in data},
    })  # fmt: skip
    payments.confirm(world, intent, method)
    session["payment_intent"] = intent["id"]


def _subscribe(world: World, session: Json, kept: Json, customer: Json, method: str) -> None:
    data: dict[str, Any] = kept.get("subscription_data") or {}
    entries = [{"price": row["price"], "quantity": row["quantity"]} for row in kept["rows"]]
    made = subscriptions.begin(
        world,
        customer,
        entries,
        data | {"discounts": kept.get("discounts") or []},
        method=method,
        off_session=False,
    )
    session |= {"subscription": made["id"], "invoice": made["latest_invoice"]}


def expire(world: World, session: Json) -> Json:
    """Ends an open session.

    Raises:
        Problem: it is not open.
    """
    if session["status"] != "open":
        raise Problem(f"Only Checkout Sessions with a status in [\"open\"] can be expired. This Checkout Session has a "
                      f"status of {session['status']}.")  # fmt: skip
    world.unplan("checkout_expires", session["id"])
    return world.save(session | {"status": "expired", "url": None}, event="checkout.session.expired")


@happens("checkout_expires")
def _expires(world: World, id: str) -> None:
    session = world.get("checkout.session", id)
    if session["status"] == "open":
        expire(world, session)
