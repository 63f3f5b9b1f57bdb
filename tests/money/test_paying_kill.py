"""The way to the bank is cut off at every named step and taken up again: nothing is paid twice, nothing is lost."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

import pytest

from backline.catalog.models import Beat
from backline.money import actions, steps
from tests.conftest import Cast
from tests.listening.world import make_beat
from tests.money.paying import Paying, at_stripe, of, statuses
from tests.money.test_kill import Cut, cut_at
from tests.money.test_refunded_sales import refund, sell
from tests.money.test_transfers import broken


@pytest.fixture
def beat(cast: Cast, paying: Paying) -> Beat:
    paying.sandbox.fund("eur", 100_000)
    paying.ready(cast.marlo, cast.alice)
    return make_beat(cast.marlo, now=paying.now - timedelta(days=30))


def way(paying: Paying, days: int = 7) -> None:
    """What the worker does over some days, from wherever it stands."""
    for _ in range(days):
        actions.release_sales(now=paying.now)
        paying.work()
        paying.look()
        paying.pass_time(days=1)


@pytest.mark.slow
@pytest.mark.parametrize("name", steps.PAYING)
def test_cut_off_at_a_step_and_taken_up_again(name: str, paying: Paying, cast: Cast, beat: Beat):
    sale = sell(paying, cast, beat)
    paying.pass_time(days=7.5)
    actions.release_sales(now=paying.now)
    paying.statement(cast.marlo, 2_500)
    seen: list[str] = []
    unwatch = steps.watch(seen.append)
    stop = cut_at(name)
    with suppress(Cut):
        paying.work()
        refund(paying, sale, 900)
        paying.work()
        way(paying)
    stop()
    paying.pass_time(hours=1)
    if of(cast.marlo, "sale_held") == 0 and sale.changes.count() == 0:
        refund(paying, sale, 900)
    way(paying, 9)
    unwatch()
    assert name in seen
    assert [amount for amount, place, _ in statuses(cast.marlo) if place == "bank"] == [4_000, 2_500]
    reversed_ = sum(row.amount_reversed for row in paying.sandbox.client.v1.transfers.list({"limit": 9}).data)
    assert sum(at_stripe(paying.sandbox)) - reversed_ == 6_500
    assert {
        of(cast.marlo, place) for place in ("available", "sending", "connected", "paying", "returned")
    } == {0}
    assert broken() == []


def test_two_workers_at_every_step(paying: Paying, cast: Cast, beat: Beat):
    """At each step another worker does all that it finds to do."""
    paying.statement(cast.marlo, 2_500)
    busy = [False]

    def second(_name: str) -> None:
        if not busy[0]:
            busy[0] = True
            paying.work()
            busy[0] = False

    stop = steps.watch(second)
    way(paying, 9)
    stop()
    assert at_stripe(paying.sandbox) == [2_500]
    assert statuses(cast.marlo) == [(2_500, "bank", "paid")]
    assert broken() == []
