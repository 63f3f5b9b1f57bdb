from datetime import date, timedelta

import pytest

from backline.domain.currencies import UnknownCurrency
from backline.shop import actions, queries
from backline.shop.models import Invoice, InvoiceChange
from tests.shop.makers import make_invoice, make_subscription


@pytest.fixture
def subscription(cast, now):
    return make_subscription(cast.lee, now=now)


@pytest.fixture
def invoice(subscription, now):
    return make_invoice(subscription, now=now)


def test_a_subscription_starts_and_ends_once(cast, subscription, now):
    again = actions.start_subscription(
        cast.lee, plan=subscription.plan, currency="EUR", external_id="sub_1", now=now + timedelta(1)
    )
    assert (again, again.started_at) == (subscription, now)
    assert actions.end_subscription(subscription, now=now) is True
    assert actions.end_subscription(subscription, now=now + timedelta(1)) is False


def test_a_subscription_id_says_nothing_else(cast, subscription, now):
    with pytest.raises(actions.OtherContent, match="currency"):
        actions.start_subscription(
            cast.lee, plan=subscription.plan, currency="USD", external_id="sub_1", now=now
        )


def test_prices_are_in_currencies(db, now):
    with pytest.raises(UnknownCurrency):
        actions.create_plan("Odd", prices={"EURO": 5}, licences_a_month=None, now=now)
    with pytest.raises(ValueError, match="price is -5"):
        actions.create_plan("Odd", prices={"EUR": -5}, licences_a_month=None, now=now)


def test_an_invoice_is_recorded_once(subscription, invoice, now):
    assert make_invoice(subscription, now=now) == invoice
    assert Invoice.objects.count() == 1
    (fact,) = queries.invoices_after(0, limit=10)
    assert fact == queries.invoice(invoice.pk)
    assert (fact.currency, fact.plan_net_minor, fact.fee_minor, fact.tax_minor) == ("EUR", 1_200, 60, 239)


@pytest.mark.parametrize(
    "other",
    [
        {"plan_net_minor": 1_199},
        {"fee_minor": 61},
        {"tax_minor": 0},
        {"period_start": date(2026, 3, 2)},
        {"period_end": date(2026, 3, 31)},
        {"paid_at": None},
    ],
)
def test_an_invoice_id_says_nothing_else(subscription, invoice, now, other):
    if "paid_at" in other:
        other = {"paid_at": now + timedelta(seconds=1)}
    with pytest.raises(actions.OtherContent):
        make_invoice(subscription, now=now, **other)


@pytest.mark.parametrize(
    "odd",
    [
        {"plan_net_minor": -1},
        {"plan_net_minor": 1.5},
        {"fee_minor": -1},
        {"tax_minor": True},
        {"plan_net_minor": 10**16},
        {"period_end": date(2026, 3, 1)},
    ],
)
def test_invoices_without_sense_are_refused(subscription, now, odd):
    with pytest.raises(ValueError, match=r"whole amount|at least one day"):
        make_invoice(subscription, now=now, **odd)
    assert not Invoice.objects.exists()


def test_nothing_paid_is_an_invoice_too(subscription, now):
    assert make_invoice(subscription, now=now, plan_net_minor=0, fee_minor=0, tax_minor=0).plan_net_minor == 0


def test_refunds_and_disputes_up_to_what_was_paid(invoice, now):
    first = actions.record_invoice_refund(invoice, external_id="re_1", amount_minor=700, at=now)
    assert actions.record_invoice_refund(invoice, external_id="re_1", amount_minor=700, at=now) == first
    with pytest.raises(actions.MoreThanPaid):
        actions.record_invoice_dispute(invoice, external_id="dp_1", amount_minor=501, at=now)
    second = actions.record_invoice_dispute(invoice, external_id="dp_1", amount_minor=500, at=now)
    changes = queries.invoice_changes_after(0, limit=10)
    assert [(row.id, row.kind, row.amount_minor, row.currency) for row in changes] == [
        (first.pk, "refund", 700, "EUR"),
        (second.pk, "dispute", 500, "EUR"),
    ]
    assert queries.invoice_changes_after(first.pk, limit=10) == changes[1:]
    assert queries.changes_of_invoices([invoice.pk, 0]) == {invoice.pk: changes}


@pytest.mark.parametrize(("kind", "amount"), [("refund", 699), ("dispute", 700)])
def test_a_refund_id_says_nothing_else(invoice, now, kind, amount):
    actions.record_invoice_refund(invoice, external_id="re_1", amount_minor=700, at=now)
    record = actions.record_invoice_refund if kind == "refund" else actions.record_invoice_dispute
    with pytest.raises(actions.OtherContent):
        record(invoice, external_id="re_1", amount_minor=amount, at=now)


@pytest.mark.parametrize("amount", [0, -1, 0.5])
def test_refunds_without_sense_are_refused(invoice, now, amount):
    with pytest.raises((ValueError, actions.MoreThanPaid)):
        actions.record_invoice_refund(invoice, external_id="re_1", amount_minor=amount, at=now)
    assert not InvoiceChange.objects.exists()


@pytest.mark.parametrize(
    ("first", "last", "served"),
    [
        (date(2026, 2, 1), date(2026, 2, 28), False),
        (date(2026, 2, 1), date(2026, 3, 1), True),
        (date(2026, 3, 31), date(2026, 4, 30), True),
        (date(2026, 4, 1), date(2026, 4, 30), False),
    ],
)
def test_which_days_an_invoice_serves(invoice, first, last, served):
    assert bool(queries.invoices_serving(first, last)) is served
    assert bool(queries.invoices_serving(first, last, currency="EUR")) is served
    assert queries.invoices_serving(first, last, currency="USD") == []


def test_currencies_in_which_anything_was_paid(invoice):
    assert queries.currencies() == ["EUR"]
