"""Faults on request: each kind, how often, where, and the rate limit."""

from __future__ import annotations

import pytest
from stripe import APIConnectionError, RateLimitError, StripeError

from tests.sandbox import Sandbox


def customers(sandbox: Sandbox) -> int:
    return len(sandbox.client.v1.customers.list().data)


@pytest.mark.parametrize(
    ("kind", "status", "done"),
    [
        ("error_before", 500, 0),
        ("error_after", 500, 1),
        ("timeout_before", None, 0),
        ("timeout_after", None, 1),
        ("rate_limit", 429, 0),
        ("conflict", 409, 0),
    ],
)
def test_each_kind(sandbox: Sandbox, kind: str, status: int | None, done: int):
    sandbox.fault(kind, path="/v1/customers")
    with pytest.raises(StripeError) as caught:
        sandbox.client.v1.customers.create({})
    assert caught.value.http_status == status
    assert isinstance(caught.value, APIConnectionError) is (status is None)
    assert customers(sandbox) == done
    sandbox.client.v1.customers.create({})
    assert customers(sandbox) == done + 1


def test_busy_says_when_to_come_back(sandbox: Sandbox):
    sandbox.fault("rate_limit", path="/v1/customers", seconds=7)
    with pytest.raises(RateLimitError) as caught:
        sandbox.client.v1.customers.create({})
    assert caught.value.headers is not None and caught.value.headers["Retry-After"] == "7"


def test_busy_in_v2(sandbox: Sandbox):
    sandbox.fault("rate_limit", path="/v2/*")
    with pytest.raises(RateLimitError):
        sandbox.recipient()


def test_how_often_and_after_how_many(sandbox: Sandbox):
    sandbox.fault("error_before", path="/v1/cust*", times=2, after=1)
    results = []
    for _ in range(4):
        try:
            sandbox.client.v1.customers.create({})
            results.append("made")
        except StripeError:
            results.append("failed")
    assert results == ["made", "failed", "failed", "made"]


def test_other_requests_go_right_and_clearing_ends_it(sandbox: Sandbox):
    sandbox.fault("error_before", path="/v1/transfers", times=100)
    sandbox.client.v1.customers.create({})
    sandbox.fault("error_before", method="*", path="/v1/balance", times=100)
    with pytest.raises(StripeError):
        sandbox.client.v1.balance.retrieve()
    sandbox.clear_faults()
    sandbox.client.v1.balance.retrieve()


def test_an_unknown_kind_is_refused(sandbox: Sandbox):
    with pytest.raises(ValueError, match="A fault is one of"):
        sandbox.fault("earthquake")


def test_a_limit_of_requests_a_second(sandbox: Sandbox):
    sandbox.limit(3)
    statuses = []
    for _ in range(30):
        try:
            sandbox.client.v1.balance.retrieve()
            statuses.append(200)
        except RateLimitError as problem:
            statuses.append(problem.http_status or 0)
    assert statuses[:3] == [200] * 3
    sandbox.limit(1)
    with pytest.raises(RateLimitError):
        for _ in range(30):
            sandbox.client.v2.core.accounts.list()
    sandbox.limit(0)
    sandbox.client.v1.balance.retrieve()
