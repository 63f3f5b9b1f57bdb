"""/v1/payouts: from a connected account's balance to its bank; by itself at midnight, and sometimes back again."""

from __future__ import annotations

from stripe_sandbox import balances, connected
from stripe_sandbox.currencies import demand_amount, known
from stripe_sandbox.errors import Json, Problem
from stripe_sandbox.metadata import merged
from stripe_sandbox.paging import page
from stripe_sandbox.routes import route
from stripe_sandbox.shapes import blank
from stripe_sandbox.timeline import happens
from stripe_sandbox.world import World

DAY_S = 86_400
UNDER_WAY_S, ARRIVES_S, COMES_BACK_S = 6 * 3_600, 2 * DAY_S, 2 * DAY_S
CLOSED = ("account_closed", "The bank account has been closed.")


@route("POST", "/v1/payouts", "PayoutCreateParams")
def create(world: World, params: Json) -> Json:
    """A payout by hand."""
    currency = known(params["currency"])
    demand_amount(params["amount"], currency)
    balances.demand_available(world, world.account, params["amount"], currency)
    if world.account and connected.status(connected.find(world, world.account))[1] != "active":
        raise Problem("Payouts are not enabled for this account.", code="payouts_not_allowed")
    return send(world, world.account, params["amount"], currency, automatic=False, params=params)


def send(world: World, account: str, amount: int, currency: str, *, automatic: bool, params: Json) -> Json:
    """Starts a payout and plans the rest of its life."""
    id = world.new_id("po")
    line = balances.book(
        world,
        account=account,
        type="payout",
        amount=-amount,
        currency=currency,
        source=id,
        description="STRIPE PAYOUT",
    )
    if automatic:
        balances.gather(world, account, currency, id)
    bank = connected.find(world, account)["_sandbox"]["bank_id"] if account else None
    body = blank(
        "payout", id=id, amount=amount, arrival_date=(world.now + ARRIVES_S) // DAY_S * DAY_S,
        automatic=automatic, balance_transaction=line["id"], created=world.now, currency=currency,
        description=params.get("description") or "STRIPE PAYOUT", destination=bank, livemode=False,
        metadata=merged({}, params), method="standard", source_type="card",
        reconciliation_status="completed" if automatic else "not_applicable", status="pending",
        type="bank_account", statement_descriptor=params.get("statement_descriptor"),
    )  # fmt: skip
    world.plan(world.now + UNDER_WAY_S, "payout_leaves", id)
    world.plan(world.now + ARRIVES_S, "payout_arrives", id)
    return world.add(body, account=account, event="payout.created")


@route("GET", "/v1/payouts", "PayoutListParams")
def index(world: World, params: Json) -> Json:
    """The account's payouts, newest first."""
    params = {name: value for name, value in params.items() if name != "arrival_date"}
    return page(world, "payout", params, "/v1/payouts", account=world.account, by=("status", "destination"))


@route("GET", "/v1/payouts/{id}", "PayoutRetrieveParams")
def show(world: World, _params: Json, id: str) -> Json:
    """One payout."""
    return world.get("payout", id, account=world.account)


@route("POST", "/v1/payouts/{id}/cancel", "PayoutCancelParams")
def cancel(world: World, _params: Json, id: str) -> Json:
    """Calls it back before it has left."""
    body = world.get("payout", id, account=world.account)
    if body["status"] != "pending":
        raise Problem("Payouts can only be canceled while they are pending.", code="payouts_not_allowed")
    for step in ("payout_leaves", "payout_arrives"):
        world.unplan(step, id)
    line = balances.book(
        world,
        account=world.account,
        type="payout_failure",
        amount=body["amount"],
        currency=body["currency"],
        source=id,
    )
    body |= {"status": "canceled", "failure_balance_transaction": line["id"]}
    return world.save(body, account=world.account, event="payout.canceled")


@happens("available")
def _available(world: World, line: str) -> None:
    balances.make_available(world, line)


@happens("payout")
def _pay_out(world: World, account: str) -> None:
    """All that is available goes to the bank; what is still pending, on a later midnight."""
    body = connected.find(world, account)
    totals = balances.totals(world, account)
    if connected.status(body)[1] == "active" and body["_sandbox"]["bank"]:
        for currency, (now, _) in totals.items():
            if now > 0:
                send(world, account, now, currency, automatic=True, params={})
    if any(later > 0 for _, later in totals.values()) or any(now > 0 for now, _ in totals.values()):
        world.plan((world.now // DAY_S + 1) * DAY_S, "payout", account)


def _owner(world: World, id: str) -> tuple[Json, str] | None:
    row = world.store.row("select account from objects where id = ? and kind = 'payout'", id)
    return (world.get("payout", id, account=row["account"]), row["account"]) if row else None


@happens("payout_leaves")
def _leave(world: World, id: str) -> None:
    found = _owner(world, id)
    if found and found[0]["status"] == "pending":
        body, account = found
        world.save(body | {"status": "in_transit"}, account=account, event="payout.updated")


@happens("payout_arrives")
def _arrive(world: World, id: str) -> None:
    """It is at the bank: there it stays, is refused at once, or comes back later."""
    found = _owner(world, id)
    if found is None or found[0]["status"] not in ("pending", "in_transit"):
        return
    body, account = found
    bank = connected.find(world, account)["_sandbox"]["bank"] if account else "fine"
    if bank == "closed":
        fail(world, body, account)
        return
    world.save(body | {"status": "paid"}, account=account, event="payout.paid")
    if bank == "late":
        world.plan(world.now + COMES_BACK_S, "payout_returns", id)


@happens("payout_returns")
def _return(world: World, id: str) -> None:
    if found := _owner(world, id):
        fail(world, *found)


def fail(world: World, body: Json, account: str) -> Json:
    """The bank does not take it: the money is in the balance again."""
    line = balances.book(
        world,
        account=account,
        type="payout_failure",
        amount=body["amount"],
        currency=body["currency"],
        source=body["id"],
    )
    body |= {
        "status": "failed",
        "failure_balance_transaction": line["id"],
        "failure_code": CLOSED[0],
        "failure_message": CLOSED[1],
    }
    world.save(body, account=account, event="payout.failed")
    if account:
        connected.bank_failed(world, connected.find(world, account))
    return body
