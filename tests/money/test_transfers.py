"""From what is available to the artist's Stripe balance: queued, sent once, tried again, given up."""

from __future__ import annotations

from datetime import timedelta

import pytest

from backline.integrations.stripe import transfers as stripe
from backline.integrations.stripe.client import credentials
from backline.integrations.stripe.errors import UnknownOutcome
from backline.money import actions
from backline.money.actions import queueing
from backline.money.models import Earning, PayoutAccount, Transfer, TransferAttempt
from backline.money.paying_checks import PAYING
from tests.conftest import Cast
from tests.money.paying import Paying, at_stripe, of, statuses

TRANSFERS = "/v1/transfers"


def broken() -> list[tuple[str, str, str]]:
    return [(name, *found) for name, invariant in PAYING.items() for found in invariant()]


def test_a_statement_is_sent(paying: Paying, cast: Cast):
    paying.ready(cast.marlo, cast.alice)
    paying.sandbox.fund("eur", 100_000)
    paying.statement(cast.marlo, 2_500)
    assert statuses(cast.marlo) == [(2_500, "available", "queued")]
    actions.queue_transfers(now=paying.now)
    assert statuses(cast.marlo) == [(2_500, "sending", "queued")]
    assert (of(cast.marlo, "available"), of(cast.marlo, "sending")) == (0, 2_500)
    paying.work()
    assert statuses(cast.marlo) == [(2_500, "connected", "pending")]
    assert (of(cast.marlo, "sending"), of(cast.marlo, "connected")) == (0, 2_500)
    assert at_stripe(paying.sandbox) == [2_500]
    assert broken() == []


def test_repeating_sends_nothing_more(paying: Paying, cast: Cast):
    paying.ready(cast.marlo, cast.alice)
    paying.sandbox.fund("eur", 100_000)
    paying.statement(cast.marlo, 2_500)
    for _ in range(3):
        paying.work()
        paying.pass_time(hours=1)
    assert at_stripe(paying.sandbox) == [2_500]


def test_nothing_is_queued_before_set_up(paying: Paying, cast: Cast):
    paying.statement(cast.marlo, 2_500)
    paying.work()
    assert statuses(cast.marlo) == [(2_500, "available", "held")]
    assert not Transfer.objects.exists()


def test_nothing_is_sent_in_the_72_hours_after_a_change(paying: Paying, cast: Cast):
    paying.sandbox.fund("eur", 100_000)
    paying.connect(cast.marlo, cast.alice)
    paying.statement(cast.marlo, 2_500)
    paying.work()
    assert statuses(cast.marlo) == [(2_500, "available", "held")]
    paying.pass_time(hours=73)
    paying.work()
    assert statuses(cast.marlo) == [(2_500, "connected", "pending")]


def test_what_is_carried_and_held_travels_with_the_statement_that_pays_it(paying: Paying, cast: Cast):
    paying.sandbox.fund("eur", 100_000)
    paying.ready(cast.marlo, cast.alice)
    paying.statement(cast.marlo, 400, state="carried")
    assert statuses(cast.marlo) == [(400, "carried", "held")]
    row = paying.statement(cast.marlo, 700)
    assert statuses(cast.marlo) == [(400, "available", "queued"), (700, "available", "queued")]
    assert set(cast.marlo.earnings.values_list("travels_with", flat=True)) == {row.pk}
    paying.work()
    assert at_stripe(paying.sandbox) == [1_100]
    assert broken() == []


@pytest.mark.parametrize(
    "fault", ["timeout_after", "error_after", "timeout_before", "error_before", "conflict"]
)
def test_an_answer_that_does_not_come_sends_nothing_twice(fault: str, paying: Paying, cast: Cast):
    paying.ready(cast.marlo, cast.alice)
    paying.sandbox.fund("eur", 100_000)
    paying.statement(cast.marlo, 2_500)
    paying.sandbox.fault(fault, path=TRANSFERS)
    paying.work()
    assert statuses(cast.marlo) == [(2_500, "sending", "sending")]
    paying.pass_time(hours=1)
    paying.work()
    assert statuses(cast.marlo) == [(2_500, "connected", "pending")]
    first, second = TransferAttempt.objects.order_by("number")
    assert (first.outcome, second.outcome, first.key == second.key) == ("unknown", "sent", True)
    assert at_stripe(paying.sandbox) == [2_500]
    assert broken() == []


def test_a_busy_stripe_is_left_alone_as_long_as_it_asks(paying: Paying, cast: Cast):
    paying.ready(cast.marlo, cast.alice)
    paying.sandbox.fund("eur", 100_000)
    paying.statement(cast.marlo, 2_500)
    paying.sandbox.fault("rate_limit", path=TRANSFERS, seconds=7_200)
    paying.work()
    row = Transfer.objects.get()
    assert row.next_at == paying.now + timedelta(hours=2)
    paying.pass_time(hours=2.1)
    paying.work()
    assert at_stripe(paying.sandbox) == [2_500]


def test_no_answer_for_days_is_asked_about_not_sent_again(paying: Paying, cast: Cast):
    """The first call did it. Its key is forgotten by Stripe when we get through again."""
    paying.ready(cast.marlo, cast.alice)
    paying.sandbox.fund("eur", 100_000)
    paying.statement(cast.marlo, 2_500)
    paying.sandbox.fault("timeout_after", path=TRANSFERS)
    paying.work()
    paying.pass_time(days=3)
    paying.work()
    assert statuses(cast.marlo) == [(2_500, "connected", "pending")]
    assert at_stripe(paying.sandbox) == [2_500]
    assert TransferAttempt.objects.count() == 1


def test_a_busy_stripe_does_not_make_us_forget_a_call_without_an_answer(paying: Paying, cast: Cast):
    """The first call did it. Then Stripe is busy until we would give up, and the account is restricted."""
    account = paying.ready(cast.marlo, cast.alice)
    paying.sandbox.fund("eur", 100_000)
    paying.statement(cast.marlo, 2_500)
    paying.sandbox.fault("timeout_after", path=TRANSFERS)
    paying.work()
    paying.sandbox.fault("rate_limit", path=TRANSFERS, times=5)
    for _ in range(5):
        paying.pass_time(hours=3)
        paying.work()
    assert statuses(cast.marlo) == [(2_500, "sending", "sending")]
    paying.sandbox.clear_faults()
    paying.sandbox.restrict(account.external_id or "")
    paying.look()
    paying.pass_time(hours=7)
    paying.work()
    assert statuses(cast.marlo) == [(2_500, "connected", "pending")]
    assert at_stripe(paying.sandbox) == [2_500]
    assert broken() == []


def test_what_was_never_sent_is_available_again_after_days(paying: Paying, cast: Cast):
    paying.ready(cast.marlo, cast.alice)
    paying.sandbox.fund("eur", 100_000)
    paying.statement(cast.marlo, 2_500)
    paying.sandbox.fault("timeout_before", path=TRANSFERS)
    paying.work()
    paying.pass_time(days=3)
    actions.send_next(now=paying.now)
    assert statuses(cast.marlo) == [(2_500, "available", "failed")]
    assert at_stripe(paying.sandbox) == []
    assert broken() == []


def test_five_refusals_and_it_is_given_up(paying: Paying, cast: Cast):
    """The platform's balance is empty at Stripe, and what we know of it is too old to say so."""
    paying.ready(cast.marlo, cast.alice)
    paying.sandbox.fund("eur", 100_000)
    paying.statement(cast.marlo, 2_500)
    actions.queue_transfers(now=paying.now)
    Transfer.objects.update(state=Transfer.State.SENDING)  # past the look at the balance
    paying.sandbox.client.v1.payouts.create({"amount": 100_000, "currency": "eur"})
    for _ in range(6):
        paying.work()
        paying.pass_time(hours=6)
    row = Transfer.objects.get()
    assert (row.state, row.attempts.count(), row.failure) == ("failed", 5, "balance_insufficient")
    assert row.attempts.values("key").distinct().count() == 5
    assert statuses(cast.marlo) == [(2_500, "available", "failed")]
    paying.sandbox.fund("eur", 100_000)
    actions.retry_failed(cast.marlo.pk, now=paying.now)
    paying.work()
    assert statuses(cast.marlo) == [(2_500, "connected", "pending")]
    assert broken() == []


def test_a_transfer_waits_until_the_balance_covers_it_and_the_reserve(paying: Paying, cast: Cast):
    paying.ready(cast.marlo, cast.alice)
    paying.sandbox.fund("eur", 2_000)
    paying.statement(cast.marlo, 2_500)
    paying.work()
    row = Transfer.objects.get()
    assert (row.state, row.attempts.count()) == ("queued", 0)
    assert "balance covers it" in row.note
    paying.sandbox.fund("eur", 1_000)
    paying.pass_time(hours=0.5)
    paying.work()
    assert at_stripe(paying.sandbox) == [2_500]


def test_an_account_that_is_restricted_between_queue_and_sending_keeps_its_money(paying: Paying, cast: Cast):
    account = paying.ready(cast.marlo, cast.alice)
    paying.sandbox.fund("eur", 100_000)
    paying.statement(cast.marlo, 2_500)
    actions.queue_transfers(now=paying.now)
    paying.sandbox.restrict(account.external_id or "")
    actions.send_next(now=paying.now)
    assert statuses(cast.marlo) == [(2_500, "available", "failed")]
    paying.look()
    account.refresh_from_db()
    assert account.state == "restricted"
    paying.sandbox.repair(account.external_id or "")
    paying.look()
    assert PayoutAccount.objects.get().state == "active"
    paying.work()
    assert statuses(cast.marlo) == [(2_500, "connected", "pending")]
    assert broken() == []


def test_two_workers_claim_a_transfer_once(paying: Paying, cast: Cast):
    from backline.money.actions.sending import claim

    paying.ready(cast.marlo, cast.alice)
    paying.sandbox.fund("eur", 100_000)
    paying.statement(cast.marlo, 2_500)
    actions.queue_transfers(now=paying.now)
    row = Transfer.objects.select_related("account").get()
    assert claim(row, now=paying.now) is not None
    assert claim(row, now=paying.now) is None


def test_those_who_owe_more_than_they_have_keep_nobody_from_their_turn(
    paying: Paying, cast: Cast, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(queueing, "PORTION", 1)
    paying.sandbox.fund("eur", 100_000)
    for artist, owner in ((cast.marlo, cast.alice), (cast.kit, cast.bob)):
        paying.connect(artist, owner)
        paying.statement(artist, 2_500)
    paying.pass_time(hours=73)
    owing, other = sorted((cast.marlo, cast.kit), key=lambda artist: artist.pk)
    Earning.objects.create(
        artist=owing, currency="EUR", kind="track", key="refund-1", reference="TS-1", is_debt=True, at=paying.now,
        amount_minor=-3_000, original_minor=-3_000, place="available", status="reversed", changed_at=paying.now,
    )  # fmt: skip
    for _ in range(2):
        actions.queue_transfers(now=paying.now)
    assert list(Transfer.objects.values_list("artist", "amount_minor")) == [(other.pk, 2_500)]


def test_what_failed_is_sent_once_another_bank_account_is_there(paying: Paying, cast: Cast):
    account = paying.ready(cast.marlo, cast.alice, bank="closed")
    paying.sandbox.fund("eur", 100_000)
    paying.statement(cast.marlo, 2_500)
    Earning.objects.update(failure="currency_not_supported", status="failed")
    paying.sandbox.change_bank(account.external_id or "")
    actions.refresh_payout_account(cast.marlo, now=paying.now)
    assert statuses(cast.marlo) == [(2_500, "available", "held")]
    paying.pass_time(hours=73)
    paying.work()
    assert at_stripe(paying.sandbox) == [2_500]
    assert broken() == []


def test_a_key_that_was_used_with_other_values_says_nothing(paying: Paying, cast: Cast):
    """The earlier call may have been done: it is no refusal, after which there would be a new key."""
    account = paying.ready(cast.marlo, cast.alice)
    paying.sandbox.fund("eur", 100_000)
    to = credentials()
    assert to is not None

    def send(group: str) -> None:
        stripe.send_transfer(
            to, amount_minor=100, currency="EUR", account=account.external_id or "", group=group, charge="", key="k",
            reference="k",
        )  # fmt: skip

    send("one")
    with pytest.raises(UnknownOutcome):
        send("other")
