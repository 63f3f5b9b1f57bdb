"""One month for the tests that cut work off: its facts, what the worker does of it, and all that is stored then.

As processes of their own (`main`): `prepare` makes the facts in the data folder of BACKLINE_DATA; `work STEP` does the
month and is killed at the step; `work` alone does it to the end and prints what is stored.
"""

from __future__ import annotations

import hashlib
import os
import re
import signal
from collections import Counter
from datetime import date, timedelta

import pytest

from backline.catalog.models import Beat
from backline.ledger.models import Posting
from backline.money import actions, steps
from backline.money.models import Accrual, Bucket, DayWeights, LateMoney, PayoutProfile, Settlement, Statement
from backline.people import actions as people
from backline.people.models import Artist
from backline.shop import actions as shop
from backline.shop.models import Invoice, Plan
from tests.money.world import FIRST, Listening, World, noon, plays

LAST = date(2026, 1, 31)
OWN_NUMBER = re.compile(r"^([a-z-]+):\d+")
"""An entry's key names its row: numbers that were taken and given up again are not used twice everywhere."""


def facts(world: World, marlo: Artist, sable: Artist, kit: Artist) -> None:
    """January: three artists, two currencies; a few closed days at the end."""
    world.beat(marlo), world.beat(sable, kit)
    hear(world)
    for currency in ("EUR", "JPY"):
        world.invoice(world.subscriber(currency), 4_001, first=FIRST, end=date(2026, 2, 11))
    actions.set_payout_state(marlo, state=PayoutProfile.State.READY, now=noon(FIRST))


def hear(world: World) -> None:
    """The plays of the last days of the month."""
    heard = dict(zip(Beat.objects.order_by("pk"), (9, 5), strict=True))
    plays(world, heard, first=LAST - timedelta(days=3), last=LAST)


def month(world: World) -> None:
    """What the worker does of it: closes days, books a refund, settles. Doing it again changes nothing."""
    for day in (date(2026, 2, number) for number in range(1, 5)):
        if day == date(2026, 2, 3) and not Invoice.objects.get(currency="EUR").changes.exists():
            world.refund(Invoice.objects.get(currency="EUR"), 1_000, on=day)
        world.listening.closed = day - timedelta(days=4)
        while actions.advance_pool(now=noon(day)):
            pass
    actions.run_settlement(FIRST, now=noon(date(2026, 2, 10)))


def state() -> str:
    """Everything that money stored, without row numbers and times."""
    rows = [
        *DayWeights.objects.order_by("day").values_list("day", "digest"),
        *Accrual.objects.order_by("day", "currency", "of_month").values_list(
            "day", "currency", "kind", "bucket_minor", "digest"
        ),
        *Bucket.objects.order_by("day", "currency").values_list(
            "day", "currency", "paid_in_minor", "accrued_on"
        ),
        *LateMoney.objects.order_by("day", "of_day").values_list("day", "of_day", "amount_minor"),
        *Settlement.objects.values_list("month", "state", "digest", "posted"),
        *Statement.objects.order_by("artist", "currency").values_list(
            "artist", "currency", "earned_minor", "payable_minor", "held_minor", "packed"
        ),
        *Posting.objects.order_by(
            "entry__key", "source__address", "destination__address", "currency"
        ).values_list("entry__key", "source__address", "destination__address", "currency", "amount_minor"),
    ]
    return hashlib.sha256(repr([tuple(map(_plain, row)) for row in rows]).encode()).hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, str):
        return OWN_NUMBER.sub(r"\1", value)
    return bytes(value) if isinstance(value, memoryview) else value


def main(words: list[str]) -> None:
    """The parts that are processes of their own."""
    listening = Listening().install(pytest.MonkeyPatch())
    if words == ["prepare"]:
        from django.core.management import call_command

        call_command("migrate", verbosity=0, interactive=False)
        artists = []
        for name in ("marlo", "sable", "kit"):
            account = people.create_account(f"{name}@example.com", name=name, password=None, now=noon(FIRST))
            artists.append(people.create_artist(account, name=name, handle=name, now=noon(FIRST)))
        plan = shop.create_plan("Plus", prices={}, licences_a_month=None, now=noon(FIRST))
        facts(World(listening, plan, FIRST, Counter()), *artists)
        return
    world = World(listening, Plan.objects.get(), FIRST, Counter())
    hear(world)
    if len(words) > 1:
        steps.watch(lambda name: os.kill(os.getpid(), signal.SIGKILL) if name == words[1] else None)
    month(world)
    print(state())
