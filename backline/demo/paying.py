"""Pays the demo world's subscriptions and sales, and settles its months as they would have been."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from functools import singledispatchmethod

from django.conf import settings
from django.db import transaction

from backline.catalog.models import Beat
from backline.demo import payouts
from backline.demo.artists import KIT, MARLO, SABLE
from backline.demo.progress import Progress
from backline.demo.settling import Settled
from backline.demo.subscribers import (
    LICENCES,
    PLANS,
    Buys,
    Event,
    Joins,
    Leaves,
    Pays,
    TakesBack,
    payments,
)
from backline.listening.calendar import reporting
from backline.money import actions as money
from backline.money.listens import first_closed_day, last_closed_day
from backline.people.models import Account
from backline.shop import actions as shop
from backline.shop.models import Invoice, InvoiceChange, Plan, Sale, SaleChange, Subscription
from backline.shop.queries import currencies

CLOSES_AFTER = timedelta(days=4)
COMMIT_EVERY_DAYS = 30
READY_AFTER_DAYS = {MARLO: 75, KIT: 40}
NEVER_READY = (SABLE,)
EVERY_THIRD = 3


def pay(settled: Settled, beats: Sequence[Beat], *, start: datetime, now: datetime, seed: int) -> list[Event]:
    """Records everything that is paid until `now`, and answers it. Repeating it changes nothing."""
    public = sorted(
        (beat for beat in beats if beat.is_public and beat.first_published_at), key=lambda beat: beat.pk
    )
    events = payments(
        [account.joined_at for account in settled.listeners],
        [beat.first_published_at for beat in public if beat.first_published_at],
        now=now,
        seed=seed,
    )
    with transaction.atomic():
        till = _Till(settled.listeners, public, start)
        for event in events:
            till.take(event)
    return events


class _Till:
    """Records events one after the other."""

    def __init__(self, listeners: Sequence[Account], beats: Sequence[Beat], start: datetime) -> None:
        self._listeners, self._beats = listeners, beats
        self._plans = {plan.name: plan for plan in Plan.objects.all()} or {
            name: shop.create_plan(
                name,
                prices={"EUR": price, "USD": price} if price else {},
                licences_a_month=LICENCES[name],
                now=start,
            )
            for name, price in PLANS.items()
        }
        self._subscriptions: dict[str, Subscription] = {}
        self._invoices: dict[str, Invoice] = {}

    @singledispatchmethod
    def take(self, event: object) -> None:
        """Records one event."""
        raise NotImplementedError(event)

    @take.register
    def _(self, event: Joins) -> None:
        self._subscriptions[event.name] = shop.start_subscription(
            self._listeners[event.listener],
            plan=self._plans[event.plan],
            currency=event.currency,
            external_id=event.name,
            now=event.at,
        )

    @take.register
    def _(self, event: Pays) -> None:
        self._invoices[event.name] = shop.record_invoice(
            self._subscriptions[event.subscription],
            external_id=event.name,
            paid_at=event.at,
            period_start=event.first,
            period_end=event.end,
            plan_net_minor=event.net,
            fee_minor=event.fee,
            tax_minor=event.tax,
            payment=event.payment,
        )

    @take.register
    def _(self, event: TakesBack) -> None:
        record = shop.record_invoice_dispute if event.lost else shop.record_invoice_refund
        record(self._invoices[event.invoice], external_id=event.name, amount_minor=event.amount, at=event.at)

    @take.register
    def _(self, event: Leaves) -> None:
        shop.end_subscription(self._subscriptions[event.subscription], now=event.at)

    @take.register
    def _(self, event: Buys) -> None:
        sale: Sale = shop.record_sale(
            self._beats[event.beat],
            buyer=self._listeners[event.listener],
            kind=event.kind,
            currency=event.currency,
            list_price_minor=event.price,
            fee_minor=event.fee,
            external_id=event.name,
            sold_at=event.at,
            payment=event.name,
        )
        if event.returned:
            shop.record_sale_refund(
                sale,
                external_id=event.name.replace("pi_", "re_"),
                amount_minor=event.price,
                fee_returned_minor=0,
                at=event.at + timedelta(days=2),
            )


def settle(settled: Settled, *, now: datetime, seed: int, progress: Progress) -> None:
    """Lets the days since the first pass once more for money: books, weighs, accrues, and settles on each tenth."""
    closed = last_closed_day()
    first = first_closed_day(closed) if closed else None
    if closed is None or first is None or not currencies():
        return
    progress.begin("Sharing out subscriptions, days", (closed - first).days + 1)
    ready, paid, sold = _ready(settled, first, seed), _due(_paid_at()), _due(_sold_at())
    day = money.next_day_to_weigh() or closed + timedelta(days=1)
    while day <= closed:
        with transaction.atomic():
            until = min(day + timedelta(days=COMMIT_EVERY_DAYS), closed + timedelta(days=1))
            while day < until:
                then = min(_noon(day + CLOSES_AFTER), now)
                ready(then)
                _book(then, paid=paid(then), sold=sold(then))
                _pass(day, then, until=now)
                day += timedelta(days=1)
        progress.reach((day - first).days)
    while money.advance_pool(now=now) or money.settle_due(now=now):
        pass
    payouts.pay_out(now=now, until=now)
    progress.finish()


def _book(now: datetime, *, paid: bool, sold: bool) -> None:
    """What the worker booked since the day before."""
    while paid and money.book_facts(now=now):
        pass
    while sold and (money.book_sales(now=now) or money.release_sales(now=now)):
        pass


def _pass(day: date, now: datetime, *, until: datetime) -> None:
    """What the worker did on the day on which `day` closed."""
    money.weigh_day(day, now=now)
    money.accrue_day(day, now=now)
    if reporting().today(now).day == settings.SETTLE_ON_DAY:
        money.settle_due(now=now)
        payouts.pay_out(now=now, until=until)


def _paid_at() -> list[datetime]:
    """When something of subscriptions was paid or went back."""
    return [
        *Invoice.objects.values_list("paid_at", flat=True),
        *InvoiceChange.objects.values_list("at", flat=True),
    ]


def _sold_at() -> list[datetime]:
    """When something was sold, went back, or was over its holding days."""
    held, sold = timedelta(days=settings.SALE_HOLD_DAYS), Sale.objects.values_list("sold_at", flat=True)
    return [*SaleChange.objects.values_list("at", flat=True), *sold, *(at + held for at in sold)]


def _due(instants: list[datetime]) -> Callable[[datetime], bool]:
    """Whether one of the instants came since the last call; to ask for work on quiet days takes time."""
    waiting = sorted(instants, reverse=True)

    def due(now: datetime) -> bool:
        before = len(waiting)
        while waiting and waiting[-1] <= now:
            waiting.pop()
        return len(waiting) < before

    return due


def _ready(settled: Settled, first: date, seed: int) -> Callable[[datetime], None]:
    """Sets artists up to be paid when their time has come; every third never is."""
    dice = random.Random(f"payouts {seed}")
    due = {}
    for number, (handle, artist) in enumerate(sorted(settled.artists.items())):
        after = READY_AFTER_DAYS.get(handle, dice.randint(5, 200))
        if handle in READY_AFTER_DAYS or (handle not in NEVER_READY and number % EVERY_THIRD):
            due[handle] = (_noon(max(first, artist.created_at.date()) + timedelta(days=after)), artist)

    def set_up(now: datetime) -> None:
        for handle in [handle for handle, (at, _) in due.items() if at <= now]:
            at, artist = due.pop(handle)
            payouts.connect(artist, now=at)

    return set_up


def _noon(day: date) -> datetime:
    return reporting().starts_at(day) + timedelta(hours=12)
