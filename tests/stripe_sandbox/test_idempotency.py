"""One key, one effect: whatever becomes of the answer."""

from __future__ import annotations

import threading

import pytest
from stripe import APIConnectionError, IdempotencyError, InvalidRequestError, StripeError

from tests.sandbox import Sandbox


@pytest.fixture
def account(sandbox: Sandbox) -> str:
    sandbox.fund("eur", 10_000)
    return sandbox.recipient()


def transfer(sandbox: Sandbox, account: str, key: str, amount: int = 1_000):
    return sandbox.client.v1.transfers.create(
        {"amount": amount, "currency": "eur", "destination": account}, {"idempotency_key": key}
    )


def sent(sandbox: Sandbox) -> int:
    return len(sandbox.client.v1.transfers.list().data)


def test_the_same_request_again_is_answered_alike_and_does_nothing(sandbox: Sandbox, account: str):
    first, second = transfer(sandbox, account, "k"), transfer(sandbox, account, "k")
    assert first.id == second.id and sent(sandbox) == 1
    assert first.last_response is not None and second.last_response is not None
    assert "Idempotent-Replayed" not in first.last_response.headers
    assert second.last_response.headers["Idempotent-Replayed"] == "true"
    assert second.last_response.headers["Original-Request"] == first.last_response.request_id


def test_another_request_under_the_same_key_is_an_error(sandbox: Sandbox, account: str):
    transfer(sandbox, account, "k")
    with pytest.raises(IdempotencyError, match="same parameters"):
        transfer(sandbox, account, "k", amount=999)
    assert sent(sandbox) == 1


def test_a_refusal_is_repeated_too(sandbox: Sandbox, account: str):
    for _ in range(2):
        with pytest.raises(InvalidRequestError) as caught:
            transfer(sandbox, account, "k", amount=10_001)
        sandbox.fund("eur", 10_000)
    assert caught.value.code == "balance_insufficient"
    assert caught.value.headers["Idempotent-Replayed"] == "true"  # type: ignore[index]


def test_parameters_that_cannot_be_use_up_no_key(sandbox: Sandbox, account: str):
    with pytest.raises(InvalidRequestError):
        sandbox.client.v1.transfers.create(
            {"amount": 1, "currency": "eur", "destination": account, "no": 1},  # type: ignore[typeddict-unknown-key]
            {"idempotency_key": "k"},
        )
    assert transfer(sandbox, account, "k").amount == 1_000


def test_keys_of_different_accounts_do_not_meet(sandbox: Sandbox, account: str):
    made = sandbox.client.v1.customers.create({}, {"idempotency_key": "k"})
    sandbox.change_bank(account)
    other = sandbox.client.v1.transfers.create(
        {"amount": 5, "currency": "eur", "destination": account}, {"idempotency_key": "other"}
    )
    assert made.id != other.id


def test_no_answer_after_it_was_done_and_the_same_key_again(sandbox: Sandbox, account: str):
    sandbox.fault("timeout_after", path="/v1/transfers")
    with pytest.raises(APIConnectionError):
        transfer(sandbox, account, "k")
    assert sent(sandbox) == 1
    assert transfer(sandbox, account, "k").amount == 1_000
    assert sent(sandbox) == 1


@pytest.mark.parametrize(("ending", "done"), [(13, 0), (17, 1)])
def test_magic_amounts_answer_500_once_for_each_key(sandbox: Sandbox, account: str, ending: int, done: int):
    with pytest.raises(StripeError) as caught:
        transfer(sandbox, account, "k", amount=1_000 + ending)
    assert caught.value.http_status == 500 and sent(sandbox) == done
    assert transfer(sandbox, account, "k", amount=1_000 + ending).amount == 1_000 + ending
    assert sent(sandbox) == 1


def test_two_at_once_under_one_key_are_one_and_a_conflict(sandbox: Sandbox, account: str):
    answers: list[object] = []

    def ask() -> None:
        try:
            answers.append(transfer(sandbox, account, "k").id)
        except StripeError as problem:
            answers.append(problem.http_status)

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sent(sandbox) == 1
    assert {answer for answer in answers if answer != 409} == {sandbox.client.v1.transfers.list().data[0].id}


def test_the_conflict_of_a_busy_key_can_be_asked_for(sandbox: Sandbox, account: str):
    sandbox.fault("conflict", path="/v1/transfers")
    with pytest.raises(StripeError) as caught:
        transfer(sandbox, account, "k")
    assert caught.value.http_status == 409 and caught.value.error is not None
    assert caught.value.error.code == "idempotency_key_in_use"
    assert transfer(sandbox, account, "k").amount == 1_000
