"""The fold: exactly once, in log order, and a rebuild comes out identical."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from backline.audience.actions import follow_artist, like_beat, unfollow_artist, unlike_beat
from backline.catalog.models import Beat
from backline.listening import fold as folding
from backline.listening import queries
from backline.listening.calendar import to_number
from backline.listening.fold import fold, fold_all
from backline.listening.origins import listener_text
from backline.listening.rebuild import rebuild
from tests.conftest import Cast
from tests.listening.rollups import rollups
from tests.listening.world import BROWSER, ROBOT, download, listen, make_beat, send


def history(
    beats: list[Beat], cast: Cast, *, now: datetime, size: int, seed: int
) -> list[tuple[datetime, dict[str, Any]]]:
    """Events of three days in the order they arrive, with many that are rejected, some of them late."""
    dice = random.Random(seed)
    people = [None, "lee", "kim", "sam", listener_text(cast.alice.pk), listener_text(cast.dana.pk)]
    found = []
    for _ in range(size):
        at = now - timedelta(minutes=10 * dice.randint(1, 400), seconds=dice.uniform(0, 60))
        arrives = at + timedelta(seconds=dice.choice([60, 60, 90_000]))
        beat, listener = dice.choice(beats), dice.choice(people)
        if dice.random() < 0.2:
            found.append((arrives, download(beat, at=at, listener=listener)))
            continue
        heard = [[0, dice.choice([10, 31, 60, 180])]]
        more = {"agent": dice.choice([BROWSER, BROWSER, ROBOT]), "address": f"203.0.113.{dice.randint(1, 3)}"}
        found.append((arrives, listen(beat, at=at, listener=listener, heard=heard, **more)))
    return sorted(found, key=lambda pair: pair[0])


def world(cast: Cast, now: datetime) -> list[Beat]:
    draft = make_beat(cast.marlo, now=now, state=Beat.State.DRAFT)
    shared = make_beat(cast.marlo, now=now, guests={cast.kit: now - timedelta(days=1)})
    return [make_beat(cast.marlo, now=now), make_beat(cast.sable, now=now, length_ms=40_000), shared, draft]


def test_received_is_counted_plus_rejected_for_every_day(cast: Cast, now: datetime):
    beats = world(cast, now)
    events = history(beats, cast, now=now, size=400, seed=1)
    for start in range(0, 400, 25):
        portion = events[start : start + 25]
        send(*(event for _, event in portion), now=portion[-1][0])
    fold_all(now=now)
    first = now.date() - timedelta(days=4)
    seen: set[str] = set()
    for days in range(6):
        day = first + timedelta(days=days)
        for beat in beats:
            receipts = queries.beat_figures(beat.pk, first=day, last=day, now=now).receipts
            assert receipts.received == receipts.counted + sum(receipts.rejected.values())
            seen |= receipts.rejected.keys()
    assert {"unavailable", "robot", "own_team", "staff", "too_short", "overlap"} <= seen
    received = sum(
        total.receipts.received for total in queries.beat_totals([beat.pk for beat in beats]).values()
    )
    assert received == sum(
        event["type"] == "listen" for _, event in history(beats, cast, now=now, size=400, seed=1)
    )


@pytest.mark.parametrize(("seed", "portion", "from_day"), [(0, 1, 0), (1, 7, 1), (2, 30, 2), (3, 60, 3)])
def test_a_rebuild_is_identical_to_the_live_fold(
    cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch, seed: int, portion: int, from_day: int
):
    beats = world(cast, now)
    monkeypatch.setattr(folding, "PORTION", portion)
    for number, (at, event) in enumerate(history(beats, cast, now=now, size=150, seed=seed)):
        send(event, now=at)
        if number % 40 == 0:
            fold(now=at)
    fold_all(now=now)
    live = rollups()
    monkeypatch.setattr(folding, "PORTION", 7)
    rebuild(from_day=to_number(now.date()) - from_day)
    assert rollups() == live
    rebuild()
    assert rollups() == live


def test_folding_again_adds_nothing(cast: Cast, now: datetime):
    send(listen(make_beat(cast.marlo, now=now), at=now), now=now)
    assert (fold(now=now), fold(now=now)) == (1, 0)


@pytest.mark.django_db(transaction=True)
def test_two_workers_fold_nothing_twice(cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch):
    beats = world(cast, now)[:2]
    events = [listen(beats[n % 2], at=now, listener=f"u{n}") for n in range(300)]
    send(*events, now=now)
    monkeypatch.setattr(folding, "PORTION", 10)
    in_threads(lambda: fold_all(now=now), count=3)
    totals = queries.beat_totals([beat.pk for beat in beats])
    assert sum(total.receipts.received for total in totals.values()) == 300
    live = rollups()
    rebuild()
    assert rollups() == live


def test_a_fold_that_fails_leaves_nothing(cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch):
    beat = make_beat(cast.marlo, now=now)
    send(*(listen(beat, at=now + timedelta(minutes=n), listener="lee") for n in range(2)), now=now)
    before = rollups()
    with monkeypatch.context() as patch:
        patch.setattr(folding, "write", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            fold(now=now)
    assert rollups() == before
    assert fold(now=now) == 2
    assert queries.artist_totals(cast.marlo.pk).plays == 2


def test_another_worker_in_between_is_noticed(cast: Cast, now: datetime):
    """Plays 1-5 folded here, 6-10 by somebody else, 11 here again: the eleventh is repeated."""
    beat = make_beat(cast.marlo, now=now)

    def five(start: int) -> None:
        send(*(listen(beat, at=now - timedelta(minutes=2 * n)) for n in range(start, start + 5)), now=now)

    five(0)
    fold(now=now)
    five(5)
    in_threads(lambda: fold(now=now), count=1)
    send(listen(beat, at=now - timedelta(minutes=60)), now=now)
    fold(now=now)
    assert queries.artist_totals(cast.marlo.pk).receipts.rejected == {"repeated": 1}


def test_likes_and_follows_come_through_the_outbox(cast: Cast, now: datetime):
    beat = make_beat(cast.sable, now=now, guests={cast.marlo: now - timedelta(days=2)})
    yesterday = now - timedelta(days=1)
    like_beat(beat, account=cast.lee, now=yesterday)
    like_beat(beat, account=cast.dana, now=now)
    follow_artist(cast.marlo, account=cast.lee, now=now)
    fold_all(now=now)
    assert queries.artist_today(cast.marlo.pk, now=now).likes == 1
    assert queries.artist_today(cast.marlo.pk, now=now).new_followers == 1
    assert queries.artist_totals(cast.sable.pk).likes == 2
    assert queries.beat_totals([beat.pk])[beat.pk].likes == 2

    # Taking it back takes it off the day it was given.
    unlike_beat(beat, account=cast.lee, now=now)
    unfollow_artist(cast.marlo, account=cast.lee, now=now)
    fold_all(now=now)
    assert (
        queries.artist_figures(cast.sable.pk, first=yesterday.date(), last=yesterday.date(), now=now).likes
        == 0
    )
    assert queries.artist_today(cast.sable.pk, now=now).likes == 1
    assert queries.artist_today(cast.marlo.pk, now=now).new_followers == 0
    live = rollups()
    rebuild()
    assert rollups() == live


def test_likes_and_follows_as_events(cast: Cast, now: datetime):
    from backline.audience.queries import liked_beats
    from backline.listening.origins import PlayerOrigin

    beat = make_beat(cast.marlo, now=now)
    like = {"id": listen(beat, at=now)["id"], "type": "like", "beat": beat.pk, "listener": "kim"}
    follow = {"id": listen(beat, at=now)["id"], "type": "follow", "artist": "marlo-vane", "listener": "kim"}
    assert [answer.status for answer in send(like, follow, like, now=now)] == [
        "accepted",
        "accepted",
        "duplicate",
    ]
    # The same like under another id is still one like.
    send(like | {"id": listen(beat, at=now)["id"]}, now=now)
    player = PlayerOrigin(account_id=cast.lee.pk, agent=BROWSER)
    assert [send(like, now=now, origin=player)[0].status for _ in range(2)] == ["accepted", "duplicate"]
    assert liked_beats([beat.pk], account_id=cast.lee.pk) == {beat.pk}
    [answer] = send(follow, now=now, origin=PlayerOrigin(agent=BROWSER))
    assert (answer.field, answer.reason) == ("listener", "not_allowed")
    fold_all(now=now)
    today = queries.artist_today(cast.marlo.pk, now=now)
    assert (today.likes, today.new_followers) == (2, 1)


def test_nothing_waits_after_a_fold(cast: Cast, now: datetime):
    later = now + timedelta(minutes=5)
    assert queries.freshness(later) == later
    send(listen(make_beat(cast.marlo, now=now), at=now), now=now)
    fold(now=now)
    send(listen(make_beat(cast.marlo, now=now), at=now), now=now)
    assert queries.freshness(later) == now
    fold(now=later)
    assert queries.freshness(later) == later


def in_threads(work: Callable[[], object], *, count: int) -> None:
    """Runs the work in several threads at once and hands on what went wrong."""
    problems: list[BaseException] = []

    def run() -> None:
        from django.db import connections

        try:
            work()
        except BaseException as problem:
            problems.append(problem)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
