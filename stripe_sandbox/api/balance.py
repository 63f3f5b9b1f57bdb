"""/v1/balance, /v1/balance_transactions, /v1/topups."""

from __future__ import annotations

from stripe_sandbox import balances
from stripe_sandbox.currencies import demand_amount, known
from stripe_sandbox.errors import Json
from stripe_sandbox.paging import page
from stripe_sandbox.routes import route
from stripe_sandbox.shapes import blank
from stripe_sandbox.world import World


@route("GET", "/v1/balance", "BalanceRetrieveParams")
def show(world: World, _params: Json) -> Json:
    """What the account has, by currency."""
    found = balances.totals(world, world.account) or {"eur": (0, 0)}
    body = blank(
        "balance", livemode=False,
        available=[_amount(currency, now) for currency, (now, _) in found.items()],
        pending=[_amount(currency, later) for currency, (_, later) in found.items()],
    )  # fmt: skip
    for field in ("instant_available", "issuing", "refund_and_dispute_prefunding"):
        body.pop(field, None)
    if world.account:
        body.pop("connect_reserved")
    else:
        body["connect_reserved"] = [{"amount": 0, "currency": currency} for currency in found]
    return body


def _amount(currency: str, amount: int) -> Json:
    return {"amount": amount, "currency": currency, "source_types": {"card": amount}}


@route("GET", "/v1/balance_transactions", "BalanceTransactionListParams")
def transactions(world: World, params: Json) -> Json:
    """The account's lines, newest first."""
    return page(
        world, "balance_transaction", params, "/v1/balance_transactions", account=world.account,
        by=("currency", "source", "type"), among=params.get("payout"),
    )  # fmt: skip


@route("GET", "/v1/balance_transactions/{id}", "BalanceTransactionRetrieveParams")
def transaction(world: World, _params: Json, id: str) -> Json:
    """One line."""
    return world.get("balance_transaction", id, account=world.account)


@route("POST", "/v1/topups", "TopupCreateParams")
def top_up(world: World, params: Json) -> Json:
    """Adds the platform's own money, available at once."""
    currency = known(params["currency"])
    demand_amount(params["amount"], currency)
    return add_funds(
        world, params["amount"], currency, params.get("description"), params.get("metadata") or {}
    )


def add_funds(
    world: World, amount: int, currency: str, description: str | None = None, metadata: Json | None = None
) -> Json:
    """A top-up that has arrived."""
    id = world.new_id("tu")
    line = balances.book(
        world, account="", type="topup", amount=amount, currency=currency, source=id, description=description
    )
    body = blank(
        "topup", id=id, amount=amount, balance_transaction=line["id"], created=world.now, currency=currency,
        description=description, expected_availability_date=world.now, livemode=False, metadata=metadata or {},
        status="succeeded", source=None,
    )  # fmt: skip
    return world.add(body, event="topup.succeeded")


@route("GET", "/v1/topups/{id}", "TopupRetrieveParams")
def topup(world: World, _params: Json, id: str) -> Json:
    """One top-up."""
    return world.get("topup", id)
