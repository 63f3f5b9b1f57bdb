"""Cards: paid, declined, held and captured, refunded, disputed."""

from __future__ import annotations

from typing import Any

import pytest
from stripe import CardError, InvalidRequestError

from tests.sandbox import Sandbox
from tests.stripe_sandbox.test_transfers import available


def pay(sandbox: Sandbox, method: str = "pm_card_visa", amount: int = 5_000, **more: Any) -> Any:
    params: Any = {"amount": amount, "currency": "eur", "payment_method": method, "confirm": True, **more}
    return sandbox.client.v1.payment_intents.create(params)


def test_a_payment_is_available_after_two_days_less_its_fee(sandbox: Sandbox):
    intent = pay(sandbox)
    assert (intent.status, intent.amount_received) == ("succeeded", 5_000)
    assert available(sandbox) == 0
    sandbox.advance(days=2)
    assert available(sandbox) == 5_000 - 100


def test_one_card_is_available_at_once(sandbox: Sandbox):
    pay(sandbox, "pm_card_bypassPending")
    assert available(sandbox) == 4_900


def test_a_declined_card_leaves_an_intent_to_try_again(sandbox: Sandbox):
    with pytest.raises(CardError) as caught:
        pay(sandbox, "pm_card_chargeDeclinedInsufficientFunds")
    error = caught.value.error
    assert caught.value.http_status == 402 and error is not None
    assert (error.code, error.decline_code) == ("card_declined", "insufficient_funds")
    intent = error.payment_intent
    assert intent is not None and intent.status == "requires_payment_method"
    failed = sandbox.client.v1.charges.retrieve(str(error.charge))
    assert (failed.status, failed.paid) == ("failed", False)
    again = sandbox.client.v1.payment_intents.confirm(intent.id, {"payment_method": "pm_card_visa"})
    assert again.status == "succeeded"


def test_too_little_for_a_card(sandbox: Sandbox):
    with pytest.raises(InvalidRequestError) as caught:
        pay(sandbox, amount=49)
    assert caught.value.code == "amount_too_small"


def test_held_money_is_captured_in_part(sandbox: Sandbox):
    intent = pay(sandbox, capture_method="manual")
    assert (intent.status, intent.amount_capturable) == ("requires_capture", 5_000)
    done = sandbox.client.v1.payment_intents.capture(intent.id, {"amount_to_capture": 2_000})
    assert (done.status, done.amount_received) == ("succeeded", 2_000)
    sandbox.advance(days=3)
    assert available(sandbox) == 2_000 - 55


def test_held_money_is_let_go_by_cancelling_or_after_a_week(sandbox: Sandbox):
    intents = sandbox.client.v1.payment_intents
    first, second = pay(sandbox, capture_method="manual"), pay(sandbox, capture_method="manual")
    assert intents.cancel(first.id).status == "canceled"
    with pytest.raises(InvalidRequestError) as caught:
        intents.capture(first.id)
    assert caught.value.code == "payment_intent_unexpected_state"
    sandbox.advance(days=8)
    assert intents.retrieve(second.id).status == "canceled"
    assert available(sandbox) == 0


def test_refunds_in_parts_until_nothing_is_left(sandbox: Sandbox):
    intent = pay(sandbox)
    refund = sandbox.client.v1.refunds.create
    refund({"payment_intent": intent.id, "amount": 2_000})
    with pytest.raises(InvalidRequestError, match="greater than unrefunded amount"):
        refund({"payment_intent": intent.id, "amount": 3_001})
    refund({"charge": intent.latest_charge})
    with pytest.raises(InvalidRequestError) as caught:
        refund({"charge": intent.latest_charge})
    assert caught.value.code == "charge_already_refunded"
    sandbox.advance(days=2)
    assert available(sandbox) == -100


def test_a_refund_can_fail_later(sandbox: Sandbox):
    intent = pay(sandbox, "pm_card_pendingRefund")
    made = sandbox.client.v1.refunds.create({"payment_intent": intent.id})
    assert made.status == "succeeded"
    sandbox.advance(days=2)
    failed = sandbox.client.v1.refunds.retrieve(made.id)
    assert (failed.status, failed.failure_reason) == ("failed", "expired_or_canceled_card")
    assert available(sandbox) == 4_900


@pytest.mark.parametrize(
    ("words", "status", "left"), [("winning_evidence", "won", 4_900), ("losing_evidence", "lost", -1_600)]
)
def test_a_dispute_takes_the_money_and_a_fee_and_may_give_them_back(
    sandbox: Sandbox, words: str, status: str, left: int
):
    intent = pay(sandbox, "pm_card_createDispute")
    sandbox.advance(days=2)
    dispute = sandbox.client.v1.disputes.list({"payment_intent": intent.id}).data[0]
    assert (dispute.status, available(sandbox)) == ("needs_response", -1_600)
    with pytest.raises(InvalidRequestError) as caught:
        sandbox.client.v1.refunds.create({"payment_intent": intent.id})
    assert caught.value.code == "charge_disputed"
    sandbox.client.v1.disputes.update(dispute.id, {"evidence": {"uncategorized_text": words}, "submit": True})
    assert sandbox.client.v1.disputes.retrieve(dispute.id).status == status
    assert available(sandbox) == left


def test_a_dispute_without_an_answer_is_lost(sandbox: Sandbox):
    pay(sandbox, "pm_card_createDispute")
    sandbox.advance(days=10)
    assert [row.status for row in sandbox.client.v1.disputes.list().data] == ["lost"]
