"""Reconciliation: what the shop recorded against the ledger."""

from __future__ import annotations

from backline.ledger import accounts
from backline.ledger.actions import Move, post_entry
from backline.shop.actions import record_invoice_refund
from tests.shop.makers import make_invoice, make_subscription
from tests.web.screens import read

PAGE = "/staff/reconciliation/"


def _book(invoice, now, *, amount: int = 1_200) -> None:
    moves = [
        Move(accounts.STRIPE, accounts.POOL, amount, "EUR"),
        Move(accounts.STRIPE, accounts.FEES, 60, "EUR"),
        Move(accounts.STRIPE, accounts.TAXES, 239, "EUR"),
    ]
    post_entry(f"invoice:{invoice.pk}", moves=moves, memo="", now=now)


def test_nothing_was_paid(dana):
    assert "Nothing was paid yet" in read(dana, PAGE)


def test_an_invoice_that_is_not_booked(dana, cast, now):
    make_invoice(make_subscription(cast.lee, now=now), now=now)
    text = read(dana, PAGE)
    assert "1 of 1 sums differ" in text
    assert "Paid invoices EUR EUR 1 14.99 0 0.00 14.99 Differs" in text


def test_invoices_and_refunds_that_are_booked(dana, cast, now):
    subscription = make_subscription(cast.lee, now=now)
    invoice = make_invoice(subscription, now=now)
    make_invoice(subscription, now=now, external_id="in_2", plan_net_minor=0, fee_minor=0, tax_minor=0)
    change = record_invoice_refund(invoice, external_id="re_1", amount_minor=500, at=now)
    _book(invoice, now)
    back = Move(accounts.POOL, accounts.STRIPE, 500, "EUR")
    post_entry(
        f"invoice-change:{change.pk}", moves=[back], memo="", now=now, reverses=f"invoice:{invoice.pk}"
    )
    text = read(dana, PAGE)
    assert "Everything recorded is in the ledger" in text
    assert "Paid invoices EUR EUR 1 14.99 1 14.99 0.00 Equal" in text
    assert "Refunds and lost disputes of invoices EUR EUR 1 5.00 1 5.00 0.00 Equal" in text


def test_another_amount_in_the_ledger(dana, cast, now):
    _book(make_invoice(make_subscription(cast.lee, now=now), now=now), now, amount=1_300)
    assert "1 14.99 1 15.99 −1.00 Differs" in read(dana, PAGE)
