"""Money of the platform and of connected accounts: balance transactions, and balances as nothing but their sums."""

from __future__ import annotations

from collections import defaultdict

from stripe_sandbox.errors import Json, Problem
from stripe_sandbox.shapes import blank
from stripe_sandbox.world import World

DAY_S = 86_400
PENDING_DAYS = 2
CATEGORY = {
    "charge": "charge", "payment": "charge", "transfer": "transfer", "transfer_refund": "transfer_reversal",
    "payment_refund": "refund", "refund": "refund", "refund_failure": "refund_failure", "payout": "payout",
    "payout_failure": "payout_reversal", "topup": "topup", "adjustment": "dispute",
}  # fmt: skip


def book(
    world: World,
    *,
    account: str,
    type: str,
    amount: int,
    currency: str,
    source: str,
    fee: int = 0,
    available_on: int | None = None,
    description: str | None = None,
    category: str | None = None,
) -> Json:
    """A balance transaction: `amount − fee` moves into (or, below 0, out of) the account's balance."""
    at = world.now if available_on is None else available_on
    details = {"amount": fee, "application": None, "currency": currency, "type": "stripe_fee"}
    fees = [details | {"description": "Stripe processing fees"}] if fee else []
    line = blank(
        "balance_transaction", id=world.new_id("txn"), amount=amount, available_on=at, created=world.now,
        currency=currency, description=description, fee=fee, fee_details=fees, net=amount - fee,
        reporting_category=category or CATEGORY[type], source=source, type=type, balance_type="payments",
        status="available" if at <= world.now else "pending",
    )  # fmt: skip
    world.add(line, account=account)
    world.store.run(
        "insert into money values (?, ?, ?, ?, ?, null)", line["id"], account, currency, line["net"], at
    )
    if at > world.now:
        world.plan(at, "available", line["id"])
    return line


def make_available(world: World, id: str) -> None:
    """A pending line is available from now on."""
    if line := world.store.get(id):
        world.save(line | {"status": "available"})


def make_all_available(world: World) -> None:
    """Does so with every line whose time has come."""
    due = "select subject from due where what = 'available' and at <= ?"
    world.store.run(
        f"update objects set body = json_set(body, '$.status', 'available') where id in ({due})", world.now
    )
    world.store.run("delete from due where what = 'available' and at <= ?", world.now)


def gather(world: World, account: str, currency: str, payout: str) -> None:
    """Notes which lines an automatic payout pays: all that is available and was not paid by an earlier one."""
    world.store.run(
        "update money set payout = ? where account = ? and currency = ? and available_on <= ? and payout is null",
        payout, account, currency, world.now,
    )  # fmt: skip


def available(world: World, account: str, currency: str) -> int:
    """What can be moved now, in minor units."""
    row = world.store.row(
        "select coalesce(sum(net), 0) as total from money where account = ? and currency = ? and available_on <= ?",
        account, currency, world.now,
    )  # fmt: skip
    return int(row["total"]) if row else 0


def totals(world: World, account: str) -> dict[str, tuple[int, int]]:
    """Available and pending by currency."""
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for row in world.store.rows(
        "select currency, available_on > ? as pending, sum(net) as total from money where account = ? group by 1, 2",
        world.now, account,
    ):  # fmt: skip
        found[row["currency"]][row["pending"]] = row["total"]
    return {currency: (now, later) for currency, (now, later) in sorted(found.items())}


def demand_available(world: World, account: str, amount: int, currency: str) -> None:
    """Lets pass what the balance has.

    Raises:
        Problem: it has less.
    """
    if available(world, account, currency) < amount:
        raise Problem(
            "You have insufficient available funds in your Stripe account. Try adding funds directly to your available "
            "balance by creating Charges using the 4000000000000077 test card. See: "
            "https://stripe.com/docs/testing#available-balance",
            code="balance_insufficient",
        )
