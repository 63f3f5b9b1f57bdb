"""Engagement, retention, licences and sales of a beat."""

from __future__ import annotations

from datetime import datetime, timedelta

from backline.listening import queries
from backline.listening.fold import fold_all
from backline.listening.rebuild import rebuild
from backline.outbox.actions import record_fact
from backline.outbox.models import Fact
from tests.conftest import Cast
from tests.listening.rollups import rollups
from tests.listening.world import ROBOT, listen, make_beat, send


def test_who_is_in_the_population_and_what_they_heard(cast: Cast, now: datetime):
    beat = make_beat(cast.marlo, now=now, length_ms=100_000)
    heard: dict[str, list[list[float]]] = {
        "whole": [[0, 100]],
        "most": [[0, 50], [40, 75]],
        "short": [[90, 95], [10, 20]],
        "none": [[0, 0.5]],
        "robot": [[0, 100]],
    }
    events = [
        listen(beat, at=now, listener=name, heard=some, agent=ROBOT if name == "robot" else "")
        for name, some in heard.items()
    ]
    send(*events, now=now + timedelta(minutes=5))
    fold_all(now=now + timedelta(minutes=5))
    found = queries.beat_engagement(beat.pk, first=now.date(), last=now.date())
    assert (found.listens, found.completed, found.listened_ms) == (3, 1, 190_000)
    assert found.buckets == (2, 1, 0, 0, 0)
    assert (found.average_ms, found.share_bp, found.reach_bp, found.score) == (63_333, 6_333, 9_000, 90)
    assert queries.beat_engagement_spans(beat.pk, spans=[(now.date(), now.date())]) == [found]
    retention = queries.beat_retention(beat.pk, first=now.date(), last=now.date())
    assert retention.listens == 3
    wanted = [
        sum(
            any(start <= second + 0.5 < end for start, end in heard[name])
            for name in ("whole", "most", "short")
        )
        for second in range(100)
    ]
    assert list(retention.seconds) == wanted


def test_nothing_heard_is_no_average(cast: Cast, now: datetime):
    beat = make_beat(cast.marlo, now=now)
    found = queries.beat_engagement(beat.pk, first=now.date(), last=now.date())
    assert (found.listens, found.average_ms, found.share_bp, found.reach_bp, found.score) == (
        0,
        None,
        None,
        None,
        None,
    )
    assert queries.beat_retention(beat.pk, first=now.date(), last=now.date()).seconds == ()


def test_licences_and_sales_come_through_the_outbox(cast: Cast, now: datetime):
    beat = make_beat(cast.sable, now=now, guests={cast.marlo: now - timedelta(days=2)})
    kinds = [Fact.Kind.SALE, Fact.Kind.LICENCE_ISSUED, Fact.Kind.LICENCE_ISSUED, Fact.Kind.LICENCE_REVOKED]
    for kind in kinds:
        record_fact(kind, account_id=cast.lee.pk, artist_id=cast.sable.pk, beat_id=beat.pk, now=now)
    assert fold_all(now=now) == 4
    assert fold_all(now=now) == 0
    for artist in (cast.sable, cast.marlo):
        assert queries.artist_figures(artist.pk, first=now.date(), last=now.date(), now=now).licences == 1
    live = rollups()
    assert [row[8:10] for row in live["beat_day"]] == [(1, 1)]
    record_fact(
        Fact.Kind.SALE_REVERSED, account_id=cast.lee.pk, artist_id=cast.sable.pk, beat_id=beat.pk, now=now
    )
    fold_all(now=now)
    again = rollups()
    assert [row[8:10] for row in again["beat_day"]] == [(1, 0)]
    rebuild()
    assert rollups() == again
