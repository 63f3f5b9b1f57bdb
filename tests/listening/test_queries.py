"""Figures for screens: periods, series, leaders, news, live."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from backline.catalog.models import Beat
from backline.domain.notable import Swing
from backline.integrations.geo import country
from backline.listening import queries
from backline.listening.fold import fold_all
from backline.listening.queries import BeatFigures, DayPoint, Leaders, Movement
from tests.conftest import Cast
from tests.listening.world import BROWSER, download, listen, make_beat, send

TODAY = date(2026, 3, 18)


def plays(beat: Beat, *, at: datetime, count: int, **more: Any) -> None:
    """So many plays of that moment by as many listeners, folded."""
    send(
        *(listen(beat, at=at, listener=f"u{n}", **more) for n in range(count)), now=at + timedelta(minutes=5)
    )
    fold_all(now=at + timedelta(minutes=5))


def test_an_artist_without_anything_has_true_zeros(cast: Cast, now: datetime):
    assert queries.artist_totals(cast.marlo.pk) == queries.Totals()
    figures = queries.artist_figures(cast.marlo.pk, first=TODAY, last=TODAY, now=now)
    assert (figures.plays, figures.accounts, figures.receipts.received, figures.as_of) == (0, 0, 0, now)
    news = queries.since_yesterday(cast.marlo.pk, beat_ids=[], now=now)
    assert (news.downloads, news.first_countries, news.crossings, news.swing, news.rejected) == (
        {},
        [],
        [],
        None,
        None,
    )


def test_accounts_are_distinct_over_days_and_visits_are_not(cast: Cast, now: datetime):
    beat = make_beat(cast.marlo, now=now)
    for days in range(3):
        plays(beat, at=now - timedelta(days=days), count=2)
        visitor = {"listener": None, "address": "203.0.113.5", "agent": BROWSER}
        send(listen(beat, at=now - timedelta(days=days), **visitor), now=now - timedelta(days=days))
    fold_all(now=now)
    figures = queries.artist_figures(cast.marlo.pk, first=TODAY - timedelta(days=2), last=TODAY, now=now)
    assert (figures.plays, figures.accounts, figures.signed_out_visits) == (9, 2, 3)
    totals = queries.artist_totals(cast.marlo.pk)
    assert (totals.accounts, totals.signed_out_visits, totals.first_on) == (2, 3, TODAY - timedelta(days=2))


def test_an_unknown_listener_is_a_visit_of_its_own(cast: Cast, now: datetime):
    beat = make_beat(cast.marlo, now=now)
    send(*(listen(beat, at=now, listener=None) for _ in range(2)), now=now)
    fold_all(now=now)
    today = queries.artist_today(cast.marlo.pk, now=now)
    assert (today.plays, today.accounts, today.signed_out_visits) == (2, 0, 2)


def test_series_have_every_day(cast: Cast, now: datetime):
    beat = make_beat(cast.marlo, now=now)
    plays(beat, at=now - timedelta(days=2), count=3)
    send(download(beat, at=now), now=now)
    fold_all(now=now)
    expected = [
        DayPoint(TODAY - timedelta(days=2), 3, 0),
        DayPoint(TODAY - timedelta(days=1), 0, 0),
        DayPoint(TODAY, 0, 1),
    ]
    first = TODAY - timedelta(days=2)
    assert queries.artist_series(cast.marlo.pk, first=first, last=TODAY) == expected
    assert queries.beat_series(beat.pk, first=first, last=TODAY) == expected


def test_hours(cast: Cast, now: datetime):
    beat = make_beat(cast.marlo, now=now)
    plays(beat, at=now, count=2)
    send(download(beat, at=now), now=now)
    fold_all(now=now)
    points = queries.artist_hours(cast.marlo.pk, first=TODAY, last=TODAY)
    assert len(points) == 24
    busy = [point for point in points if point.plays or point.downloads]
    assert busy == [queries.HourPoint(datetime(2026, 3, 18, 15, tzinfo=UTC), 2, 1)]
    assert queries.hour_line(queries.Scope.of_beats([beat.pk]), first=TODAY, last=TODAY) == points


def test_days_follow_the_reporting_zone(cast: Cast, now: datetime, settings: Any):
    settings.REPORTING_ZONE = "Asia/Tokyo"
    beat = make_beat(cast.marlo, now=now)
    plays(beat, at=datetime(2026, 3, 18, 15, 30, tzinfo=UTC), count=1)
    points = queries.artist_hours(cast.marlo.pk, first=date(2026, 3, 19), last=date(2026, 3, 19))
    assert [(point.at, point.plays) for point in points[:1]] == [(datetime(2026, 3, 18, 15, tzinfo=UTC), 1)]


def test_beats_against_each_other(cast: Cast, now: datetime):
    one, two, three = (make_beat(cast.marlo, now=now) for _ in range(3))
    plays(one, at=now - timedelta(days=9), count=4)
    plays(one, at=now, count=1)
    plays(two, at=now - timedelta(hours=1), count=3)
    ids = [one.pk, two.pk, three.pk]
    assert queries.plays_of_beats(ids) == {one.pk: 5, two.pk: 3, three.pk: 0}
    first = TODAY - timedelta(days=6)
    found = queries.beats_in_period(ids, first=first, last=TODAY)
    assert found == {one.pk: BeatFigures(1, 0), two.pk: BeatFigures(3, 0), three.pk: BeatFigures(0, 0)}
    assert queries.moved_most(ids, first=first, last=TODAY) == Movement(two.pk, 3, 0)
    assert queries.moved_most([three.pk], first=first, last=TODAY) is None
    assert queries.plays_of_beats([]) == {}


def test_leaders_tell_ties():
    assert queries.leaders({1: 5, 2: 3}) == Leaders((1,), 5)
    assert queries.leaders({1: 5, 2: 3}).beat_id == 1
    assert queries.leaders({1: 5, 2: 5}).beat_id is None
    assert queries.leaders({1: 0}) == Leaders((), 0)
    assert queries.leaders({}) == Leaders((), 0)


def test_downloads_are_paged_newest_first(cast: Cast, now: datetime):
    beat = make_beat(cast.marlo, now=now)
    moments = [now - timedelta(minutes=n) for n in range(20)]
    send(*(download(beat, at=at, listener=f"u{n}") for n, at in enumerate(moments)), now=now)
    fold_all(now=now)
    pages = [queries.recent_downloads(cast.marlo.pk, first=TODAY, last=TODAY, page=n) for n in (1, 2, 3, 99)]
    assert [len(page.items) for page in pages] == [8, 8, 4, 4]
    assert [item.at for page in pages[:3] for item in page.items] == moments
    assert {(page.total, page.pages) for page in pages} == {(20, 3)}
    yesterday = TODAY - timedelta(days=1)
    assert queries.recent_downloads(cast.marlo.pk, first=yesterday, last=yesterday).items == []


def test_the_first_play_from_a_country(cast: Cast, now: datetime):
    one, two = make_beat(cast.marlo, now=now), make_beat(cast.marlo, now=now)
    old, new = "8.8.8.8", "133.11.93.1"
    assert (country(old), country(new)) == ("US", "JP")
    plays(one, at=now - timedelta(days=40), count=1, address=old)
    plays(one, at=now - timedelta(hours=2), count=1, address=old)
    plays(two, at=now - timedelta(hours=1), count=1, address=new)
    news = queries.since_yesterday(cast.marlo.pk, beat_ids=[one.pk, two.pk], now=now)
    assert news.first_countries == [queries.FirstCountry("JP", two.pk)]
    later = now + timedelta(days=3)
    assert queries.since_yesterday(cast.marlo.pk, beat_ids=[one.pk, two.pk], now=later).first_countries == []


def test_a_hundred_plays_are_crossed_once(cast: Cast, now: datetime):
    one, two = make_beat(cast.marlo, now=now), make_beat(cast.marlo, now=now)
    plays(one, at=now - timedelta(days=5), count=60)
    plays(one, at=now - timedelta(hours=3), count=39)
    plays(two, at=now - timedelta(hours=2), count=1)
    ids = [one.pk, two.pk]
    assert queries.since_yesterday(cast.marlo.pk, beat_ids=ids, now=now).crossings == [
        queries.Crossing(100, None)
    ]
    plays(one, at=now - timedelta(hours=1), count=1)
    crossings = queries.since_yesterday(cast.marlo.pk, beat_ids=ids, now=now).crossings
    assert crossings == [queries.Crossing(100, None), queries.Crossing(100, one.pk)]
    assert queries.since_yesterday(cast.marlo.pk, beat_ids=ids, now=now + timedelta(days=2)).crossings == []


@pytest.mark.parametrize(
    ("usual", "yesterday", "swing"),
    [(2, 40, (40, 2, True)), (30, 5, (5, 30, False)), (10, 12, None), (1, 5, None), (0, 40, None)],
)
def test_spikes_and_drops(
    cast: Cast, now: datetime, usual: int, yesterday: int, swing: tuple[int, int, bool] | None
):
    beat = make_beat(cast.marlo, now=now)
    for days in range(2, 30):
        plays(beat, at=now - timedelta(days=days), count=usual)
    plays(beat, at=now - timedelta(days=1), count=yesterday)
    found = queries.since_yesterday(cast.marlo.pk, beat_ids=[beat.pk], now=now).swing
    assert found == (Swing(*swing) if swing else None)


def test_unusually_many_rejected(cast: Cast, now: datetime):
    beat = make_beat(cast.marlo, now=now)
    plays(beat, at=now - timedelta(days=9), count=20)
    plays(beat, at=now - timedelta(days=9), count=2, heard=[[0, 3]])
    assert queries.since_yesterday(cast.marlo.pk, beat_ids=[beat.pk], now=now).rejected is None
    plays(beat, at=now - timedelta(hours=3), count=25, heard=[[0, 3]])
    assert queries.since_yesterday(cast.marlo.pk, beat_ids=[beat.pk], now=now).rejected == 25


def test_downloads_since_yesterday_by_beat(cast: Cast, now: datetime):
    beat = make_beat(cast.marlo, now=now)
    send(*(download(beat, at=now - timedelta(hours=20), listener=f"u{n}") for n in range(2)), now=now)
    fold_all(now=now)
    assert queries.since_yesterday(cast.marlo.pk, beat_ids=[beat.pk], now=now).downloads == {beat.pk: 2}


def test_live_shows_the_last_two_days_by_hour(cast: Cast, now: datetime):
    beat = make_beat(cast.marlo, now=now)
    plays(beat, at=now - timedelta(hours=47), count=1)
    plays(beat, at=now - timedelta(minutes=3), count=2)
    live = queries.live(cast.marlo.pk, now=now + timedelta(minutes=4))
    assert (len(live.hours), live.hours[0].plays, live.hours[-1].plays, live.plays) == (48, 1, 2, 2)
    assert queries.live(cast.marlo.pk, now=now + timedelta(minutes=20)).plays == 0
    assert queries.live(cast.sable.pk, now=now).plays == 0
