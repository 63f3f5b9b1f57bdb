"""Payouts to banks: by themselves at midnight, refused by the bank, sent back after they were paid, repaired."""

from __future__ import annotations

import pytest
from stripe import InvalidRequestError

from tests.sandbox import Sandbox
from tests.stripe_sandbox.test_transfers import available, send


@pytest.fixture
def funded(sandbox: Sandbox) -> Sandbox:
    sandbox.fund("eur", 100_000)
    return sandbox


def payouts(sandbox: Sandbox, account: str) -> list[tuple[int, str, str | None]]:
    found = sandbox.client.v1.payouts.list({}, {"stripe_account": account}).data
    return [(row.amount, row.status, row.failure_code) for row in found]


def payouts_light(sandbox: Sandbox, account: str) -> bool | None:
    return sandbox.client.v1.accounts.retrieve(account).payouts_enabled


def test_at_midnight_everything_goes_to_the_bank(funded: Sandbox):
    account = funded.recipient()
    send(funded, account, 600)
    send(funded, account, 400)
    funded.advance(days=1)
    assert [row[0] for row in payouts(funded, account)] == [1_000]
    assert available(funded, account) == 0
    funded.advance(days=2)
    assert payouts(funded, account) == [(1_000, "paid", None)]


def test_a_payout_knows_the_lines_that_it_pays(funded: Sandbox):
    account = funded.recipient()
    first, second = send(funded, account, 600), send(funded, account, 400)
    funded.advance(days=1)
    send(funded, account, 50)
    of = {"stripe_account": account}
    payout = funded.client.v1.payouts.list({}, of).data[0]  # type: ignore[arg-type]
    lines = funded.client.v1.balance_transactions.list({"payout": payout.id}, of).data  # type: ignore[arg-type]
    assert {line.source for line in lines} == {
        first.destination_payment,
        second.destination_payment,
        payout.id,
    }
    assert sum(line.net for line in lines) == 0


def test_the_life_of_a_payout_is_told(funded: Sandbox):
    account = funded.recipient()
    send(funded, account, 600)
    funded.advance(days=4)
    events = funded.client.v1.events.list({"types": ["payout.*"]}).data
    assert [event.type for event in events] == ["payout.paid", "payout.updated", "payout.created"]
    assert {event.account for event in events} == {account}


def test_a_closed_bank_account_sends_it_back(funded: Sandbox):
    account = funded.recipient(bank="closed")
    send(funded, account, 600)
    funded.advance(days=4)
    assert payouts(funded, account) == [(600, "failed", "account_closed")]
    assert available(funded, account) == 600
    assert payouts_light(funded, account) is False
    # It stays until there is another bank account.
    funded.advance(days=5)
    assert len(payouts(funded, account)) == 1
    funded.change_bank(account)
    assert payouts_light(funded, account) is True
    funded.advance(days=4)
    assert payouts(funded, account) == [(600, "paid", None), (600, "failed", "account_closed")]


def test_a_payout_can_fail_after_it_was_paid(funded: Sandbox):
    account = funded.recipient(bank="late")
    send(funded, account, 600)
    funded.advance(days=3.5)
    assert payouts(funded, account) == [(600, "paid", None)]
    funded.advance(days=2)
    assert payouts(funded, account) == [(600, "failed", "account_closed")]
    assert available(funded, account) == 600
    types = [
        event.type for event in funded.client.v1.events.list({"types": ["payout.paid", "payout.failed"]}).data
    ]
    assert types == ["payout.failed", "payout.paid"]


def test_a_restricted_account_is_not_paid_out(funded: Sandbox):
    account = funded.recipient()
    send(funded, account, 600)
    funded.restrict(account)
    funded.advance(days=3)
    assert payouts(funded, account) == [] and available(funded, account) == 600
    funded.repair(account)
    funded.advance(days=1)
    assert [row[0] for row in payouts(funded, account)] == [600]


def test_a_payout_by_hand_and_its_cancellation(funded: Sandbox):
    account = funded.recipient()
    send(funded, account, 600)
    of = {"stripe_account": account}
    made = funded.client.v1.payouts.create({"amount": 500, "currency": "eur"}, of)  # type: ignore[arg-type]
    with pytest.raises(InvalidRequestError) as caught:
        funded.client.v1.payouts.create({"amount": 500, "currency": "eur"}, of)  # type: ignore[arg-type]
    assert caught.value.code == "balance_insufficient"
    assert funded.client.v1.payouts.cancel(made.id, {}, of).status == "canceled"  # type: ignore[arg-type]
    assert available(funded, account) == 600


def test_events_of_one_account_are_asked_for_by_it(funded: Sandbox):
    account, other = funded.recipient(), funded.recipient()
    for each in (account, other):
        send(funded, each, 600)
    funded.advance(days=1)
    of = {"stripe_account": account}
    found = funded.client.v1.events.list({"type": "payout.created"}, of).data  # type: ignore[arg-type]
    assert [event.account for event in found] == [account]
    assert funded.client.v1.events.retrieve(found[0].id, {}, of).id == found[0].id  # type: ignore[arg-type]
    assert len(funded.client.v1.events.list({"type": "payout.created"}).data) == 2
