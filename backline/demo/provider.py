"""What the demo world paid, as Stripe's sandbox knows it: the same customers, subscriptions, invoices and refunds.

They are handed over in one file and written down at once; later the sandbox lets them live on. Without a sandbox beside
this installation nothing is done.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import singledispatchmethod
from pathlib import Path
from typing import Any

from django.conf import settings

from backline import sandbox
from backline.demo.subscribers import (
    CURRENCIES,
    FEE_SHARE,
    PLANS,
    TAX_PERCENT,
    Buys,
    Event,
    Joins,
    Leaves,
    Pays,
    TakesBack,
)
from backline.people.models import Account
from backline.shop.models import Customer, Plan, PlanPrice

Fact = dict[str, Any]


def write_down(
    events: Sequence[Event], listeners: Sequence[Account], *, paid_out: Iterable[Fact], now: datetime
) -> None:
    """Hands everything over and notes Stripe's names here. Repeating it changes nothing.

    `paid_out` are the lines of what artists were paid.

    Raises:
        subprocess.CalledProcessError: the sandbox refused; its lines say why.
    """
    folder = settings.DATA / sandbox.FOLDER
    if not folder.is_dir() or settings.STRIPE_KEY not in ("", sandbox.KEY):
        return
    book = _Book(listeners)
    file = folder / "past.jsonl"
    facts = sorted([*book.facts(events), *paid_out], key=lambda fact: fact["at"])
    file.write_text("".join(json.dumps(fact) + "\n" for fact in facts), encoding="utf-8")
    command = [sys.executable, "-m", "stripe_sandbox", "--data", str(folder), "--seed", str(file)]
    subprocess.run(command, check=True, cwd=Path(__file__).resolve().parents[2])
    file.unlink()
    _note_names(book.customers, now)


def _note_names(customers: dict[int, str], now: datetime) -> None:
    Customer.objects.bulk_create(
        (
            Customer(account_id=account, external_id=name, created_at=now)
            for account, name in customers.items()
        ),
        ignore_conflicts=True,
    )
    for plan, amount in PLANS.items():
        for currency in CURRENCIES if amount else ():
            rows = PlanPrice.objects.filter(plan__name=plan, currency=currency, amount_minor=amount)
            rows.update(price_id=_price(plan, currency), fee_price_id=_price(plan, currency, fee=True))


def _price(plan: str, currency: str, *, fee: bool = False) -> str:
    return f"price_demo{plan}{currency}{'fee' if fee else ''}"


class _Book:
    """Events as lines of a past."""

    def __init__(self, listeners: Sequence[Account]) -> None:
        self._listeners = listeners
        self.customers: dict[int, str] = {}
        self._joins: dict[str, Joins] = {}
        self._begun: set[str] = set()
        self._payments: dict[str, str] = {}

    def facts(self, events: Iterable[Event]) -> Iterator[Fact]:
        """Everything in the order of time, after the prices."""
        first: int | None = None
        for event in events:
            at = int(event.at.timestamp())
            if first is None:
                first = at
                yield from self._prices(at)
            for fact in self.lines(event):
                yield {"at": at} | fact

    def _prices(self, at: int) -> Iterator[Fact]:
        yield {"do": "tax", "at": at, "id": "txr_demo", "percent": TAX_PERCENT["EUR"]}
        numbers = dict(Plan.objects.values_list("name", "pk"))
        for plan, amount in PLANS.items():
            for currency in CURRENCIES if amount else ():
                for fee in (False, True):
                    part = amount // FEE_SHARE if fee else amount - amount // FEE_SHARE
                    end = "-fee" if fee else ""
                    yield {
                        "do": "price",
                        "at": at,
                        "id": _price(plan, currency, fee=fee),
                        "product": f"prod_demo{numbers[plan]}{end}",
                        "name": f"{plan}, platform fee" if fee else plan,
                        "currency": currency.lower(),
                        "amount": part,
                        "lookup_key": f"backline-{plan.lower()}-{currency.lower()}-{amount}{end}",
                    }

    @singledispatchmethod
    def lines(self, event: object) -> Iterator[Fact]:
        """What an event is at Stripe."""
        raise NotImplementedError(event)

    @lines.register
    def _(self, event: Joins) -> Iterator[Fact]:
        self._joins[event.name] = event
        yield from self._customer(event.listener)

    def _customer(self, place: int) -> Iterator[Fact]:
        account = self._listeners[place]
        if account.pk not in self.customers:
            self.customers[account.pk] = f"cus_demo{place}"
            yield {
                "do": "customer",
                "id": f"cus_demo{place}",
                "email": account.email,
                "name": account.name,
                "metadata": {"backline_account": str(account.pk)},
            }

    @lines.register
    def _(self, event: Pays) -> Iterator[Fact]:
        self._payments[event.name] = event.payment
        paid = {"id": event.subscription, "invoice": event.name, "payment": event.payment}
        if event.subscription in self._begun:
            yield {"do": "renew"} | paid
            return
        self._begun.add(event.subscription)
        joined = self._joins[event.subscription]
        account = self._listeners[joined.listener]
        full = PLANS[joined.plan] - PLANS[joined.plan] // FEE_SHARE
        prices = [_price(joined.plan, joined.currency, fee=fee) for fee in (False, True)]
        yield paid | {
            "do": "begin",
            "customer": self.customers[account.pk],
            "prices": prices,
            "half": event.net < full,
            "taxes": ["txr_demo"] if TAX_PERCENT[joined.currency] else [],
            "metadata": {"backline_account": str(account.pk)},
        }

    @lines.register
    def _(self, event: TakesBack) -> Iterator[Fact]:
        kind = "lost" if event.lost else "refund"
        yield {"do": kind, "id": event.name, "payment": self._payments[event.invoice], "amount": event.amount}

    @lines.register
    def _(self, event: Leaves) -> Iterator[Fact]:
        yield {"do": "end", "id": event.subscription}

    @lines.register
    def _(self, event: Buys) -> Iterator[Fact]:
        yield from self._customer(event.listener)
        yield {
            "do": "sale",
            "id": event.name,
            "customer": self.customers[self._listeners[event.listener].pk],
            "amount": event.price + event.fee,
            "currency": event.currency.lower(),
            "metadata": {},
        }
        if event.returned:
            back = event.name.replace("pi_", "re_")
            at = int(event.at.timestamp()) + 2 * 86_400
            yield {"do": "refund", "at": at, "id": back, "payment": event.name, "amount": event.price}
