"""Subscriptions: begun, renewed month by month, changed in the middle, overdue, ended."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, datetime, timedelta

from stripe_sandbox import invoices, lines
from stripe_sandbox.errors import Json, Problem, invalid
from stripe_sandbox.metadata import merged
from stripe_sandbox.shapes import blank, listed
from stripe_sandbox.timeline import happens
from stripe_sandbox.world import World

MONTHS = {"month": 1, "year": 12}
DAYS = {"day": 1, "week": 7}
INCOMPLETE_S = 23 * 3_600


def after(anchor: int, at: int, recurring: Json) -> int:
    """The end of the period that begins at `at`; months keep the anchor's day where the month has it."""
    count, start = recurring["interval_count"], datetime.fromtimestamp(at, UTC)
    if days := DAYS.get(recurring["interval"]):
        return int((start + timedelta(days=days * count)).timestamp())
    year, month = divmod(start.year * 12 + start.month - 1 + MONTHS[recurring["interval"]] * count, 12)
    day = min(datetime.fromtimestamp(anchor, UTC).day, monthrange(year, month + 1)[1])
    return int(start.replace(year=year, month=month + 1, day=day).timestamp())


def begin(
    world: World, customer: Json, items: list[Json], params: Json, *, method: str | None, off_session: bool
) -> Json:
    """Begins a subscription and has its first invoice paid.

    Raises:
        Problem: the prices do not go together, or the card is declined (the subscription stays, incomplete).
    """
    prices = [recurring(world, item["price"]) for item in items]
    if len({(price["currency"], str(price["recurring"])) for price in prices}) != 1:
        raise invalid("items", "All prices on a subscription must have the same currency and interval.")
    id = world.new_id("sub")
    end = after(world.now, world.now, prices[0]["recurring"])
    body = _blank(world, id, customer, prices[0]["currency"], params)
    rows = [
        new_item(world, id, price, item.get("quantity", 1), world.now, end)
        for price, item in zip(prices, items, strict=True)
    ]
    body["items"] = listed(rows, f"/v1/subscription_items?subscription={id}")
    body["default_payment_method"] = method
    world.add(body)
    _discounts(world, body, params.get("discounts") or [])
    world.tell("customer.subscription.created", body)
    invoice = invoices.make(
        world, body, [_line(body, row) for row in rows], "subscription_create", start=world.now, end=world.now
    )
    body["latest_invoice"] = invoice["id"]
    world.save(body)
    _pay_first(world, body, invoice, off_session=off_session)
    body["status"] = "active"
    world.plan(end, "renew", id)
    return world.save(body, event="customer.subscription.updated", before={"status": "incomplete"})


def _pay_first(world: World, body: Json, invoice: Json, *, off_session: bool) -> None:
    try:
        invoices.collect(world, invoice, _method(world, body), off_session=off_session)
    except Problem:
        world.plan(world.now + INCOMPLETE_S, "incomplete_expires", body["id"])
        world.unplan("invoice_again", invoice["id"])
        raise


def recurring(world: World, id: str | None) -> Json:
    """An active price by the period."""
    price = world.get("price", id, param="price")
    if price["recurring"] is None:
        raise invalid("items", f"The price {price['id']} is not recurring.")
    if not price["active"]:
        raise invalid(
            "items", f"The price specified is inactive. This field only accepts active prices: {price['id']}."
        )
    return price


def _blank(world: World, id: str, customer: Json, currency: str, params: Json) -> Json:
    rates = [
        world.get("tax_rate", rate, param="default_tax_rates")
        for rate in params.get("default_tax_rates") or []
    ]
    return blank(
        "subscription", id=id, automatic_tax={"enabled": False, "liability": None, "disabled_reason": None},
        billing_cycle_anchor=world.now, billing_mode={"type": "classic", "flexible": None},
        billing_schedules=[], cancel_at_period_end=bool(params.get("cancel_at_period_end")),
        collection_method="charge_automatically", created=world.now, currency=currency, customer=customer["id"],
        default_tax_rates=rates, discounts=[], description=params.get("description"), livemode=False,
        metadata=merged({}, params), start_date=world.now, status="incomplete", items=listed([], ""),
        cancellation_details={"comment": None, "feedback": None, "reason": None},
        invoice_settings={
            "account_tax_ids": None, "issuer": {"type": "self"}, "custom_fields": None, "description": None,
            "footer": None,
        },
        payment_settings={
            "payment_method_options": None, "payment_method_types": None, "save_default_payment_method": "off",
        },
        trial_settings={"end_behavior": {"missing_payment_method": "create_invoice"}},
    )  # fmt: skip


def new_item(world: World, subscription: str, price: Json, quantity: int, start: int, end: int) -> Json:
    """An item of a subscription, for one price."""
    plan = {
        "id": price["id"], "object": "plan", "active": True, "amount": price["unit_amount"],
        "amount_decimal": price["unit_amount_decimal"], "billing_scheme": "per_unit",
        "created": price["created"], "currency": price["currency"], "interval": price["recurring"]["interval"],
        "interval_count": price["recurring"]["interval_count"], "livemode": False, "metadata": {},
        "meter": None, "nickname": price["nickname"], "product": price["product"], "tiers_mode": None,
        "transform_usage": None, "trial_period_days": None, "usage_type": "licensed",
    }  # fmt: skip
    return blank(
        "subscription_item", id=world.new_id("si", 14).replace("si_1S", "si_"), created=world.now,
        current_period_start=start, current_period_end=end, discounts=[], metadata={}, plan=plan, price=price,
        subscription=subscription, quantity=quantity, tax_rates=[],
    )  # fmt: skip


def _discounts(world: World, body: Json, wanted: list[Json]) -> None:
    """Puts coupons on the subscription: once, for some months, or for ever."""
    for entry in wanted:
        coupon = world.get("coupon", entry.get("coupon"), param="discounts")
        months = {"once": 1, "repeating": coupon["duration_in_months"]}.get(coupon["duration"])
        end = body["billing_cycle_anchor"]
        for _ in range(months or 0):
            end = after(body["billing_cycle_anchor"], end, {"interval": "month", "interval_count": 1})
        id = world.new_id("di")
        world.store.add({
            "id": id, "object": "discount", "checkout_session": None, "customer": body["customer"],
            "end": end if months else None,
            "invoice": None, "invoice_item": None, "promotion_code": None, "start": world.now,
            "subscription": body["id"],
            "subscription_item": None, "source": {"coupon": coupon["id"], "type": "coupon"}, "customer_account": None,
        }, created=world.now)  # fmt: skip
        body["discounts"].append(id)
        world.save(coupon | {"times_redeemed": coupon["times_redeemed"] + 1})
    world.save(body)


def _line(body: Json, item: Json) -> Json:
    price = item["price"]
    return lines.line(
        price, item["quantity"], amount=price["unit_amount"] * item["quantity"],
        description=f"{item['quantity']} × {price['nickname'] or price['product']}",
        start=item["current_period_start"], end=item["current_period_end"], subscription=body["id"],
        item=item["id"],
    )  # fmt: skip


def _method(world: World, body: Json, given: str | None = None) -> str | None:
    customer = world.get("customer", body["customer"])
    found: str | None = (
        given or body["default_payment_method"] or customer["invoice_settings"]["default_payment_method"]
    )
    return found


@happens("renew")
def renew(world: World, id: str) -> None:
    """The next period begins: the invoice is made and tried, or the subscription ends."""
    body = world.get("subscription", id)
    if body["status"] not in ("active", "past_due"):
        return
    if body["cancel_at_period_end"]:
        end(world, body, "cancellation_requested")
        return
    rows = body["items"]["data"]
    start, until = world.now, after(body["billing_cycle_anchor"], world.now, rows[0]["price"]["recurring"])
    before = rows[0]["current_period_start"]
    body["discounts"] = [id for id in body["discounts"] if _lasts(world, id, start)]
    for row in rows:
        row |= {"current_period_start": start, "current_period_end": until}
    waiting = _waiting_lines(world, body)
    invoice = invoices.make(
        world,
        body,
        [*waiting, *(_line(body, row) for row in rows)],
        "subscription_cycle",
        start=before,
        end=start,
    )
    body["latest_invoice"] = invoice["id"]
    world.plan(until, "renew", id)
    world.save(body, event="customer.subscription.updated")
    attempt(world, body, invoice)


def _lasts(world: World, discount: str, at: int) -> bool:
    end = (world.store.get(discount) or {}).get("end")
    return end is None or end > at


def _waiting_lines(world: World, body: Json) -> list[Json]:
    """What earlier changes left for the next invoice."""
    found: list[Json] = world.store.setting(f"waiting:{body['id']}", [])
    world.store.set(f"waiting:{body['id']}", [])
    return found


def attempt(world: World, body: Json, invoice: Json) -> None:
    """Has an invoice paid, or lets the subscription be overdue."""
    try:
        invoices.collect(world, invoice, _method(world, body), off_session=True)
    except Problem:
        if body["status"] == "active":
            world.save(
                body | {"status": "past_due"},
                event="customer.subscription.updated",
                before={"status": "active"},
            )
        return
    settle(world, invoice)


def settle(world: World, invoice: Json) -> None:
    """After a late payment the subscription is active again."""
    body = world.get("subscription", invoice["parent"]["subscription_details"]["subscription"])
    if body["status"] == "incomplete":
        world.plan(body["items"]["data"][0]["current_period_end"], "renew", body["id"])
    if body["status"] in ("past_due", "incomplete") and body["latest_invoice"] == invoice["id"]:
        before = body["status"]
        world.save(
            body | {"status": "active"}, event="customer.subscription.updated", before={"status": before}
        )


@happens("invoice_again")
def _try_again(world: World, invoice_id: str) -> None:
    """The next attempt at an open invoice; after the last one the subscription ends."""
    invoice = world.get("invoice", invoice_id)
    if invoice["status"] != "open":
        return
    body = world.get("subscription", invoice["parent"]["subscription_details"]["subscription"])
    if body["status"] == "canceled" or invoice["next_payment_attempt"] is None:
        invoices.uncollectible(world, invoice)
        if body["status"] in ("past_due", "active"):
            end(world, body, "payment_failed")
        return
    attempt(world, body, invoice)


@happens("incomplete_expires")
def _expire(world: World, id: str) -> None:
    body = world.get("subscription", id)
    if body["status"] == "incomplete":
        invoices.void(world, world.get("invoice", body["latest_invoice"]))
        world.save(
            body | {"status": "incomplete_expired"},
            event="customer.subscription.updated",
            before={"status": "incomplete"},
        )


def end(world: World, body: Json, reason: str) -> Json:
    """Ends a subscription now."""
    world.unplan("renew", body["id"])
    body["cancellation_details"]["reason"] = reason
    body |= {"status": "canceled", "canceled_at": body["canceled_at"] or world.now, "ended_at": world.now}
    return world.save(body, event="customer.subscription.deleted")


def set_end(world: World, body: Json, *, at_period_end: bool) -> Json:
    """Ends it with the period that is paid, or goes on after all."""
    until = body["items"]["data"][0]["current_period_end"] if at_period_end else None
    body |= {
        "cancel_at_period_end": at_period_end,
        "cancel_at": until,
        "canceled_at": world.now if at_period_end else None,
    }
    body["cancellation_details"]["reason"] = "cancellation_requested" if at_period_end else None
    return world.save(
        body, event="customer.subscription.updated", before={"cancel_at_period_end": not at_period_end}
    )
