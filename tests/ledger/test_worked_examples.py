"""The ledger told in six stories. Each line of a story is one entry; after it stands who holds what.

Marlo is artist 1 and Kit artist 2. A Plus plan costs 12.00 EUR; the platform's fee is paid on top of it.
"""

from __future__ import annotations

import pytest

from backline.domain.currencies import format_amount, parse_amount
from backline.ledger import accounts, queries
from backline.ledger.accounts import BANK, COSTS, FEES, LOSSES, POOL, STRIPE, TAXES
from backline.ledger.actions import Move, post_entry

pytestmark = pytest.mark.django_db
MARLO, KIT = 1, 2


@pytest.fixture
def book(now):
    """Writes an entry from lines of (from, to, amount)."""

    def write(key, *moves, memo="", reverses=None):
        lines = [Move(source, to, parse_amount(amount, "EUR"), "EUR") for source, to, amount in moves]
        return post_entry(key, moves=lines, memo=memo or key, now=now, reverses=reverses)

    return write


def held(*addresses: str) -> list[str]:
    return [format_amount(queries.balance(address, currency="EUR"), "EUR") for address in addresses]


def test_a_subscription_month(book):
    """Lee pays for March. When March is settled, the pool is divided; what the two artists got is all of it."""
    book(
        "invoice:1",
        (STRIPE, POOL, "12.00"),
        (STRIPE, FEES, "0.60"),
        (STRIPE, TAXES, "2.39"),
        memo="Plus, March",
    )
    assert held(POOL, FEES, TAXES, STRIPE) == ["12.00", "0.60", "2.39", "-14.99"]

    book(
        "settlement:1:EUR:0",
        (POOL, accounts.available(MARLO), "10.40"),
        (POOL, accounts.carried(KIT), "1.60"),
    )
    assert held(POOL, accounts.available(MARLO), accounts.carried(KIT)) == ["0.00", "10.40", "1.60"]

    book("transfer:1:1:queued", (accounts.available(MARLO), accounts.sending(MARLO), "10.40"))
    book("transfer:1:1:sent", (accounts.sending(MARLO), accounts.connected(MARLO), "10.40"))
    book("payout:1", (accounts.connected(MARLO), BANK, "10.40"))
    assert held(accounts.available(MARLO), accounts.connected(MARLO), BANK) == ["0.00", "0.00", "10.40"]


def test_a_sale(book):
    """A beat by Marlo and Kit is sold at 80.00, split 75 to 25. The buyer pays the fee on top."""
    book(
        "sale:1",
        (STRIPE, accounts.sale_held(MARLO), "60.00"),
        (STRIPE, accounts.sale_held(KIT), "20.00"),
        (STRIPE, FEES, "12.60"),
    )
    assert held(accounts.sale_held(MARLO), accounts.sale_held(KIT), FEES) == ["60.00", "20.00", "12.60"]

    book(
        "sale-release:1",
        (accounts.sale_held(MARLO), accounts.available(MARLO), "60.00"),
        (accounts.sale_held(KIT), accounts.available(KIT), "20.00"),
    )
    assert held(accounts.sale_held(MARLO), accounts.available(MARLO), accounts.available(KIT)) == [
        "0.00",
        "60.00",
        "20.00",
    ]


def test_a_late_refund(book):
    """March is settled when Lee gets 6.00 back. The pool lends it until the open settlement takes it back."""
    book("invoice:1", (STRIPE, POOL, "12.00"), memo="Plus, March")
    book(
        "settlement:1:EUR:0",
        (POOL, accounts.available(MARLO), "9.00"),
        (POOL, accounts.available(KIT), "3.00"),
    )
    book("invoice-change:1", (POOL, STRIPE, "6.00"), memo="Refund of half of March", reverses="invoice:1")
    assert held(POOL) == ["-6.00"]

    book("invoice:2", (STRIPE, POOL, "12.00"), memo="Plus, April")
    book(
        "settlement:2:EUR:0",
        (POOL, accounts.available(MARLO), "4.50"),
        (POOL, accounts.available(KIT), "1.50"),
    )
    assert held(POOL, accounts.available(MARLO), accounts.available(KIT)) == ["0.00", "13.50", "4.50"]


def test_a_dispute_is_lost(book):
    """The bank takes all back, and a fee. What nobody can return after 180 days is the platform's loss."""
    book("invoice:1", (STRIPE, POOL, "12.00"), memo="Plus, March")
    book("settlement:1:EUR:0", (POOL, accounts.available(KIT), "12.00"))
    book("transfer:1:1:queued", (accounts.available(KIT), accounts.sending(KIT), "12.00"))
    book("transfer:1:1:sent", (accounts.sending(KIT), accounts.connected(KIT), "12.00"))

    book("invoice-change:1", (POOL, STRIPE, "12.00"), memo="Dispute lost", reverses="invoice:1")
    book("dispute-fee:1", (COSTS, STRIPE, "20.00"))
    book("settlement:2:EUR:0", (accounts.available(KIT), POOL, "12.00"), memo="Correction of March")
    assert held(POOL, accounts.available(KIT), COSTS) == ["0.00", "-12.00", "-20.00"]

    book("write-off:1", (LOSSES, accounts.available(KIT), "12.00"))
    assert held(accounts.available(KIT), LOSSES) == ["0.00", "-12.00"]


def test_a_held_share_is_released(book):
    """Kit has not set up payouts. The share waits under Kit's name, and is Kit's with the first settlement after."""
    book("invoice:1", (STRIPE, POOL, "24.00"), memo="Pro, March")
    book(
        "settlement:1:EUR:0", (POOL, accounts.available(MARLO), "12.00"), (POOL, accounts.held(KIT), "12.00")
    )
    assert held(accounts.held(KIT), accounts.available(KIT)) == ["12.00", "0.00"]

    book("hold-release:1", (accounts.held(KIT), accounts.available(KIT), "12.00"))
    assert held(accounts.held(KIT), accounts.available(KIT)) == ["0.00", "12.00"]


def test_the_bank_returns_a_payout(book):
    """Marlo's bank account is closed. The money comes back to Marlo's Stripe balance; nothing of it was lost."""
    book("invoice:1", (STRIPE, POOL, "12.00"))
    book("settlement:1:EUR:0", (POOL, accounts.available(MARLO), "12.00"))
    book("transfer:1:1:queued", (accounts.available(MARLO), accounts.sending(MARLO), "12.00"))
    book("transfer:1:1:sent", (accounts.sending(MARLO), accounts.connected(MARLO), "12.00"))
    book("payout:1", (accounts.connected(MARLO), BANK, "12.00"))
    assert held(accounts.connected(MARLO), BANK) == ["0.00", "12.00"]

    book("payout:1:returned", (BANK, accounts.connected(MARLO), "12.00"), reverses="payout:1")
    assert held(accounts.connected(MARLO), BANK) == ["12.00", "0.00"]

    told = queries.entry("payout:1")
    assert told is not None
    assert told.reversed_by == ("payout:1:returned",)
