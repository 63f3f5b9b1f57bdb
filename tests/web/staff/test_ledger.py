"""The staff area's ledger: accounts, an account's entries, an entry's postings."""

from __future__ import annotations

import pytest

from backline.ledger import accounts
from backline.ledger.actions import Move, post_entry
from tests.conftest import Cast
from tests.web.screens import read


@pytest.fixture
def booked(cast: Cast, now):
    """Two entries, the second a reversal of part of the first."""
    paid = Move(accounts.STRIPE, accounts.POOL, 1_200, "EUR")
    share = Move(accounts.POOL, accounts.available(cast.marlo.pk), 700, "EUR")
    post_entry("invoice:1", moves=[paid, share], memo="Plus, March", now=now)
    back = Move(accounts.POOL, accounts.STRIPE, 200, "EUR")
    post_entry("invoice-change:1", moves=[back], memo="Refund", now=now, reverses="invoice:1")


def test_an_empty_ledger_says_so(dana):
    assert "Nothing was moved yet" in read(dana, "/staff/ledger/")


def test_the_front_shows_balances(dana, booked):
    text = read(dana, "/staff/ledger/")
    assert "2 ledger entries" in text
    assert "Pool, not yet settled platform:pool EUR 3.00" in text
    assert "Payment provider world:stripe EUR −10.00" in text


@pytest.mark.parametrize("wanted", ["marlo-vane", "@Marlo-Vane"])
def test_accounts_of_an_artist(dana, booked, wanted):
    assert "Marlo Vane: available" in read(dana, f"/staff/ledger/?artist={wanted}")


def test_nobody_has_the_handle(dana, booked):
    assert "No accounts of @nobody" in read(dana, "/staff/ledger/?artist=nobody")


def test_an_account_lists_its_entries(dana, booked):
    text = read(dana, "/staff/ledger/account/?address=platform:pool&currency=EUR")
    assert "€3.00: Pool, not yet settled" in text
    assert "invoice-change:1 Refund" in text
    assert "invoice:1 Plus, March 18 Mar, 15:30 12.00 7.00 +5.00" in text


def test_an_account_page_goes_on(dana, cast, now):
    for number in range(30):
        post_entry(f"n:{number}", moves=[Move(accounts.STRIPE, accounts.POOL, 1, "EUR")], memo="", now=now)
    address = "/staff/ledger/account/?address=platform:pool&currency=EUR"
    page = dana.get(address).content.decode()
    assert "n:29" in page and "n:5<" in page and "n:4<" not in page
    older = page.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    assert "n:4<" in dana.get(older).content.decode()


@pytest.mark.parametrize(
    "query", ["", "address=platform:pool", "address=platform:pool&currency=JPY", "address=x&currency=EUR"]
)
def test_no_such_account(dana, booked, query):
    assert dana.get(f"/staff/ledger/account/?{query}").status_code == 404


def test_an_entry_shows_its_postings_and_reversals(dana, booked):
    text = read(dana, "/staff/ledger/entries/invoice:1/")
    assert "Taken back, in part or whole, by invoice-change:1" in text
    assert "Marlo Vane: available" in text
    assert "takes back part or all of invoice:1" in read(dana, "/staff/ledger/entries/invoice-change:1/")


def test_a_key_leads_to_its_entry(dana, booked):
    assert dana.get("/staff/ledger/?key=invoice:1").headers["Location"] == "/staff/ledger/entries/invoice:1/"
    assert dana.get("/staff/ledger/entries/invoice:9/").status_code == 404
