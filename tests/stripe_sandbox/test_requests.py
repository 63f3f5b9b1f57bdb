"""What every request must bring, and how the sandbox says that it does not."""

from __future__ import annotations

from typing import Any

import pytest
from stripe import AuthenticationError, InvalidRequestError, StripeClient

from tests.sandbox import Sandbox


def with_key(sandbox: Sandbox, key: str) -> StripeClient:
    return StripeClient(key, base_addresses=sandbox.addresses, max_network_retries=0)


@pytest.mark.parametrize("key", ["sk_live_abc", "rk_live_abc"])
def test_live_keys_are_refused(sandbox: Sandbox, key: str):
    with pytest.raises(AuthenticationError, match="refuses live keys"):
        with_key(sandbox, key).v1.balance.retrieve()


def test_restricted_test_keys_are_taken_and_others_not(sandbox: Sandbox):
    with_key(sandbox, "rk_test_abc").v1.balance.retrieve()
    with pytest.raises(AuthenticationError, match="Invalid API Key"):
        with_key(sandbox, "something").v1.balance.retrieve()


def test_answers_carry_request_id_and_version(sandbox: Sandbox):
    answer = sandbox.client.v1.balance.retrieve().last_response
    assert answer is not None
    headers = answer.headers
    assert headers["request-id"].startswith("req_")
    assert headers["stripe-version"] == "2026-10-28.endive"


def test_an_unknown_parameter_is_named(sandbox: Sandbox):
    wrong: Any = {"email": "a@example.com", "shoe": {"size": 44}}
    with pytest.raises(InvalidRequestError) as caught:
        sandbox.client.v1.customers.create(wrong)
    assert (caught.value.code, caught.value.param) == ("parameter_unknown", "shoe")
    assert caught.value.request_id


def test_an_unknown_parameter_inside_is_named_with_its_place(sandbox: Sandbox):
    wrong: Any = {"currency": "eur", "unit_amount": 1, "product_data": {"name": "x", "colour": "red"}}
    with pytest.raises(InvalidRequestError) as caught:
        sandbox.client.v1.prices.create(wrong)
    assert caught.value.param == "product_data[colour]"


def test_a_missing_parameter_is_named(sandbox: Sandbox):
    wrong: Any = {"currency": "eur"}
    with pytest.raises(InvalidRequestError) as caught:
        sandbox.client.v1.transfers.create(wrong)
    assert (caught.value.code, caught.value.param) == ("parameter_missing", "destination")


def test_a_fraction_is_no_amount(sandbox: Sandbox):
    wrong: Any = {"amount": 1.5, "currency": "eur", "destination": sandbox.recipient()}
    with pytest.raises(InvalidRequestError) as caught:
        sandbox.client.v1.transfers.create(wrong)
    assert (caught.value.code, caught.value.param) == ("parameter_invalid_integer", "amount")


def test_v2_refuses_unknown_parameters_too(sandbox: Sandbox):
    wrong: Any = {"contact_email": "a@example.com", "shoe": 44}
    with pytest.raises(InvalidRequestError) as caught:
        sandbox.client.v2.core.accounts.create(wrong)
    assert caught.value.code == "parameter_unknown"


def test_an_address_that_is_not_there(sandbox: Sandbox):
    with pytest.raises(InvalidRequestError, match="Unrecognized request URL") as caught:
        sandbox.client.v1.quotes.list()
    assert caught.value.http_status == 404


def test_what_is_not_there_is_resource_missing(sandbox: Sandbox):
    with pytest.raises(InvalidRequestError, match="No such customer: 'cus_none'") as caught:
        sandbox.client.v1.customers.retrieve("cus_none")
    assert (caught.value.code, caught.value.http_status) == ("resource_missing", 404)


def test_an_id_of_another_kind_is_missing(sandbox: Sandbox):
    customer = sandbox.client.v1.customers.create({})
    with pytest.raises(InvalidRequestError, match="No such charge"):
        sandbox.client.v1.charges.retrieve(customer.id)


def test_an_account_that_is_not_ours_cannot_be_spoken_for(sandbox: Sandbox):
    with pytest.raises(Exception, match="does not have access to account 'acct_x'") as caught:
        sandbox.client.v1.balance.retrieve({}, {"stripe_account": "acct_x"})
    assert getattr(caught.value, "http_status", None) == 403


def test_metadata_merges_and_an_empty_text_removes(sandbox: Sandbox):
    client = sandbox.client
    made = client.v1.customers.create({"metadata": {"a": "1", "b": "2"}})
    client.v1.customers.update(made.id, {"metadata": {"a": "", "c": "3"}})
    assert client.v1.customers.retrieve(made.id).metadata.to_dict() == {"b": "2", "c": "3"}  # type: ignore[union-attr]


def test_too_much_metadata_is_refused(sandbox: Sandbox):
    with pytest.raises(InvalidRequestError, match="up to 50 keys"):
        sandbox.client.v1.customers.create({"metadata": {f"k{n}": "v" for n in range(51)}})
