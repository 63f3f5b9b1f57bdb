"""Months of joins, leaves, refunds, disputes and withdrawn plays: every invariant holds, every statement explains."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from backline.ledger import accounts
from backline.ledger.queries import balance
from backline.money import actions, queries
from backline.money.checks import check
from backline.money.listens import LaterChange
from backline.money.models import LateMoney, PayoutProfile, Settlement, Statement
from backline.money.rules import next_month
from backline.people import actions as people
from backline.people.models import Artist
from backline.shop import actions as shop
from backline.shop.models import Invoice, Subscription
from tests.conftest import Cast
from tests.money.world import FIRST, World, fans, noon

CURRENCIES = ("EUR", "JPY", "KWD")  # two, no, three decimals


class Life:
    """Chance decides what happens on a day."""

    def __init__(self, world: World, cast: Cast, *, seed: int) -> None:
        self.world, self.dice = world, random.Random(seed)
        self.artists = [cast.marlo, cast.kit, cast.sable]
        for number in range(3):
            account = people.create_account(
                f"a{number}@example.com", name="A", password=None, now=noon(FIRST)
            )
            name = f"artist-{number}"
            self.artists.append(people.create_artist(account, name=name, handle=name, now=noon(FIRST)))
        self.beats = [self.beat(FIRST) for _ in range(6)]
        self.paying: list[Subscription] = []
        self.paid: list[tuple[Invoice, int]] = []

    def beat(self, day: date) -> object:
        artist, guest = self.dice.sample(self.artists, 2)
        guests: list[Artist] = [guest] if self.dice.random() < 0.4 else []
        return self.world.beat(artist, *guests, on=day)

    def happen(self, day: date) -> None:
        dice, world = self.dice, self.world
        for beat in dice.sample(self.beats, 3):
            world.listening.play(day, beat, *fans(dice.randint(1, 9)), times=dice.randint(1, 4))  # type: ignore[arg-type]
        if dice.random() < 0.2:
            self.beats.append(self.beat(day))
        if dice.random() < 0.4:
            self.paying.append(world.subscriber(dice.choice(CURRENCIES), on=day))
        for subscription in list(self.paying):
            if (day - subscription.started_at.date()).days % 30 == 0:
                self.pay_or_leave(subscription, day)
        if self.paid and dice.random() < 0.15:
            self.take_back(day)
        if dice.random() < 0.05:
            self.withdraw(day)

    def pay_or_leave(self, subscription: Subscription, day: date) -> None:
        if subscription.started_at.date() < day and self.dice.random() < 0.2:
            self.paying.remove(subscription)
            return
        net = self.dice.randint(0, 4_000)
        # One in five is paid late, for days that have closed by then.
        first = day - timedelta(days=self.dice.choice((0, 0, 0, 0, 12)))
        invoice = self.world.invoice(
            subscription, net, first=first, end=first + timedelta(days=30), paid_on=day
        )
        if net:
            self.paid.append((invoice, net))

    def take_back(self, day: date) -> None:
        place = self.dice.randrange(len(self.paid))
        invoice, left = self.paid.pop(place)
        amount = self.dice.choice((left, self.dice.randint(1, left)))
        record = self.dice.choice((shop.record_invoice_refund, shop.record_invoice_dispute))
        name = f"back_{self.world._number('back')}"
        record(invoice, external_id=name, amount_minor=amount, at=noon(day))
        if amount < left:
            self.paid.append((invoice, left - amount))

    def withdraw(self, day: date) -> None:
        """Some plays of a closed day turn out to be none; half of the time staff correct what they earned."""
        world = self.world
        on = day - timedelta(days=self.dice.randint(5, 20))
        beats = [beat for beat, _ in world.listening.days.get(on, {})]
        if not beats or actions.accrued_through() is None:
            return
        beat, number = self.dice.choice(beats), len(world.listening.changes) + 1
        world.listening.changes.append(LaterChange(number, day, on, beat, -1))
        if self.dice.random() < 0.5:
            actions.correct_plays(beat, withdrawn={on: 1}, case=f"case {number}", now=noon(day))


def live(world: World, cast: Cast, *, days: int, seed: int) -> Life:
    life = Life(world, cast, seed=seed)
    for number in range(days):
        day = FIRST + timedelta(days=number)
        life.happen(day)
        world.on(day)
        if day.day == 10:
            actions.set_payout_state(
                life.dice.choice(life.artists),
                state=life.dice.choice((PayoutProfile.State.READY, PayoutProfile.State.PENDING)),
                now=noon(day),
            )
            actions.settle_due(now=noon(day))
    return life


def assert_all_holds(settled: int) -> None:
    assert check() == []
    assert Settlement.objects.filter(state="closed").count() == settled
    assert LateMoney.objects.exists()
    for statement in Statement.objects.all():
        assert queries.explanation(statement.pk).problems == []
    for currency in CURRENCIES:
        # What no settlement has given out yet is still there.
        assert balance(accounts.POOL, currency=currency) >= 0 or LateMoney.objects.filter(
            currency=currency,
            amount_minor__lt=0,
            day__gte=next_month(Settlement.objects.latest("month").month),
        )


def test_some_weeks_of_it(world: World, cast: Cast):
    live(world, cast, days=75, seed=5)
    assert_all_holds(2)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_two_years_of_it(world: World, cast: Cast, seed: int):
    live(world, cast, days=24 * 31, seed=seed)
    assert_all_holds(24)
