"""From the player's report to the number on the page."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from backline.listening import actions, queries
from backline.listening.fold import fold_all
from tests.conftest import Cast
from tests.listening.world import Player, download, listen, make_beat, send


def test_a_back_end_reports_a_play(cast: Cast, now: datetime):
    beat = make_beat(cast.marlo, now=now)
    [answer] = send(listen(beat, at=now - timedelta(minutes=2)), now=now)
    assert answer.status == "accepted"
    fold_all(now=now)

    totals = queries.artist_totals(cast.marlo.pk)
    assert (totals.plays, totals.accounts, totals.signed_out_visits) == (1, 1, 0)
    assert totals.receipts == queries.Receipts(received=1, counted=1)
    assert queries.plays_of_beats([beat.pk]) == {beat.pk: 1}


def test_a_player_reports_a_play_in_pieces(cast: Cast, now: datetime):
    beat = make_beat(cast.marlo, now=now)
    player = Player(beat, now=now)
    assert player.report(after_s=0).status == "accepted"
    assert player.report([0, 15], after_s=15).status == "accepted"
    assert queries.live(cast.marlo.pk, now=now + timedelta(seconds=16)).open_listens == 1
    assert player.report([0, 40], after_s=40, final=True).status == "accepted"
    later = now + timedelta(seconds=41)
    fold_all(now=later)

    figures = queries.artist_today(cast.marlo.pk, now=later)
    assert (figures.plays, figures.signed_out_visits, figures.accounts) == (1, 1, 0)
    assert figures.listened_s == 40
    live = queries.live(cast.marlo.pk, now=later)
    assert (live.open_listens, live.plays) == (0, 1)
    assert player.report([0, 41], after_s=50).status == "duplicate"


def test_a_player_that_leaves_without_a_word(cast: Cast, now: datetime):
    beat = make_beat(cast.marlo, now=now)
    player = Player(beat, now=now)
    player.report([0, 33], after_s=34)
    assert actions.close_idle_listens(now=now + timedelta(minutes=10)) == 0
    later = now + timedelta(minutes=11)
    assert actions.close_idle_listens(now=later) == 1
    fold_all(now=later)
    assert queries.artist_totals(cast.marlo.pk).plays == 1


def test_a_download(cast: Cast, now: datetime):
    beat = make_beat(cast.marlo, now=now)
    at = now - timedelta(minutes=1)
    send(download(beat, at=at), download(beat, at=at + timedelta(seconds=5)), now=now)
    fold_all(now=now)
    today = date(2026, 3, 18)
    page = queries.recent_downloads(cast.marlo.pk, first=today, last=today)
    assert (page.total, page.pages) == (1, 1)
    [item] = page.items
    assert (item.beat_id, item.at, item.account_id) == (beat.pk, at, None)
    assert item.licence_url == "https://example.com/licence/1"
    figures = queries.artist_today(cast.marlo.pk, now=now)
    assert (figures.downloads, figures.download_accounts, figures.receipts.received) == (1, 1, 0)
