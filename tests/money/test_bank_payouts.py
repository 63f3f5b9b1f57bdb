"""From the artist's Stripe balance to the bank, and back from it."""

from __future__ import annotations

import random

import pytest

from backline.money.models import Payout, PayoutAccount, Transfer
from backline.outbox.models import Notification
from tests.conftest import Cast
from tests.money.paying import Paying, of, statuses
from tests.money.test_transfers import broken


def sent(paying: Paying, cast: Cast, *, bank: str = "fine") -> PayoutAccount:
    account = paying.ready(cast.marlo, cast.alice, bank=bank)
    paying.sandbox.fund("eur", 100_000)
    paying.statement(cast.marlo, 2_500)
    paying.work()
    return account


def days(paying: Paying, count: int) -> None:
    for _ in range(count):
        paying.pass_time(days=1)
        paying.look()


def test_a_payout_arrives(paying: Paying, cast: Cast):
    sent(paying, cast)
    days(paying, 5)
    payout = Payout.objects.get()
    assert (payout.state, payout.amount_minor) == ("paid", 2_500)
    assert Transfer.objects.get().payout == payout
    assert statuses(cast.marlo) == [(2_500, "bank", "paid")]
    assert (of(cast.marlo, "connected"), of(cast.marlo, "paying")) == (0, 0)
    assert Notification.objects.filter(account=cast.alice, kind="payout_paid").count() == 1
    assert broken() == []


def test_two_transfers_that_arrive_apart(paying: Paying, cast: Cast):
    sent(paying, cast)
    days(paying, 5)
    paying.statement(cast.marlo, 4_000)
    paying.work()
    days(paying, 5)
    assert statuses(cast.marlo) == [(2_500, "bank", "paid"), (4_000, "bank", "paid")]
    assert Payout.objects.count() == 2
    assert broken() == []


def test_the_bank_refuses_and_another_account_repairs_it(paying: Paying, cast: Cast):
    account = sent(paying, cast, bank="closed")
    days(paying, 5)
    assert statuses(cast.marlo) == [(2_500, "returned", "failed")]
    assert of(cast.marlo, "returned") == 2_500
    assert Notification.objects.filter(account=cast.alice, kind="payout_failed").exists()
    assert broken() == []
    paying.sandbox.change_bank(account.external_id or "")
    days(paying, 8)
    assert statuses(cast.marlo) == [(2_500, "bank", "paid")]
    assert of(cast.marlo, "returned") == 0
    assert broken() == []


def test_the_bank_returns_what_it_had_taken(paying: Paying, cast: Cast):
    """Paid first, failed two days later: the money is in the artist's balance again."""
    sent(paying, cast, bank="late")
    seen = set()
    for _ in range(9):
        days(paying, 1)
        seen.add(Payout.objects.values_list("state", flat=True).first())
    assert {"paid", "failed"} <= seen
    assert of(cast.marlo, "returned") == 2_500
    assert broken() == []


def test_events_in_any_order_and_often_change_nothing(paying: Paying, cast: Cast):
    import json

    from backline.integrations.stripe.events import event_of
    from backline.money.actions import store_event
    from backline.money.models import ProviderEvent

    sent(paying, cast, bank="late")
    paying.sandbox.webhooks("http://127.0.0.1:9/", "http://127.0.0.1:9/v2/")
    paying.pass_time(days=9)
    signed = paying.sandbox.take_webhooks() * 2
    random.Random(4).shuffle(signed)
    for parcel in signed:
        store_event(event_of(json.loads(parcel.body)), raw=parcel.body, now=paying.now)
    assert ProviderEvent.objects.count() == len(signed) / 2
    paying.look()
    once = statuses(cast.marlo)
    ProviderEvent.objects.update(next_at=paying.now, tries=0)
    paying.look()
    assert statuses(cast.marlo) == once
    assert not ProviderEvent.objects.exclude(error="").exists()
    assert broken() == []


@pytest.mark.parametrize("bank", ["fine", "closed"])
def test_a_transfer_that_is_recorded_after_its_payout(bank: str, paying: Paying, cast: Cast):
    """Its call had no answer, and Stripe paid it out before we asked again."""
    account = paying.ready(cast.marlo, cast.alice, bank=bank)
    paying.sandbox.fund("eur", 100_000)
    paying.statement(cast.marlo, 2_500)
    paying.sandbox.fault("timeout_after", path="/v1/transfers")
    paying.work()
    days(paying, 3)
    assert statuses(cast.marlo) == [(2_500, "sending", "sending")]
    paying.work()
    days(paying, 1)
    assert statuses(cast.marlo)[0][1] == ("bank" if bank == "fine" else "returned")
    assert broken() == []
    paying.sandbox.change_bank(account.external_id or "")
    days(paying, 6)
    assert statuses(cast.marlo) == [(2_500, "bank", "paid")]
    assert broken() == []
