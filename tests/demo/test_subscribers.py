"""The demo's payments on paper: the same every time, in the order of time, and possible."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

from backline.demo.subscribers import Buys, Event, Joins, Leaves, Pays, TakesBack, payments

NOW = datetime(2026, 3, 18, tzinfo=UTC)
LISTENERS = [NOW - timedelta(days=700 - 2 * number) for number in range(300)]
BEATS = [NOW - timedelta(days=600 - 5 * number) for number in range(100)]


def events(seed: int = 18) -> list[Event]:
    return payments(LISTENERS, BEATS, now=NOW, seed=seed)


def test_the_same_seed_gives_the_same_payments():
    assert events() == events() != events(19)


def test_everything_happens_in_order_and_before_now():
    times = [event.at for event in events()]
    assert times == sorted(times) and times[-1] < NOW


def test_each_thing_happens_once_and_after_what_it_needs():
    seen: dict[str, Event] = {}
    for event in events():
        if isinstance(event, Pays | Leaves):
            assert event.subscription in seen
        if isinstance(event, TakesBack):
            paid = seen[event.invoice]
            assert isinstance(paid, Pays) and 0 < event.amount <= paid.net
        if not isinstance(event, Leaves):
            assert event.name not in seen
            seen[event.name] = event


def test_there_is_some_of_everything():
    count = Counter(type(event) for event in events())
    assert count[Joins] > 100 and count[Pays] > 1_000 and count[TakesBack] > 10 and count[Leaves] > 50
    buys = [event for event in events() if isinstance(event, Buys)]
    assert {"track", "exclusive"} == {event.kind for event in buys}
    assert sum(event.returned for event in buys) == 1
    assert {event.currency for event in events() if isinstance(event, Joins)} == {"EUR", "USD"}


def test_service_periods_of_a_subscription_follow_each_other():
    last: dict[str, Pays] = {}
    for event in events():
        if isinstance(event, Pays):
            before = last.get(event.subscription)
            assert before is None or before.end == event.first
            last[event.subscription] = event
