"""One figure, wherever it stands: Dashboard, Activity, My Beats, Insights, receipts, CSV and API say the same for the
same metric and days, and it is what the log of listens says when it is counted again.
"""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client

from backline.audience.actions import follow_artist
from backline.audience.models import Follow
from backline.catalog.models import Beat
from backline.core import clock
from backline.demo import build
from backline.listening.fold import fold_all
from backline.people.models import Account, Artist
from tests.conftest import Cast
from tests.listening.world import download, listen, make_beat, send
from tests.web.api.clients import api
from tests.web.figures import (
    ALL_TIME,
    complete_days,
    json_of,
    linked,
    plain,
    recount,
    recount_artist,
    shown,
    table,
)
from tests.web.screens import words

DAY = timedelta(days=1)
PERIODS = {"7d": 7, "90d": 90}


def assert_all_time(artist: Artist, client: Client, token: Client) -> None:
    """Plays and downloads of all time."""
    truth = recount_artist(artist, *ALL_TIME)
    query = f"?artist={artist.handle}"
    home = linked(plain(client, f"/dashboard/{query}"))
    activity = shown(plain(client, f"/dashboard/activity/{query}"))
    api_home = json_of(token, f"/artists/{artist.handle}/dashboard")
    ever = json_of(token, f"/artists/{artist.handle}/activity?period=all")["all_time"]
    plays = {home["Total Plays"], activity["Total Plays"], api_home["total_plays"], ever["plays"]}
    assert plays == {truth.counted}
    assert ever["receipts"] == {
        "received": truth.received,
        "counted": truth.counted,
        "rejected": truth.rejected,
    }
    assert {home["Downloads"], api_home["downloads"]} == {ever["downloads"]}
    assert home["Tracks"] == api_home["tracks"] == activity["Total Tracks"]


def assert_periods(artist: Artist, client: Client, token: Client, now: datetime) -> None:
    """Plays, downloads and receipts of the last days."""
    for key, days in PERIODS.items():
        truth = recount_artist(artist, *complete_days(days, now))
        cards = shown(plain(client, f"/dashboard/activity/?artist={artist.handle}&period={key}"))
        said = json_of(token, f"/artists/{artist.handle}/activity?period={key}")
        insights = json_of(token, f"/artists/{artist.handle}/insights?range={key}")
        rows = table(client, f"/dashboard/activity/days.csv?artist={artist.handle}&period={key}")
        plays = [cards["Plays"], said["plays"], insights["totals"]["plays"]]
        plays += [sum(int(row["plays"]) for row in rows), said["receipts"]["counted"]]
        plays += [sum(day["plays"] for day in said["days"]), sum(p["plays"] for p in insights["points"])]
        assert set(plays) == {truth.counted}, key
        assert said["receipts"] == insights["receipts"]
        assert said["receipts"]["received"] == truth.received
        assert said["receipts"]["rejected"] == truth.rejected
        downloads = {cards["Downloads"], said["downloads"], insights["totals"]["downloads"]}
        assert downloads == {sum(int(row["downloads"]) for row in rows)}
        assert cards["Listeners"] == said["accounts"] == insights["totals"]["accounts"]
    recent = json_of(token, f"/artists/{artist.handle}/dashboard")["last_30_days"]
    truth = recount_artist(artist, *complete_days(30, now))
    assert shown(plain(client, f"/dashboard/?artist={artist.handle}"))["30 complete days"] == truth.counted
    assert recent["plays"] == truth.counted


def assert_beats(artist: Artist, client: Client, token: Client, now: datetime) -> None:
    """Each own beat's plays: in the table of My Beats, on its own pages, in the API."""
    rows = table(client, f"/dashboard/beats/beats.csv?artist={artist.handle}")
    own = list(Beat.objects.kept().filter(artist=artist).order_by("id"))
    assert len(rows) >= len(own)
    total = sum(int(row["plays"]) for row in rows if artist.name == row["artists"].split(",")[0])
    assert total == sum(recount(beat.pk, *ALL_TIME).counted for beat in own)
    for beat in own[:2]:
        truth = recount(beat.pk, *complete_days(30, now))
        said = json_of(token, f"/beats/{beat.pk}/activity?period=30d")
        insights = json_of(token, f"/beats/{beat.pk}/insights?range=30d")
        receipts = json_of(token, f"/beats/{beat.pk}/receipts")
        page = plain(client, f"/backstage/beats/{beat.pk}/receipts/?period=30d")
        assert {said["plays"], insights["totals"]["plays"], receipts["counted"]} == {truth.counted}
        assert {said["receipts"]["received"], receipts["received"]} == {truth.received}
        assert receipts["rejected"] == insights["receipts"]["rejected"] == truth.rejected
        if truth.received:
            rejected = truth.received - truth.counted
            assert f"{truth.received:,} = {truth.counted:,} + {rejected:,}" in page


def assert_followers(artist: Artist, client: Client, token: Client, now: datetime) -> None:
    """Followers now, and those who began in the last 30 complete days: today's are not among them."""
    first, last = complete_days(30, now)
    rows = [at.date() for at in Follow.objects.filter(artist=artist).values_list("at", flat=True)]
    total, new = len(rows), sum(first <= day <= last for day in rows)
    home = json_of(token, f"/artists/{artist.handle}/dashboard")
    assert (home["followers"], home["followers_last_30_days"]) == (total, new)
    grown = f"up {new} last 30 days" if new else "0 last 30 days"
    assert f"Followers {total} {grown}" in words(plain(client, f"/dashboard/?artist={artist.handle}"))
    assert f"Followers {total} {new} new in the last 30 days" in words(plain(client, f"/@{artist.handle}/"))
    assert shown(plain(client, f"/dashboard/activity/?artist={artist.handle}"))["New followers"] == new


def assert_agrees(account: Account, artist: Artist, now: datetime) -> None:
    """Everything, for an artist and a member of it."""
    client, token = Client(), api(account)
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    assert_all_time(artist, client, token)
    assert_periods(artist, client, token, now)
    assert_beats(artist, client, token, now)
    assert_followers(artist, client, token, now)


@pytest.mark.usefixtures("at_noon")
def test_numbers_agree_in_a_random_world(cast: Cast, now: datetime):
    dice = random.Random(5)
    beats = [make_beat(cast.marlo, now=now - 95 * DAY, name=f"Beat {n}") for n in range(3)]
    beats.append(make_beat(cast.kit, now=now - 95 * DAY, guests={cast.marlo: now - 20 * DAY}))
    for days in sorted(dice.sample(range(95), 40), reverse=True):
        at = now - days * DAY - timedelta(hours=1)
        events = []
        for minute in range(0, 40, 10):
            started, listener = at + timedelta(minutes=minute), dice.choice(["ann", "kim", "sam", None])
            heard = [[0, dice.choice([4, 45, 170])]]
            events.append(listen(dice.choice(beats), at=started, listener=listener, heard=heard))
        events.append(download(dice.choice(beats), at=at, listener=dice.choice(["ann", "kim"])))
        send(*events, now=at + timedelta(minutes=45))
    for account, days in ((cast.lee, 31), (cast.charlie, 30), (cast.ada, 1), (cast.dana, 0)):
        follow_artist(cast.marlo, account=account, now=now - days * DAY)
    fold_all(now=now)
    assert recount_artist(cast.marlo, *ALL_TIME).received > 60
    assert_agrees(cast.alice, cast.marlo, now)
    guest = Client()
    guest.force_login(cast.bob, backend="django.contrib.auth.backends.ModelBackend")
    assert_all_time(cast.kit, guest, api(cast.bob))


@pytest.mark.slow
@pytest.mark.django_db
def test_numbers_agree_in_the_demo_world(
    settings: LazySettings, tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
):
    settings.DATA = tmp_path
    build.build_small(now)
    monkeypatch.setattr(clock, "now", lambda: now)
    for email in ("alice@example.com", "bob@example.com", "charlie@example.com"):
        account = Account.objects.get(email=email)
        artist = account.artists.order_by("id").first()
        assert artist is not None
        assert_agrees(account, artist, now)
