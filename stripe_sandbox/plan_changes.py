"""Other prices in the middle of a period, with what is credited and charged for the rest of it."""

from __future__ import annotations

from fractions import Fraction

from stripe_sandbox import invoices, lines, subscriptions
from stripe_sandbox.errors import Json, invalid
from stripe_sandbox.shapes import listed
from stripe_sandbox.world import World


def change(world: World, body: Json, wanted: list[Json], behaviour: str) -> Json:
    """Other prices from now on; what is left of the period is credited and charged by the second.

    Raises:
        Problem: an item or price is not there, or does not go with the others.
    """
    before, rows = [dict(row) for row in body["items"]["data"]], body["items"]["data"]
    for entry in wanted:
        rows = _change_item(world, body, rows, entry, before[0])
    if not rows:
        raise invalid("items", "A subscription must have at least one active item.")
    if len({(row["price"]["currency"], str(row["price"]["recurring"])) for row in rows}) != 1:
        raise invalid("items", "All prices on a subscription must have the same currency and interval.")
    body["items"]["data"] = rows
    parts = [] if behaviour == "none" else _prorations(world, body, before, rows)
    world.save(body, event="customer.subscription.updated", before={"items": listed(before, "")})
    if behaviour == "always_invoice" and parts:
        invoice = invoices.make(world, body, parts, "subscription_update", start=world.now, end=world.now)
        body["latest_invoice"] = invoice["id"]
        world.save(body)
        subscriptions.attempt(world, body, invoice)
    elif parts:
        world.store.set(f"waiting:{body['id']}", [*world.store.setting(f"waiting:{body['id']}", []), *parts])
    return world.get("subscription", body["id"])


def _change_item(world: World, body: Json, rows: list[Json], entry: Json, first: Json) -> list[Json]:
    """The items after one of the changes; `first` knows the period."""
    start: int = first["current_period_start"]
    until: int = first["current_period_end"]
    if "id" not in entry:
        return [
            *rows,
            subscriptions.new_item(
                world,
                body["id"],
                subscriptions.recurring(world, entry["price"]),
                entry.get("quantity", 1),
                start,
                until,
            ),
        ]
    if entry["id"] not in [row["id"] for row in rows]:
        raise invalid("items", f"No such subscription item: '{entry['id']}'", "resource_missing")
    if entry.get("deleted"):
        return [row for row in rows if row["id"] != entry["id"]]
    found = []
    for row in rows:
        if row["id"] == entry["id"]:
            price = subscriptions.recurring(world, entry["price"]) if entry.get("price") else row["price"]
            quantity: int = entry["quantity"] if "quantity" in entry else row["quantity"]
            fresh = subscriptions.new_item(world, body["id"], price, quantity, start, until)
            row = fresh | {"id": row["id"], "created": row["created"]}
        found.append(row)
    return found


def _prorations(world: World, body: Json, before: list[Json], now: list[Json]) -> list[Json]:
    """A credit for what was paid and is not used, a charge for what is used instead."""
    start, until = before[0]["current_period_start"], before[0]["current_period_end"]
    rest = Fraction(until - world.now, until - start)
    kept = {(row["id"], row["price"]["id"], row["quantity"]) for row in before}
    kept &= {(row["id"], row["price"]["id"], row["quantity"]) for row in now}
    found = []
    for rows, sign, words in ((before, -1, "Unused time on"), (now, 1, "Remaining time on")):
        for row in rows:
            if (row["id"], row["price"]["id"], row["quantity"]) in kept:
                continue
            amount = sign * lines.half_up(row["price"]["unit_amount"] * row["quantity"] * rest)
            name = row["price"]["nickname"] or row["price"]["product"]
            found.append(lines.line(
                row["price"], row["quantity"], amount=amount, description=f"{words} {name}", start=world.now, end=until,
                subscription=body["id"], item=row["id"], proration=True,
            ))  # fmt: skip
    return found
