"""A thousand operations in any order while Stripe fails in every way it can: in the end all sums agree."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

import pytest

from backline.integrations.stripe.client import credentials
from backline.integrations.stripe.events import event_of
from backline.integrations.stripe.transfers import funds
from backline.money import actions, steps
from backline.money.actions.events import handle_next
from backline.money.models import BalanceLine, Earning, PayoutAccount, ProviderEvent, Transfer
from backline.shop import actions as shop
from backline.shop.actions import billing
from backline.shop.models import Checkout, Invoice, Plan, PlanPrice, Sale
from tests.conftest import Cast
from tests.listening.world import make_beat
from tests.money.paying import Paying, at_stripe
from tests.money.test_kill import Cut
from tests.money.test_transfers import broken

FAULTS = ("timeout_after", "timeout_before", "error_before", "error_after", "rate_limit", "conflict")
OPERATIONS = 1_000


class Chaos:
    """What may happen, one thing after the other."""

    def __init__(self, paying: Paying, cast: Cast, seed: int) -> None:
        self.paying, self.cast, self.dice = paying, cast, random.Random(seed)
        self.owners = {cast.marlo: cast.alice, cast.kit: cast.bob, cast.sable: cast.charlie}
        now = paying.now
        self.beats = [
            make_beat(artist, now=now - timedelta(days=40)) for artist in self.owners for _ in range(3)
        ]
        self.plan: Plan = shop.create_plan("Plus", prices={"EUR": 1_200}, licences_a_month=None, now=now)
        self.payers = [cast.lee, cast.ada]
        self.sold = 0

    def operate(self) -> None:
        """One operation; the worker may die in it."""
        kinds: list[tuple[int, Callable[[], None]]] = [
            (16, self.sell), (7, self.refund), (6, self.settle), (4, self.subscribe), (3, self.refund_invoice),
            (22, self.work), (14, self.look), (8, self.webhooks), (10, self.fault), (4, self.trouble),
            (6, self.time), (3, self.reconcile),
        ]  # fmt: skip
        (kind,) = self.dice.choices([kind for _, kind in kinds], [weight for weight, _ in kinds])
        kind()

    def sell(self) -> None:
        self.sold += 1
        beat = self.dice.choice(self.beats)
        shop.record_sale(
            beat, buyer=self.cast.lee, kind="track", currency="EUR", list_price_minor=self.dice.randint(500, 9_000),
            fee_minor=300, external_id=f"sale {self.sold}", sold_at=self.paying.now,
        )  # fmt: skip
        self.paying.sandbox.fund("eur", 12_000)
        actions.book_sales(now=self.paying.now)

    def refund(self) -> None:
        sale = Sale.objects.filter(reversed_at=None).order_by("?").first()
        if sale is not None:
            gone = sum(sale.changes.values_list("amount_minor", flat=True))
            left = sale.list_price_minor - gone
            shop.record_sale_refund(
                sale, external_id=f"re {sale.pk} {gone}", amount_minor=self.dice.choice([left, max(1, left // 2)]),
                fee_returned_minor=0, at=self.paying.now,
            )  # fmt: skip
            actions.book_sales(now=self.paying.now)

    def settle(self) -> None:
        state = self.dice.choice(["payable", "payable", "carried"])
        amount = self.dice.randint(100, 900) if state == "carried" else self.dice.randint(1_000, 20_000)
        self.paying.statement(self.dice.choice(list(self.owners)), amount, state=state)

    def subscribe(self) -> None:
        if self.payers:
            price = PlanPrice.objects.select_related("plan").get(plan=self.plan)
            with suppress(billing.BillingRefused):
                billing.open_checkout(
                    self.payers[-1],
                    price=price,
                    success_url="http://a/",
                    cancel_url="http://b/",
                    now=self.paying.now,
                )
                self.paying.sandbox.pay_checkout(Checkout.objects.latest("pk").external_id)
                self.payers.pop()

    def refund_invoice(self) -> None:
        invoice = Invoice.objects.exclude(payment="").order_by("?").first()
        if invoice is not None and not invoice.changes.exists():
            with suppress(Exception):  # a fault, or refunded before: both are fine here
                self.paying.sandbox.client.v1.refunds.create(
                    {"payment_intent": invoice.payment, "amount": 600}
                )

    def work(self) -> None:
        while actions.book_facts(now=self.paying.now) or actions.release_sales(now=self.paying.now):
            pass
        self.paying.work()

    def look(self) -> None:
        self.paying.look()

    def webhooks(self) -> None:
        signed = self.paying.sandbox.take_webhooks()
        self.dice.shuffle(signed)
        for parcel in signed[: len(signed) * 2 // 3] + signed[:3]:  # some are lost, some come twice
            actions.store_event(event_of(json.loads(parcel.body)), raw=parcel.body, now=self.paying.now)
        while handle_next(now=self.paying.now):
            pass
        actions.poll_events(now=self.paying.now)

    def fault(self) -> None:
        method, path = self.dice.choice(
            [("POST", "/v1/transfers"), ("POST", "/v1/transfers/*/reversals"), ("GET", "*")]
        )
        self.paying.sandbox.fault(
            self.dice.choice(FAULTS), method=method, path=path, times=self.dice.randint(1, 3)
        )

    def trouble(self) -> None:
        artist = self.dice.choice(list(self.owners))
        row = PayoutAccount.objects.filter(artist=artist, ended_at=None).first()
        if row is None or not row.external_id:
            with suppress(actions.PayoutsUnreachable, actions.PayoutsRefused):
                self.paying.connect(
                    artist, self.owners[artist], bank=self.dice.choice(["fine", "closed", "late"])
                )
            return
        kinds = (self.paying.sandbox.restrict, self.paying.sandbox.repair, self.paying.sandbox.change_bank)
        with suppress(ValueError):
            self.dice.choice(kinds)(row.external_id or "")

    def time(self) -> None:
        self.paying.pass_time(hours=self.dice.choice([1, 5, 26, 80]))

    def reconcile(self) -> None:
        with suppress(Exception):  # a fault
            self.paying.match()

    def calm(self) -> None:
        """Stripe works again, and some weeks go by."""
        self.paying.sandbox.clear_faults()
        self.paying.sandbox.fund("eur", 5_000_000)
        for artist, owner in self.owners.items():
            row = PayoutAccount.objects.filter(artist=artist, ended_at=None).first()
            if row is None or not row.external_id:
                self.paying.connect(artist, owner)
            else:
                self.paying.sandbox.repair(row.external_id)
                self.paying.sandbox.change_bank(row.external_id)
        for _ in range(40):
            self.paying.sandbox.take_webhooks()
            self.paying.pass_time(days=1)
            actions.poll_events(now=self.paying.now)
            self.paying.look()
            for artist in self.owners:
                actions.retry_failed(artist.pk, now=self.paying.now)
            self.work()


def dying(dice: random.Random) -> Callable[[str], None]:
    def hook(_name: str) -> None:
        if dice.random() < 0.05:
            raise Cut

    return hook


# long: one story from the first operation to the last sum
@pytest.mark.slow
@pytest.mark.parametrize("seed", [7])
def test_a_thousand_operations(seed: int, paying: Paying, cast: Cast):
    paying.sandbox.webhooks("http://127.0.0.1:9/", "http://127.0.0.1:9/v2/")
    paying.sandbox.fund("eur", 50_000)
    chaos = Chaos(paying, cast, seed)
    stop = steps.watch(dying(chaos.dice))
    for _ in range(OPERATIONS):
        with suppress(Cut):
            chaos.operate()
    stop()
    chaos.calm()
    paying.match()
    assert broken() == []
    assert BalanceLine.objects.filter(match=None).count() == 0
    sent = Transfer.objects.filter(state="sent").values_list("amount_minor", flat=True)
    assert at_stripe(paying.sandbox) == sorted(sent)
    assert not Transfer.objects.filter(state__in=("queued", "sending")).exists()
    assert not Earning.objects.filter(place__in=("connected", "paying", "sending")).exists()
    assert not ProviderEvent.objects.exclude(error="").exists()
    to = credentials()
    assert to is not None
    for row in PayoutAccount.objects.filter(ended_at=None):
        left = funds(to, row.external_id or "")
        assert sum(left.available.values()) + sum(left.pending.values()) == 0
