"""/v1/transfers and their reversals: from the platform's balance to a connected account's, and back."""

from __future__ import annotations

from stripe_sandbox import balances, connected
from stripe_sandbox.currencies import demand_amount, known, shown
from stripe_sandbox.errors import Json, Problem, invalid
from stripe_sandbox.metadata import merged
from stripe_sandbox.paging import page
from stripe_sandbox.routes import route
from stripe_sandbox.shapes import blank, listed
from stripe_sandbox.world import World


@route("POST", "/v1/transfers", "TransferCreateParams")
def create(world: World, params: Json) -> Json:
    """Moves money to a connected account."""
    currency = known(params["currency"])
    if "amount" not in params and "source_transaction" not in params:
        raise invalid("amount", "Missing required param: amount.", "parameter_missing")
    destination = params["destination"]
    connected.demand_can_receive(world, destination)
    charge = _source(world, params, currency)
    amount: int = params["amount"] if "amount" in params or not charge else charge["amount"]
    demand_amount(amount, currency)
    if charge:
        _demand_rest(world, charge, amount)
    else:
        balances.demand_available(world, "", amount, currency)
    return _book(world, params, destination, amount, currency, charge)


def _source(world: World, params: Json, currency: str) -> Json | None:
    """The charge that the money comes from, when one is named."""
    if "source_transaction" not in params:
        return None
    charge = world.get("charge", params["source_transaction"], param="source_transaction")
    if charge["status"] != "succeeded" or not charge["captured"]:
        raise invalid("source_transaction", "The source_transaction must be a succeeded, captured charge.")
    if charge["currency"] != currency:
        raise invalid(
            "currency",
            f"The currency of source_transaction's balance transaction ({charge['currency']}) must be the same as the "
            f"transfer currency ({currency})",
        )
    return charge


def _demand_rest(world: World, charge: Json, amount: int) -> None:
    used = sum(row["amount"] for row in world.all("transfer", source_transaction=charge["id"]))
    if used + amount > charge["amount"]:
        raise invalid(
            "amount",
            f"Sum of transfers from this charge would be {shown(used + amount, charge['currency'])}, more than the "
            f"source transaction amount of {shown(charge['amount'], charge['currency'])}.",
        )


def _book(
    world: World, params: Json, destination: str, amount: int, currency: str, charge: Json | None
) -> Json:
    """The transfer, the payment that the destination sees, and a line in each balance."""
    id, payment = world.new_id("tr"), world.new_id("py")
    at = world.store.get(charge["balance_transaction"] or "") if charge else None
    when = max(at["available_on"], world.now) if at else world.now
    out = balances.book(
        world, account="", type="transfer", amount=-amount, currency=currency, source=id, available_on=when,
        description=params.get("description"),
    )  # fmt: skip
    into = balances.book(
        world,
        account=destination,
        type="payment",
        amount=amount,
        currency=currency,
        source=payment,
        available_on=when,
    )
    connected.add_payment(world, destination, payment, into, transfer=id)
    body = blank(
        "transfer", id=id, amount=amount, amount_reversed=0, balance_transaction=out["id"], created=world.now,
        currency=currency, description=params.get("description"), destination=destination,
        destination_payment=payment, livemode=False, metadata=merged({}, params),
        reversals=listed([], f"/v1/transfers/{id}/reversals"), reversed=False,
        source_transaction=charge["id"] if charge else None, source_type="card",
        transfer_group=params.get("transfer_group") or (charge["transfer_group"] if charge else None),
    )  # fmt: skip
    return world.add(body, event="transfer.created")


@route("GET", "/v1/transfers", "TransferListParams")
def index(world: World, params: Json) -> Json:
    """The platform's transfers, newest first."""
    return page(world, "transfer", params, "/v1/transfers", by=("destination", "transfer_group"))


@route("GET", "/v1/transfers/{id}", "TransferRetrieveParams")
def show(world: World, _params: Json, id: str) -> Json:
    """One transfer."""
    return world.get("transfer", id)


@route("POST", "/v1/transfers/{id}", "TransferUpdateParams")
def update(world: World, params: Json, id: str) -> Json:
    """Changes its description or metadata."""
    body = world.get("transfer", id)
    if "description" in params:
        body["description"] = params["description"] or None
    return world.save(body | {"metadata": merged(body["metadata"], params)}, event="transfer.updated")


@route("POST", "/v1/transfers/{id}/reversals", "TransferReversalCreateParams")
def reverse(world: World, params: Json, id: str) -> Json:
    """Takes money back, as far as the connected account has it."""
    body = world.get("transfer", id)
    rest = body["amount"] - body["amount_reversed"]
    if rest == 0:
        raise Problem(f"Transfer {id} has already been fully reversed.", param="id")
    amount = params.get("amount", rest)
    if amount < 1:
        raise invalid("amount", "This value must be greater than or equal to 1.", "parameter_invalid_integer")
    if amount > rest:
        raise invalid(
            "amount",
            f"Transfer reversal amount ({shown(amount, body['currency'])}) is greater than unreversed amount on "
            f"transfer ({shown(rest, body['currency'])})",
        )
    if balances.available(world, body["destination"], body["currency"]) < amount and not _still_pending(
        world, body
    ):
        raise Problem(
            f"Insufficient funds in the connected account {body['destination']} to reverse this transfer.",
            code="balance_insufficient", param="amount",
        )  # fmt: skip
    return _book_reversal(world, params, body, amount)


def _still_pending(world: World, body: Json) -> bool:
    """Whether the transferred money has not arrived yet: then what comes back need not have, either."""
    line = world.store.get(body["balance_transaction"])
    return bool(line and line["available_on"] > world.now)


def _book_reversal(world: World, params: Json, body: Json, amount: int) -> Json:
    id = world.new_id("trr")
    at = world.get("balance_transaction", body["balance_transaction"])["available_on"]
    when, currency = max(at, world.now), body["currency"]
    into = balances.book(
        world, account="", type="transfer_refund", amount=amount, currency=currency, source=id, available_on=when,
    )  # fmt: skip
    refund = world.new_id("pyr")
    balances.book(
        world, account=body["destination"], type="payment_refund", amount=-amount, currency=currency,
        source=refund, available_on=when,
    )  # fmt: skip
    made = blank(
        "transfer_reversal", id=id, amount=amount, balance_transaction=into["id"], created=world.now,
        currency=currency, destination_payment_refund=refund, metadata=merged({}, params), source_refund=None,
        transfer=body["id"],
    )  # fmt: skip
    world.add(made)
    body["amount_reversed"] += amount
    body["reversed"] = body["amount_reversed"] == body["amount"]
    body["reversals"]["data"] = [made, *body["reversals"]["data"]][:10]
    world.save(body, event="transfer.reversed")
    return made


@route("GET", "/v1/transfers/{id}/reversals", "TransferReversalListParams")
def reversals(world: World, params: Json, id: str) -> Json:
    """What was taken back, newest first."""
    world.get("transfer", id)
    return page(world, "transfer_reversal", params, f"/v1/transfers/{id}/reversals", transfer=id)


@route("GET", "/v1/transfers/{id}/reversals/{reversal}", "TransferReversalRetrieveParams")
def show_reversal(world: World, _params: Json, id: str, reversal: str) -> Json:
    """One reversal."""
    world.get("transfer", id)
    return world.get("transfer_reversal", reversal)
