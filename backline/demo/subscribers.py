"""The demo world's payments on paper: who subscribes when, what is refunded, which beats are bought.

Pure: a seed, listeners and beats in, events in the order of time out; nothing is stored here.
"""

from __future__ import annotations

import random
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

PLANS = {"Free": 0, "Plus": 1200, "Pro": 2400}
LICENCES = {"Free": 0, "Plus": 10, "Pro": None}
CURRENCIES = ("EUR", "USD")
FEE_SHARE = 4
"""One part in so many of a plan's price is the platform's own."""
TAX_PERCENT = {"EUR": 21, "USD": 0}
SALE_FEE_PERCENT, SALE_FEE_FIXED = 12, 300


@dataclass(frozen=True)
class Joins:
    """A listener, by place, begins to hold a plan."""

    at: datetime
    listener: int
    plan: str
    currency: str
    name: str


@dataclass(frozen=True)
class Pays:
    """A month of a plan is paid. `net` is what was paid for the plan line. Names are as Stripe's look."""

    at: datetime
    subscription: str
    name: str
    first: date
    end: date
    net: int
    fee: int
    tax: int

    @property
    def payment(self) -> str:
        """The name of the payment."""
        return self.name.replace("in_", "pi_")


@dataclass(frozen=True)
class TakesBack:
    """Part of an invoice goes back; `lost` when the payer's bank took it."""

    at: datetime
    invoice: str
    name: str
    amount: int
    lost: bool


@dataclass(frozen=True)
class Leaves:
    """A subscription ends."""

    at: datetime
    subscription: str


@dataclass(frozen=True)
class Buys:
    """A beat, by place, is bought by a listener; `returned` when the sale is refunded two days later."""

    at: datetime
    listener: int
    beat: int
    name: str
    kind: str
    currency: str
    price: int
    fee: int
    returned: bool


Event = Joins | Pays | TakesBack | Leaves | Buys


def payments(
    listeners: Sequence[datetime], beats: Sequence[datetime], *, now: datetime, seed: int
) -> list[Event]:
    """Everything that is paid until `now`, by time. Listeners and beats are given by when they came."""
    found = [
        event
        for place, joined_at in enumerate(listeners)
        for event in _subscription(place, joined_at, now, random.Random(f"subscriber {seed} {place}"))
    ]
    found += _sales(listeners, beats, now, random.Random(f"sales {seed}"))
    return sorted((event for event in found if event.at < now), key=lambda event: event.at)


def _subscription(place: int, joined_at: datetime, now: datetime, dice: random.Random) -> Iterator[Event]:
    """Rather more than half subscribe; each month some leave, and some of those come back."""
    at = joined_at + timedelta(days=dice.uniform(0, 25), hours=dice.uniform(0, 20))
    if dice.random() > 0.58:
        return
    plan = "Pro" if dice.random() < 0.3 else "Plus"
    currency = "EUR" if dice.random() < 0.6 else "USD"
    for stay in range(3):
        name = f"sub_demo{place}x{stay}"
        yield Joins(at, place, plan, currency, name)
        months = 1 + int(dice.expovariate(1 / 9))
        yield from _months(name, plan, currency, at, months, dice)
        ends_at = at + timedelta(days=30.4375 * months)
        yield Leaves(ends_at, name)
        at = ends_at + timedelta(days=dice.uniform(20, 200))
        if dice.random() > 0.35 or at >= now:
            return


def _months(
    name: str, plan: str, currency: str, at: datetime, months: int, dice: random.Random
) -> Iterator[Event]:
    for number in range(months):
        first, end = _period(at.date(), number)
        paid_at = datetime.combine(first, at.timetz())
        price = PLANS[plan] // 2 if number == 0 and dice.random() < 0.2 else PLANS[plan]
        net = price - price // FEE_SHARE
        invoice = f"{name}x{number}".replace("sub_", "in_")
        tax = _tax(net, currency) + _tax(price - net, currency)
        yield Pays(paid_at, name, invoice, first, end, net, price - net, tax)
        luck = dice.random()
        if luck < 0.02:
            amount = net if dice.random() < 0.6 else net // 2
            returns_at = paid_at + timedelta(days=dice.uniform(1, 26))
            yield TakesBack(returns_at, invoice, invoice.replace("in_", "re_"), amount, lost=False)
        elif luck > 0.998:
            yield TakesBack(
                paid_at + timedelta(days=41), invoice, invoice.replace("in_", "dp_"), net, lost=True
            )


def _tax(net: int, currency: str) -> int:
    """The tax on one line, half up."""
    return (net * TAX_PERCENT[currency] * 2 + 100) // 200


def _period(first: date, number: int) -> tuple[date, date]:
    """The number-th month of service from a day on: from its day to the same day a month later."""
    return _months_after(first, number), _months_after(first, number + 1)


def _months_after(first: date, number: int) -> date:
    year, month = divmod(first.year * 12 + first.month - 1 + number, 12)
    return date(year, month + 1, min(first.day, monthrange(year, month + 1)[1]))


def _sales(
    listeners: Sequence[datetime], beats: Sequence[datetime], now: datetime, dice: random.Random
) -> Iterator[Event]:
    """A track sale for about every sixth beat; one beat, not the newest, is sold exclusively; one sale goes back."""
    count = len(beats) // 6
    chosen = dice.sample(range(len(beats)), count) if count else []
    for number, beat in enumerate(chosen):
        at = beats[beat] + timedelta(days=dice.uniform(3, 90))
        there = [place for place, joined_at in enumerate(listeners) if joined_at < at]
        if at >= now or not there:
            continue
        kind = "exclusive" if number == count - 1 else "track"
        price = 49_900 if kind == "exclusive" else dice.choice((1_900, 2_900, 3_900))
        fee = price * SALE_FEE_PERCENT // 100 + SALE_FEE_FIXED
        yield Buys(
            at, dice.choice(there), beat, f"pi_demosale{number}", kind, dice.choice(CURRENCIES), price, fee,
            returned=number == 1 and at + timedelta(days=2) < now,
        )  # fmt: skip
