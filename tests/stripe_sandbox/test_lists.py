"""Pages, filters and expansion."""

from __future__ import annotations

import pytest
from stripe import InvalidRequestError

from tests.sandbox import Sandbox
from tests.stripe_sandbox.world import subscribed


@pytest.fixture
def names(sandbox: Sandbox) -> list[str]:
    """Seven customers, newest first."""
    made = [sandbox.client.v1.customers.create({"email": f"{n}@example.com"}).id for n in range(7)]
    return made[::-1]


def test_pages_follow_the_cursor_both_ways(sandbox: Sandbox, names: list[str]):
    customers = sandbox.client.v1.customers
    first = customers.list({"limit": 3})
    assert [row.id for row in first.data] == names[:3] and first.has_more
    second = customers.list({"limit": 3, "starting_after": names[2]})
    assert [row.id for row in second.data] == names[3:6] and second.has_more
    back = customers.list({"limit": 2, "ending_before": names[3]})
    assert [row.id for row in back.data] == names[1:3] and back.has_more
    assert not customers.list({"limit": 3, "starting_after": names[5]}).has_more


def test_auto_paging_finds_everything_once(sandbox: Sandbox, names: list[str]):
    pages = sandbox.client.v1.customers.list({"limit": 2})
    assert [row.id for row in pages.auto_paging_iter()] == names
    accounts = [sandbox.recipient(persona=None) for _ in range(5)]
    found = sandbox.client.v2.core.accounts.list({"limit": 2})
    assert [row.id for row in found.auto_paging_iter()] == accounts[::-1]


@pytest.mark.parametrize("limit", [0, 101])
def test_a_limit_outside_of_1_to_100_is_refused(sandbox: Sandbox, limit: int):
    with pytest.raises(InvalidRequestError, match="between 1 and 100"):
        sandbox.client.v1.customers.list({"limit": limit})


def test_a_cursor_that_is_not_there(sandbox: Sandbox):
    with pytest.raises(InvalidRequestError, match="No such customer"):
        sandbox.client.v1.customers.list({"starting_after": "cus_none"})


def test_lists_filter_by_time(sandbox: Sandbox, names: list[str]):
    sandbox.advance(days=1)
    late = sandbox.client.v1.customers.create({})
    day_ago = late.created - 3_600
    newer = sandbox.client.v1.customers.list({"created": {"gte": day_ago}})
    older = sandbox.client.v1.customers.list({"created": {"lt": day_ago}})
    assert [row.id for row in newer.data] == [late.id]
    assert [row.id for row in older.data] == names


def test_events_filter_by_type_and_object(sandbox: Sandbox):
    account = sandbox.recipient()
    sandbox.recipient()
    sandbox.client.v1.customers.create({})
    events = sandbox.client.v1.events
    assert [event.type for event in events.list({"type": "customer.created"}).data] == ["customer.created"]
    types = {event.type for event in events.list({"types": ["customer.*", "account.updated"]}).data}
    assert types == {"customer.created", "account.updated"}
    thin = sandbox.client.v2.core.events.list({"object_id": account, "types": ["v2.core.account.created"]})
    assert [event.type for event in thin.data] == ["v2.core.account.created"]


def test_expansion_goes_four_levels_deep_and_through_lists(sandbox: Sandbox):
    held = subscribed(sandbox)
    deep = sandbox.client.v1.subscriptions.retrieve(
        held.subscription,
        {"expand": ["latest_invoice.payments.data.payment", "customer", "items.data.price.product"]},
    ).to_dict()
    assert deep["customer"]["email"] == "lee@example.com"
    assert deep["latest_invoice"]["payments"]["data"][0]["payment"]["type"] == "payment_intent"
    assert {row["price"]["product"]["name"] for row in deep["items"]["data"]} == {"Plus", "Fee"}
    paths = ["data.source.payment_intent.customer"]
    lines = sandbox.client.v1.balance_transactions.list({"type": "charge", "expand": paths}).to_dict()
    assert lines["data"][0]["source"]["payment_intent"]["customer"]["id"] == held.customer


def test_what_cannot_be_expanded_is_refused_and_costs_nothing(sandbox: Sandbox):
    with pytest.raises(InvalidRequestError, match="cannot be expanded"):
        sandbox.client.v1.customers.list({"expand": ["shoe"]})
    with pytest.raises(InvalidRequestError, match="more than 4 levels"):
        sandbox.client.v1.customers.list({"expand": ["data.a.b.c.d"]})
