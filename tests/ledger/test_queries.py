from datetime import timedelta

import pytest

from backline.ledger import accounts, queries
from backline.ledger.actions import Move, post_entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(now):
    """Three entries on the pool, the second with two postings of it and one out of it."""
    in_ = Move(accounts.STRIPE, accounts.POOL, 100, "EUR")
    post_entry("a", moves=[in_], memo="first", now=now)
    out = Move(accounts.POOL, accounts.available(1), 30, "EUR")
    post_entry(
        "b",
        moves=[in_, Move(accounts.FEES, accounts.POOL, 7, "EUR"), out],
        memo="second",
        now=now + timedelta(1),
    )
    post_entry("c", moves=[Move(accounts.STRIPE, accounts.POOL, 9, "USD")], memo="other money", now=now)
    post_entry("d", moves=[out], memo="third", now=now + timedelta(2))


def test_a_page_sums_each_entry(three):
    page = queries.account_page(accounts.POOL, currency="EUR")
    assert page is not None
    assert [(line.key, line.in_minor, line.out_minor) for line in page.lines] == [
        ("d", 0, 30),
        ("b", 107, 30),
        ("a", 100, 0),
    ]
    assert page.next_before is None


def test_pages_follow_each_other(three):
    first = queries.account_page(accounts.POOL, currency="EUR", size=2)
    assert first is not None
    assert [line.key for line in first.lines] == ["d", "b"]
    second = queries.account_page(accounts.POOL, currency="EUR", size=2, before=first.next_before)
    assert second is not None
    assert [line.key for line in second.lines] == ["a"]
    assert second.next_before is None


def test_an_account_that_never_was(three):
    assert queries.account_page(accounts.POOL, currency="JPY") is None
    assert queries.balance(accounts.POOL, currency="JPY") == 0


def test_balances_by_prefix(three):
    assert [(row.address, row.currency, row.amount_minor) for row in queries.balances("platform:")] == [
        (accounts.FEES, "EUR", -7),
        (accounts.POOL, "EUR", 147),
        (accounts.POOL, "USD", 9),
    ]
    assert queries.balances("artist:1:", currency="USD") == []
    assert queries.balances("artist:%") == []
    assert (
        queries.balances("artist:1:")[0].amount_minor
        == queries.balance(accounts.available(1), currency="EUR")
        == 60
    )


def test_an_entry_opens_into_its_postings(three):
    found = queries.entry("b")
    assert found is not None
    assert [(row.source, row.destination, row.amount_minor) for row in found.postings] == [
        (accounts.STRIPE, accounts.POOL, 100),
        (accounts.FEES, accounts.POOL, 7),
        (accounts.POOL, accounts.available(1), 30),
    ]
    assert queries.entry("z") is None


@pytest.mark.parametrize("many", [3, 60])
def test_a_page_costs_the_same_at_any_length(now, many, django_assert_num_queries):
    for number in range(many):
        post_entry(f"n:{number}", moves=[Move(accounts.STRIPE, accounts.POOL, 1, "EUR")], memo="", now=now)
    with django_assert_num_queries(4):
        queries.account_page(accounts.POOL, currency="EUR")
