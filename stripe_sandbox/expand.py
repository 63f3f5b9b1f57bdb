"""Expansion: an id becomes the object, by paths such as `data.balance_transaction.source`, at most four deep."""

from __future__ import annotations

from typing import Any

from stripe_sandbox import checkout
from stripe_sandbox.errors import Json, invalid
from stripe_sandbox.shapes import listed
from stripe_sandbox.world import World

DEEPEST = 4
PREFIXES = tuple(
    f"{name}_" for name in ("acct", "ba", "ch", "cs", "cus", "di", "dp", "in", "pi", "pm", "po", "price",
    "prod", "py", "re", "sub", "tr",
                            "trr", "txn", "tu")
)  # fmt: skip


def expanded(world: World, body: Json, paths: list[str]) -> Json:
    """The answer with the objects at the paths in place of their ids.

    Raises:
        Problem: a path is too deep or leads nowhere.
    """
    for path in paths:
        parts = path.split(".")
        if len(parts) > DEEPEST:
            raise invalid("expand", "You cannot expand more than 4 levels of a property. Property: " + path)
        _open(world, body, parts, path)
    return body


def _open(world: World, place: Any, parts: list[str], path: str) -> None:
    if not parts:
        return
    if isinstance(place, list):
        for item in place:
            _open(world, item, parts, path)
        return
    if not isinstance(place, dict):
        return
    name = parts[0]
    _add_left_out(world, place, name)
    value = place.get(name, place)
    if value is place:
        raise invalid(
            "expand",
            f"This property cannot be expanded ({name}). You may want to try expanding 'data.{path}' instead."
            if "data" in place
            else f"This property cannot be expanded ({name}).",
        )
    if isinstance(value, str) and value.startswith(PREFIXES):
        place[name] = value = world.store.get(value) or value
    elif isinstance(value, list):
        place[name] = value = [
            world.store.get(item) or item if isinstance(item, str) and item.startswith(PREFIXES) else item
            for item in value
        ]
    _open(world, value, parts[1:], path)


def _add_left_out(world: World, place: Json, name: str) -> None:
    """Adds what an answer holds only when it is asked for."""
    kind, id = place.get("object"), place.get("id", "")
    if kind == "checkout.session" and name == "line_items":
        place[name] = listed(checkout.items(world, id), f"/v1/checkout/sessions/{id}/line_items")
    elif kind == "invoice" and name == "payments":
        found = world.all("invoice_payment", invoice=id)
        place[name] = listed(found, f"/v1/invoice_payments?invoice={id}")
