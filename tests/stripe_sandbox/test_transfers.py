"""Transfers and reversals: what is allowed, what is refused, and what both balances say."""

from __future__ import annotations

import pytest
from stripe import InvalidRequestError

from tests.sandbox import Sandbox


def available(sandbox: Sandbox, account: str = "", currency: str = "eur") -> int:
    options = {"stripe_account": account} if account else {}
    found = sandbox.client.v1.balance.retrieve({}, options).available  # type: ignore[arg-type]
    return {row.currency: row.amount for row in found}.get(currency, 0)


def send(sandbox: Sandbox, account: str, amount: int, currency: str = "eur", **more: str):
    return sandbox.client.v1.transfers.create(
        {"amount": amount, "currency": currency, "destination": account, **more}  # type: ignore[typeddict-item]
    )


def refused(
    sandbox: Sandbox, account: str, amount: int, currency: str = "eur", **more: str
) -> InvalidRequestError:
    with pytest.raises(InvalidRequestError) as caught:
        send(sandbox, account, amount, currency, **more)
    return caught.value


def test_money_leaves_one_balance_and_enters_the_other(sandbox: Sandbox):
    sandbox.fund("eur", 10_000)
    account = sandbox.recipient()
    made = send(sandbox, account, 2_500, transfer_group="settlement-1")
    assert (available(sandbox), available(sandbox, account)) == (7_500, 2_500)
    assert [row.id for row in sandbox.client.v1.transfers.list({"transfer_group": "settlement-1"}).data] == [
        made.id
    ]
    line = sandbox.client.v1.balance_transactions.list({"source": made.id}).data[0]
    assert (line.net, line.type, line.reporting_category) == (-2_500, "transfer", "transfer")
    there = sandbox.client.v1.balance_transactions.list({}, {"stripe_account": account}).data[0]
    assert (there.net, there.type, there.source) == (2_500, "payment", made.destination_payment)


def test_more_than_there_is(sandbox: Sandbox):
    sandbox.fund("eur", 100)
    assert refused(sandbox, sandbox.recipient(), 101).code == "balance_insufficient"
    assert available(sandbox) == 100


def test_pending_money_is_not_there_yet(sandbox: Sandbox):
    sandbox.client.v1.payment_intents.create(
        {"amount": 5_000, "currency": "eur", "payment_method": "pm_card_visa", "confirm": True}
    )
    account = sandbox.recipient()
    assert refused(sandbox, account, 1_000).code == "balance_insufficient"
    sandbox.advance(days=2)
    assert send(sandbox, account, 1_000).amount == 1_000


@pytest.mark.parametrize("persona", [None, "document", "pending", "rejected"])
def test_accounts_that_may_not_receive(sandbox: Sandbox, persona: str | None):
    sandbox.fund("eur", 1_000)
    problem = refused(sandbox, sandbox.recipient(persona=persona), 100)
    assert problem.code == "insufficient_capabilities_for_transfer"


def test_an_account_restricted_later(sandbox: Sandbox):
    sandbox.fund("eur", 1_000)
    account = sandbox.recipient()
    send(sandbox, account, 100)
    sandbox.restrict(account)
    assert refused(sandbox, account, 100).code == "insufficient_capabilities_for_transfer"


@pytest.mark.parametrize(
    ("amount", "currency", "code", "param"),
    [
        (0, "eur", "parameter_invalid_integer", "amount"),
        (-5, "eur", "parameter_invalid_integer", "amount"),
        (100_000_000, "eur", "amount_too_large", "amount"),
        (100, "xyz", None, "currency"),
        (1_005, "kwd", "parameter_invalid_integer", "amount"),
    ],
)
def test_amounts_that_cannot_be(sandbox: Sandbox, amount: int, currency: str, code: str | None, param: str):
    problem = refused(sandbox, sandbox.recipient(), amount, currency)
    assert (problem.code, problem.param) == (code, param)


def test_currencies_have_balances_of_their_own(sandbox: Sandbox):
    sandbox.fund("jpy", 5_000)
    sandbox.fund("kwd", 10_000)
    account = sandbox.recipient(country="jp")
    send(sandbox, account, 3_000, "jpy")
    send(sandbox, account, 1_230, "kwd")
    assert (available(sandbox, account, "jpy"), available(sandbox, account, "kwd")) == (3_000, 1_230)
    assert refused(sandbox, account, 1, "eur").code == "balance_insufficient"


def paid(sandbox: Sandbox, amount: int) -> str:
    intent = sandbox.client.v1.payment_intents.create(
        {
            "amount": amount,
            "currency": "eur",
            "payment_method": "pm_card_visa",
            "confirm": True,
            "transfer_group": "sale-1",
        }
    )
    assert isinstance(intent.latest_charge, str)
    return intent.latest_charge


def test_from_a_charge_before_its_money_has_come(sandbox: Sandbox):
    account, charge = sandbox.recipient(), paid(sandbox, 5_000)
    made = send(sandbox, account, 4_000, source_transaction=charge)
    assert made.transfer_group == "sale-1"
    assert available(sandbox, account) == 0
    sandbox.advance(days=2)
    # The charge brought 5000 less its fee of 100.
    assert (available(sandbox, account), available(sandbox)) == (4_000, 900)


def test_a_charge_gives_no_more_than_it_brought(sandbox: Sandbox):
    account, charge = sandbox.recipient(), paid(sandbox, 5_000)
    send(sandbox, account, 4_000, source_transaction=charge)
    assert "more than the source transaction" in str(
        refused(sandbox, account, 1_001, source_transaction=charge)
    )
    assert refused(sandbox, account, 100, "usd", source_transaction=charge).param == "currency"
    assert refused(sandbox, account, 100, source_transaction="ch_none").code == "resource_missing"


def test_reversals_take_back_in_parts(sandbox: Sandbox):
    sandbox.fund("eur", 10_000)
    account = sandbox.recipient()
    made = send(sandbox, account, 1_000)
    reverse = sandbox.client.v1.transfers.reversals.create
    reverse(made.id, {"amount": 300, "metadata": {"why": "refund"}})
    reverse(made.id, {})
    after = sandbox.client.v1.transfers.retrieve(made.id)
    assert (after.amount_reversed, after.reversed) == (1_000, True)
    assert (available(sandbox), available(sandbox, account)) == (10_000, 0)
    with pytest.raises(InvalidRequestError, match="already been fully reversed"):
        reverse(made.id, {})
    assert [row.amount for row in sandbox.client.v1.transfers.reversals.list(made.id).data] == [700, 300]


def test_a_reversal_is_no_larger_than_the_transfer(sandbox: Sandbox):
    sandbox.fund("eur", 10_000)
    made = send(sandbox, sandbox.recipient(), 1_000)
    with pytest.raises(InvalidRequestError, match="greater than unreversed amount"):
        sandbox.client.v1.transfers.reversals.create(made.id, {"amount": 1_001})


def test_a_reversal_of_money_that_was_paid_out(sandbox: Sandbox):
    sandbox.fund("eur", 10_000)
    made = send(sandbox, sandbox.recipient(), 1_000)
    sandbox.advance(days=1)
    with pytest.raises(InvalidRequestError) as caught:
        sandbox.client.v1.transfers.reversals.create(made.id, {"amount": 1})
    assert caught.value.code == "balance_insufficient"
