"""Staff: transfers, the manual bank file from details to the bank, what has no match."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from backline.core import clock
from backline.money import actions
from backline.money.actions.bank_details import BadBankDetails, bank_details
from backline.money.models import BalanceLine, BankFile, PayoutAccount, ProviderEvent, Transfer
from tests.conftest import Cast
from tests.money.paying import Paying, of, statuses
from tests.money.test_transfers import broken

IBAN = "BR1500000000000010932840814P2"


@pytest.fixture
def paying(cast: Cast) -> Paying:
    return Paying(None, now=clock.now() - timedelta(days=5))  # type: ignore[arg-type]


def details(paying: Paying, cast: Cast, **other: str) -> PayoutAccount:
    given = {"country": "BR", "currency": "EUR", "holder": "Alice Vane", "iban": IBAN} | other
    return actions.save_bank_details(cast.marlo, by=cast.alice, now=paying.now, **given)


def test_from_details_to_the_bank(paying: Paying, cast: Cast):
    dana = cast.client("dana")
    account = details(paying, cast)
    assert "1508" not in account.sealed and account.bank_tail == "EUR 14P2"
    assert "Alice" not in account.sealed
    paying.statement(cast.marlo, 2_500)
    assert statuses(cast.marlo) == [(2_500, "available", "held")]
    assert "EUR 14P2" in dana.get("/staff/transfers/").content.decode()
    dana.post(f"/staff/transfers/details/{account.pk}/")
    actions.queue_transfers(now=clock.now())
    assert statuses(cast.marlo) == [(2_500, "sending", "queued")]
    dana.post("/staff/transfers/files/")
    made = BankFile.objects.get()
    assert statuses(cast.marlo) == [(2_500, "sending", "sending")]
    dana.post(f"/staff/transfers/files/{made.pk}/paid/")
    dana.post(f"/staff/transfers/files/{made.pk}/paid/")
    assert statuses(cast.marlo) == [(2_500, "bank", "paid")]
    assert of(cast.marlo, "sending") == 0
    assert broken() == []


def test_the_file_names_the_whole_account(paying: Paying, cast: Cast):
    from backline.money.actions.bank_files import bank_file_rows

    account = details(paying, cast)
    actions.confirm_bank_details(account.pk, by=cast.dana, now=paying.now)
    paying.statement(cast.marlo, 2_500)
    actions.queue_transfers(now=clock.now())
    made = actions.make_bank_file(by=cast.dana, now=clock.now())
    assert made is not None
    (row,) = bank_file_rows(made)
    assert (row["iban"], row["amount"], row["currency"], row["holder"]) == (
        IBAN,
        "25.00",
        "EUR",
        "Alice Vane",
    )
    assert bank_details(account).iban == IBAN


def test_the_bank_refuses_one(paying: Paying, cast: Cast):
    account = details(paying, cast)
    actions.confirm_bank_details(account.pk, by=cast.dana, now=paying.now)
    paying.statement(cast.marlo, 2_500)
    actions.queue_transfers(now=clock.now())
    actions.make_bank_file(by=cast.dana, now=clock.now())
    cast.client("dana").post(
        f"/staff/transfers/{Transfer.objects.get().pk}/failed/", {"note": "Account closed"}
    )
    assert statuses(cast.marlo) == [(2_500, "available", "failed")]
    assert broken() == []


@pytest.mark.parametrize(
    ("field", "wrong"),
    [("iban", "BR1500000000000010932840814P3"), ("iban", "NL91ABNA0417164300"), ("country", "DE"), ("holder", "A"),
     ("currency", "XXX")],
)  # fmt: skip
def test_details_that_make_no_sense(field: str, wrong: str, paying: Paying, cast: Cast):
    with pytest.raises(BadBankDetails) as refused:
        details(paying, cast, **{field: wrong})
    assert refused.value.field == field


def test_other_details_are_confirmed_anew_and_hold_transfers(paying: Paying, cast: Cast):
    first = details(paying, cast)
    actions.confirm_bank_details(first.pk, by=cast.dana, now=paying.now)
    second = details(paying, cast, country="NG", iban="", account_number="0123456789", bank_code="058")
    first.refresh_from_db()
    assert (first.state, second.state, second.holds_until) == (
        "closed", "pending_review", paying.now + timedelta(hours=72),
    )  # fmt: skip


def test_a_line_without_a_match_is_explained(cast: Cast):
    line = BalanceLine.objects.create(
        external_id="txn_1", kind="charge", amount_minor=700, currency="EUR", happened_at=clock.now()
    )
    dana = cast.client("dana")
    assert "1 of Stripe’s transactions has no match" in dana.get("/staff/reconciliation/").content.decode()
    dana.post(f"/staff/reconciliation/lines/{line.pk}/", {"note": "A gift"})
    line.refresh_from_db()
    assert line.settled_at is not None and "A gift" in line.note


def test_an_event_that_was_given_up_is_tried_again(cast: Cast):
    now = clock.now()
    row = ProviderEvent.objects.create(
        external_id="evt_1", kind="invoice.paid", happened_at=now, received_at=now, tries=12, error="odd"
    )
    dana: Client = cast.client("dana")
    assert "evt_1" in dana.get("/staff/reconciliation/").content.decode()
    dana.post(f"/staff/reconciliation/events/{row.pk}/")
    row.refresh_from_db()
    assert row.next_at is not None


def test_transfers_by_state_and_artist(paying: Paying, cast: Cast):
    account = details(paying, cast)
    actions.confirm_bank_details(account.pk, by=cast.dana, now=paying.now)
    paying.statement(cast.marlo, 2_500)
    actions.queue_transfers(now=clock.now())
    dana = cast.client("dana")
    assert "€25.00" in dana.get("/staff/transfers/?state=queued&q=marlo").content.decode()
    assert "No transfers here" in dana.get("/staff/transfers/?state=failed").content.decode()
