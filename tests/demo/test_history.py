"""Two years of listening: the right amount, a believable shape, and the same events each time."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from statistics import mean

import iptocc
import pytest

from backline.demo.addresses import NETWORKS
from backline.demo.artists import MARLO
from backline.demo.crowd import Crowd
from backline.demo.history import Event, History
from backline.demo.plan import DAYS, FULL, plan
from backline.demo.shape import Heard, Shape

NOW = datetime(2026, 3, 18, 15, 30, tzinfo=UTC)
SEED = 18
START = NOW - timedelta(days=DAYS)


@pytest.fixture(scope="module")
def history() -> History:
    world = plan(now=NOW, seed=SEED, scale=FULL)
    beats = [
        Heard(number, beat.handle, "NL", beat.published_at, beat.seconds, reach, ("account:1", "account:2"))
        for number, (beat, reach) in enumerate(world.reaches())
        if beat.published_at is not None
    ]
    accounts = [(f"account:{n}", START + timedelta(days=DAYS * (n / 400) ** 0.7)) for n in range(10, 370)]
    shape = Shape(beats, now=NOW, days=DAYS, listens=FULL.listens, seed=SEED)
    numbers = {beat.number: beat.number for beat in beats}
    return History(
        shape, Crowd(accounts, start=START, seed=SEED), beat_ids=numbers, staff="account:3", seed=SEED
    )


@pytest.fixture(scope="module")
def events(history: History) -> list[tuple[datetime, Event]]:
    days = (history.shape.first_on + timedelta(days=n) for n in range(DAYS + 1))
    return [pair for day in days for pair in history.day(day, until=NOW - timedelta(minutes=2))]


def test_about_a_hundred_thousand_listens_and_five_thousand_downloads(events: list[tuple[datetime, Event]]):
    kinds = Counter(event["type"] for _, event in events)
    assert 96_000 < kinds["listen"] < 106_000
    assert 4_500 < kinds["download"] < 6_500


def test_ids_are_unique_and_times_inside(history: History, events: list[tuple[datetime, Event]]):
    assert len({event["id"] for _, event in events}) == len(events)
    published = {beat.number: beat.published_at for beat in history.shape.beats}
    for over_at, event in events:
        at = datetime.fromisoformat(event.get("started_at") or event["at"])
        assert published[event["beat"]] - timedelta(seconds=1) <= at
        assert over_at <= NOW - timedelta(minutes=2)


def test_listening_grows_and_the_weekend_is_busier(events: list[tuple[datetime, Event]]):
    days = Counter(over_at.date() for over_at, _ in events)
    ordered = [days[day] for day in sorted(days)]
    assert mean(ordered[-90:]) > 3 * mean(ordered[:90])
    by_weekday = Counter(over_at.weekday() for over_at, _ in events)
    assert by_weekday[4] > by_weekday[0] and by_weekday[5] > by_weekday[1]


def test_nights_are_quiet(events: list[tuple[datetime, Event]]):
    hours = Counter(over_at.hour for over_at, _ in events)
    assert hours[19] > 2 * hours[5]


def test_few_artists_have_most_of_the_plays(history: History, events: list[tuple[datetime, Event]]):
    handles = {beat.number: beat.handle for beat in history.shape.beats}
    artists = [count for _, count in Counter(handles[event["beat"]] for _, event in events).most_common()]
    assert sum(artists[:5]) > 0.35 * len(events)
    assert artists[-1] < 0.01 * len(events)
    beats = [count for _, count in Counter(event["beat"] for _, event in events).most_common()]
    assert beats[0] < 0.05 * len(events) and beats[0] > 15 * beats[len(beats) // 2] / 10


def test_there_is_something_to_reject(events: list[tuple[datetime, Event]]):
    listens = [event for _, event in events if event["type"] == "listen"]
    short = sum(event["heard"][0][1] < 15 and len(event["heard"]) == 1 for event in listens)
    robots = sum("bot" in event["agent"] or "python" in event["agent"] for event in listens)
    team = sum(event["listener"] in ("account:1", "account:2") for event in listens)
    assert 0.08 < short / len(listens) < 0.16
    assert 0.01 < robots / len(listens) < 0.03
    assert 0.005 < team / len(listens) < 0.03
    a_day = Counter((e["listener"], e["beat"], e["started_at"][:10]) for e in listens if e["listener"])
    assert sum(count > 10 for count in a_day.values()) > 5


def test_a_later_build_makes_the_same_days(history: History, events: list[tuple[datetime, Event]]):
    day = NOW.date()
    early = history.day(day, until=NOW - timedelta(hours=6))
    late = history.day(day, until=NOW + timedelta(hours=3))
    assert early == late[: len(early)] and len(late) > len(early)


def test_marlo_was_heard_in_the_last_minutes(history: History):
    fresh = history.fresh(MARLO, now=NOW)
    assert fresh and all(NOW - timedelta(minutes=30) < over_at < NOW for over_at, _ in fresh)


def test_networks_lie_in_their_countries():
    for country, (_, _, networks) in NETWORKS.items():
        for network in networks:
            assert {iptocc.country_code(f"{network}.{n}.17") for n in range(0, 256, 15)} == {country}, network
