"""A past that is written down at once: what happened, one JSON object a line in the order of time, under given ids.

It happens by the same functions as everything else, but quietly: no events are made of it. `README.md` lists the lines.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable

from stripe_sandbox import balances, cards, clock, connected, payments, refunds, subscriptions
from stripe_sandbox.api import payouts
from stripe_sandbox.api.accounts import create as create_account
from stripe_sandbox.api.catalogue import (
    create_coupon,
    create_product,
    create_tax_rate,
    make_customer,
    make_price,
)
from stripe_sandbox.api.transfers import create as create_transfer
from stripe_sandbox.errors import Json
from stripe_sandbox.store import Store
from stripe_sandbox.world import World

CARD = "4242424242424242"
COUPON = "FIRSTHALF"


def write_down(store: Store, lines: Iterable[str]) -> None:
    """Writes a past into an empty sandbox, all of it or nothing; nothing happens when there is one already.

    Raises:
        KeyError, Problem: a line cannot be.
    """
    with store.transaction():
        if store.setting("seeded"):
            return
        for line in lines:
            fact = json.loads(line)
            LINES[fact["do"]](World(store, fact["at"], quiet=True), fact)
        # At once: thousands of steps, each a commit of its own, would else be the first thing that the server does.
        balances.make_all_available(World(store, clock.now(store)))
        store.set("seeded", True)


def _price(world: World, fact: Json) -> None:
    if world.store.get(fact["product"]) is None:
        create_product(world, {"id": fact["product"], "name": fact["name"]})
    world.given["price"] = fact["id"]
    make_price(world, {
        "product": fact["product"], "currency": fact["currency"], "unit_amount": fact["amount"],
        "nickname": fact["name"],
        "recurring": {"interval": "month"}, "lookup_key": fact["lookup_key"],
    })  # fmt: skip


def _tax(world: World, fact: Json) -> None:
    world.given["txr"] = fact["id"]
    create_tax_rate(world, {"display_name": "VAT", "percentage": fact["percent"], "inclusive": False})


def _customer(world: World, fact: Json) -> None:
    world.given["cus"] = fact["id"]
    made = make_customer(world, {"email": fact["email"], "name": fact["name"], "metadata": fact["metadata"]})
    method = cards.make_method(world, CARD, customer=made["id"], email=fact["email"])
    made["invoice_settings"]["default_payment_method"] = method["id"]
    world.save(made)


def _begin(world: World, fact: Json) -> None:
    """A subscription and its first, paid invoice; `half`: at half price."""
    if fact["half"] and world.store.get(COUPON) is None:
        create_coupon(world, {"id": COUPON, "percent_off": 50, "duration": "once"})
    world.given |= {"sub": fact["id"], "in": fact["invoice"], "pi": fact["payment"]}
    params = {
        "metadata": fact["metadata"], "default_tax_rates": fact["taxes"],
        "discounts": [{"coupon": COUPON}] if fact["half"] else [],
    }  # fmt: skip
    customer = world.get("customer", fact["customer"])
    items = [{"price": price} for price in fact["prices"]]
    subscriptions.begin(world, customer, items, params, method=None, off_session=False)


def _renew(world: World, fact: Json) -> None:
    world.given |= {"in": fact["invoice"], "pi": fact["payment"]}
    subscriptions.renew(world, fact["id"])


def _end(world: World, fact: Json) -> None:
    subscriptions.end(world, world.get("subscription", fact["id"]), "cancellation_requested")


def _sale(world: World, fact: Json) -> None:
    world.given["pi"] = fact["id"]
    customer = world.get("customer", fact["customer"])
    intent = payments.new_intent(
        world, {name: fact[name] for name in ("amount", "currency", "customer", "metadata")}
    )
    payments.confirm(world, intent, customer["invoice_settings"]["default_payment_method"])


def _charge(world: World, fact: Json) -> Json:
    return world.get("charge", world.get("payment_intent", fact["payment"])["latest_charge"])


def _refund(world: World, fact: Json) -> None:
    world.given["re"] = fact["id"]
    refunds.refund(world, _charge(world, fact), {"amount": fact["amount"]})


def _lost(world: World, fact: Json) -> None:
    world.given["dp"] = fact["id"]
    refunds.close_dispute(world, refunds.open_dispute(world, _charge(world, fact), fact["amount"]), won=False)


def _recipient(world: World, fact: Json) -> None:
    """A connected account that was filled in and is active."""
    world.given["acct"] = fact["id"]
    create_account(world, {
        "contact_email": fact["email"], "display_name": fact["name"], "dashboard": "express",
        "metadata": fact["metadata"],
        "identity": {"country": fact["country"], "entity_type": "individual"},
        "configuration": {"recipient": {"capabilities": {"stripe_balance": {"stripe_transfers": {"requested": True}}}}},
        "defaults": {"responsibilities": {"fees_collector": "application", "losses_collector": "application"}},
    })  # fmt: skip
    connected.onboard(world, connected.find(world, fact["id"]), persona="fine", bank="fine")


def _transfer(world: World, fact: Json) -> None:
    world.given |= {"tr": fact["id"], "py": fact["destination_payment"]}
    names = ("amount", "currency", "destination", "transfer_group", "metadata")
    create_transfer(world, {name: fact[name] for name in names})


def _payout(world: World, fact: Json) -> None:
    """All that an account has went to its bank, and arrived."""
    world.given["po"] = fact["id"]
    body = payouts.send(world, fact["account"], fact["amount"], fact["currency"], automatic=True, params={})
    for step in ("payout_leaves", "payout_arrives"):
        world.unplan(step, body["id"])
    world.save(body | {"status": "paid"}, account=fact["account"])
    if not any(now or later for now, later in balances.totals(world, fact["account"]).values()):
        world.unplan("payout", fact["account"])


LINES: dict[str, Callable[[World, Json], None]] = {
    "price": _price,
    "tax": _tax,
    "customer": _customer,
    "begin": _begin,
    "renew": _renew,
    "end": _end,
    "sale": _sale,
    "refund": _refund,
    "lost": _lost,
    "recipient": _recipient,
    "transfer": _transfer,
    "payout": _payout,
}
