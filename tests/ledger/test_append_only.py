"""What the database refuses by itself, when code goes past the ledger's one action. The same on both databases."""

from __future__ import annotations

import pytest
from django.db import Error, transaction

from backline.ledger import accounts
from backline.ledger.actions import Move, post_entry
from backline.ledger.models import Entry, LedgerAccount, Posting

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(now) -> Entry:
    return post_entry(
        "invoice:1", moves=[Move(accounts.STRIPE, accounts.POOL, 1_200, "EUR")], memo="Plus", now=now
    )


@pytest.mark.parametrize(
    ("rows", "change"),
    [
        (Entry.objects, {"memo": "other"}),
        (Posting.objects, {"amount_minor": 1}),
        (LedgerAccount.objects, {"currency": "USD"}),
    ],
)
def test_no_row_is_changed_or_removed(entry, rows, change):
    with pytest.raises(Error, match="append-only"), transaction.atomic():
        rows.update(**change)
    with pytest.raises(Error, match="append-only"), transaction.atomic():
        rows.all()._raw_delete(rows.db)
    assert rows.exists()


def _posting(entry: Entry, source: str, destination: str, amount: int, currency: str) -> Posting:
    def account(address: str) -> LedgerAccount:
        return LedgerAccount.objects.get_or_create(address=address, currency="EUR")[0]

    return Posting(
        entry=entry,
        source=account(source),
        destination=account(destination),
        amount_minor=amount,
        currency=currency,
    )


@pytest.mark.parametrize(
    ("source", "destination", "amount", "currency", "why"),
    [
        (accounts.STRIPE, accounts.POOL, 5, "USD", "currency of both its accounts"),
        (accounts.STRIPE, accounts.POOL, 0, "EUR", "posting_amount_above_zero"),
        (accounts.STRIPE, accounts.POOL, -5, "EUR", "posting_amount_above_zero"),
        (accounts.POOL, accounts.POOL, 5, "EUR", "posting_goes_somewhere"),
    ],
)
def test_no_posting_without_sense(entry, source, destination, amount, currency, why):
    with pytest.raises(Error, match=why), transaction.atomic():
        _posting(entry, source, destination, amount, currency).save()
    assert Posting.objects.count() == 1


def test_an_entry_is_complete_when_the_next_is_written(entry, now):
    Entry.objects.create(key="next", content_sha256="", memo="", at=now)
    with pytest.raises(Error, match="newest entry only"), transaction.atomic():
        _posting(entry, accounts.STRIPE, accounts.POOL, 5, "EUR").save()


def test_no_more_is_reversed_than_was_moved(entry, now):
    back = Entry.objects.create(key="refund:1", content_sha256="", memo="", at=now, reverses=entry)
    _posting(back, accounts.POOL, accounts.STRIPE, 1_200, "EUR").save()
    with pytest.raises(Error, match="more would be reversed"), transaction.atomic():
        _posting(back, accounts.POOL, accounts.STRIPE, 1, "EUR").save()
    with pytest.raises(Error, match="more would be reversed"), transaction.atomic():
        _posting(back, accounts.POOL, accounts.BANK, 1, "EUR").save()


def test_a_key_is_used_once(entry, now):
    with pytest.raises(Error), transaction.atomic():
        Entry.objects.create(key="invoice:1", content_sha256="", memo="", at=now)
