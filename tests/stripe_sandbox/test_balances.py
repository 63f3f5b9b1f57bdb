"""Whatever happens: balances are the sums of balance transactions, and no money comes from nowhere."""

from __future__ import annotations

import random
from typing import Any

from stripe import StripeError

from tests.sandbox import Sandbox
from tests.stripe_sandbox.world import subscribed

STEPS = 50


def test_random_lives_keep_every_balance_the_sum_of_its_lines(sandbox: Sandbox):
    dice = random.Random(7)
    sandbox.fund("eur", 50_000)
    accounts = [sandbox.recipient(bank=bank) for bank in ("fine", "closed", "late")]
    subscribed(sandbox, card="4000000000000341")
    for _ in range(STEPS):
        step(sandbox, accounts, dice)
    for account in ("", *accounts):
        lines, balance = lines_of(sandbox, account), balance_of(sandbox, account)
        assert balance == sum(line["net"] for line in lines)
        assert all(line["net"] == line["amount"] - line["fee"] for line in lines)
    outside = sum(
        line["net"]
        for account in ("", *accounts)
        for line in lines_of(sandbox, account)
        if line["type"] not in ("transfer", "payment", "transfer_refund", "payment_refund")
    )
    assert outside == sum(balance_of(sandbox, account) for account in ("", *accounts))


def step(sandbox: Sandbox, accounts: list[str], dice: random.Random) -> None:
    """One thing that happens; a refusal is fine."""
    client, account, amount = sandbox.client, dice.choice(accounts), dice.randint(100, 9_000)
    kind = dice.choice(("transfer", "reverse", "pay", "refund", "day", "bank", "source"))
    try:
        if kind == "transfer":
            client.v1.transfers.create({"amount": amount, "currency": "eur", "destination": account})
        elif kind == "reverse":
            found = client.v1.transfers.list({"limit": 10}).data
            client.v1.transfers.reversals.create(dice.choice(found).id, {"amount": amount // 3 + 1})
        elif kind in ("pay", "source"):
            pay(sandbox, dice, amount, account if kind == "source" else None)
        elif kind == "refund":
            charge = dice.choice(client.v1.charges.list().data)
            client.v1.refunds.create({"charge": charge.id, "amount": amount})
        elif kind == "day":
            sandbox.advance(days=dice.choice((1, 3, 12)))
        else:
            sandbox.change_bank(account, bank=dice.choice(("fine", "closed", "late")))
    except (StripeError, IndexError):
        pass


def pay(sandbox: Sandbox, dice: random.Random, amount: int, account: str | None) -> None:
    card = dice.choice(
        ("pm_card_visa", "pm_card_bypassPending", "pm_card_createDispute", "pm_card_pendingRefund")
    )
    params: Any = {"amount": amount, "currency": "eur", "payment_method": card, "confirm": True}
    intent = sandbox.client.v1.payment_intents.create(params)
    if account:
        source: Any = {
            "amount": amount,
            "currency": "eur",
            "destination": account,
            "source_transaction": intent.latest_charge,
        }
        sandbox.client.v1.transfers.create(source)


def lines_of(sandbox: Sandbox, account: str) -> list[dict[str, Any]]:
    options: Any = {"stripe_account": account} if account else {}
    found = sandbox.client.v1.balance_transactions.list({"limit": 100}, options)
    return [line.to_dict() for line in found.auto_paging_iter()]


def balance_of(sandbox: Sandbox, account: str) -> int:
    options: Any = {"stripe_account": account} if account else {}
    found = sandbox.client.v1.balance.retrieve({}, options)
    rows = [*found.available, *found.pending]
    return sum(row.to_dict()["amount"] for row in rows if row.to_dict()["currency"] == "eur")
