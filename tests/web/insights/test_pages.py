"""The pages of insights: who may see them, what they say, and what an address that makes no sense does."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from backline.catalog.models import Beat, Collection
from backline.listening import queries as listening
from backline.listening.fold import fold_all
from backline.listening.queries import Scope
from backline.shop import actions as shop
from backline.web.insights.heads import Head, head
from backline.web.insights.subject import Subject
from tests.conftest import Cast
from tests.listening.world import listen, make_beat, send
from tests.web.screens import heard_beat, read, words

pytestmark = pytest.mark.usefixtures("at_noon")
ARTIST = "/backstage/artists/marlo-vane/insights/"
BLOCKS = ("plays", "funnel", "sources", "listeners", "devices", "locations", "week", "newcomers", "receipts")
OF_BEATS = ("overview", "retention", "completion", "durations", "start")


def of(beat: Beat) -> str:
    return f"/backstage/beats/{beat.pk}/insights/"


def collection_of(beat: Beat, *, now: datetime) -> Collection:
    found: Collection = Collection.objects.create(
        artist=beat.artist, name="Tides", kind="ep", created_at=now, updated_at=now
    )
    found.entries.create(beat=beat, position=1)
    return found


def test_a_beat_says_what_it_was_played(cast: Cast, now: datetime):
    beat = heard_beat(cast.marlo, account=cast.alice, now=now)
    page = read(cast.client("alice"), f"{of(beat)}?all=1")
    assert "Plays 3 Accounts 3 Signed-out visits 0 Downloads 0 Likes 0" in page
    assert "1 Jan 2026 to 18 Mar 2026, compared with 16 Oct 2025 to 31 Dec 2025, UTC days" in page
    assert "Peak day 17 Mar, 2 Daily average 0.03" in page and "Today so far 1" in page
    assert "4 listens: counted, repeated and too short" in page and "75% of 4" in page
    assert "Shown from 20 listens on; there are 4" in page
    assert "4 = 3 + 1" in page and "did not load" not in page
    assert "3 plays: no other beat to compare with" in page


def test_a_sale_and_its_licence_are_one_step_of_the_funnel(cast: Cast, now: datetime):
    beat = heard_beat(cast.marlo, account=cast.alice, now=now)
    shop.record_sale(
        beat, buyer=cast.lee, kind="track", currency="EUR", list_price_minor=2_900, fee_minor=648,
        external_id="pi_1", sold_at=now,
    )  # fmt: skip
    fold_all(now=now)
    assert "Licensed or sold 1 33.3% of plays" in read(cast.client("alice"), f"{of(beat)}?all=1")


@pytest.mark.parametrize(
    "shown, says",
    [(0, "— of no impressions"), (2, "— more than were shown here"), (6, "50.0% of impressions")],
)
def test_plays_are_a_share_of_impressions_only_where_that_means_something(
    cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch, shown: int, says: str
):
    beat = heard_beat(cast.marlo, account=cast.alice, now=now)
    found = replace(
        listening.funnel(Scope.of_beats([beat.pk]), beat_ids=[beat.pk], first=now.date(), last=now.date()),
        impressions=shown,
        plays=3,
    )
    monkeypatch.setattr(listening, "funnel", lambda *args, **named: found)
    page = read(cast.client("alice"), f"{of(beat)}?all=1")
    assert f"Impressions {shown} Plays 3 {says} Completed" in page


def test_the_first_view_brings_the_first_blocks_and_fetches_the_others(cast: Cast, now: datetime):
    beat = heard_beat(cast.marlo, account=cast.alice, now=now)
    client = cast.client("alice")
    first = client.get(of(beat)).content.decode()
    assert 'id="plays"' in first and 'id="overview"' in first and 'id="receipts"' not in first
    assert 'hx-trigger="load"' in first and "all=1" in first
    rest = client.get(of(beat), headers={"HX-Request": "true", "HX-Target": "more"}).content.decode()
    assert rest.lstrip().startswith('<div class="page-part" id="more">') and 'id="receipts"' in rest
    assert 'id="plays"' not in rest


def test_the_head_is_read_for_whole_pages_only(cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch):
    beat = heard_beat(cast.marlo, account=cast.alice, now=now)
    reads: list[Subject] = []

    def counted(subject: Subject) -> Head:
        reads.append(subject)
        return head(subject)

    monkeypatch.setattr("backline.web.insights.views.head", counted)
    client = cast.client("alice")
    for target in ("more", "insights", "plays"):
        client.get(of(beat), headers={"HX-Request": "true", "HX-Target": target})
    assert not reads
    for headers in ({}, {"HX-Request": "true", "HX-Boosted": "true", "HX-Target": "main"}):
        assert "</h1><span" in client.get(of(beat), headers=headers).content.decode()
    assert len(reads) == 2


def test_another_period_brings_all_blocks_and_its_address(cast: Cast, now: datetime):
    beat = heard_beat(cast.marlo, account=cast.alice, now=now)
    headers = {"HX-Request": "true", "HX-Target": "insights"}
    answer = cast.client("alice").get(f"{of(beat)}?range=7d&compare=year", headers=headers)
    assert answer["HX-Push-Url"] == f"{of(beat)}?range=7d&compare=year"
    page = words(answer.content.decode())
    assert "Plays 2 Accounts 2" in page and "3 = 2 + 1" in page
    assert "compared with 11 Mar 2025 to 17 Mar 2025" in page


def test_a_collection_adds_its_beats_and_counts_accounts_once(cast: Cast, now: datetime):
    beat = heard_beat(cast.marlo, account=cast.alice, now=now)
    collection, other = collection_of(beat, now=now), make_beat(cast.marlo, now=now, name="Ebb")
    collection.entries.create(beat=other, position=2)
    send(listen(other, at=now - timedelta(hours=2), listener="ann"), now=now)
    fold_all(now=now)
    page = read(cast.client("ada"), f"/backstage/collections/{collection.pk}/insights/?all=1")
    assert "EP, no release date, 2 beats" in page
    assert "Plays 4 Accounts 3" in page and "Ebb 25% of plays" in page


def test_an_artist_sees_all_beats_and_an_analyst_no_money(cast: Cast, now: datetime):
    heard_beat(cast.marlo, account=cast.alice, now=now)
    page = read(cast.client("ada"), f"{ARTIST}?all=1")
    assert "Plays 3 Accounts 3" in page and "Low Tide 100% of plays" in page
    assert "level 1" in page and "pool points" not in page.split("7 days")[0]


def test_strangers_get_404_and_the_signed_out_are_sent_to_sign_in(cast: Cast, now: datetime):
    beat = heard_beat(cast.marlo, account=cast.alice, now=now)
    collection = collection_of(beat, now=now)
    for base in (of(beat), f"/backstage/collections/{collection.pk}/insights/", ARTIST):
        for tail in ("", "plays/", "plays.csv", "plays.svg"):
            assert cast.client("bob").get(base + tail).status_code == 200, base + tail
            for stranger in ("charlie", "lee", "dana"):
                assert cast.client(stranger).get(base + tail).status_code == 404
            assert cast.client("visitor").get(base + tail)["Location"].startswith("/accounts/login/")


def test_a_guest_of_a_beat_reads_it_and_does_not_edit(cast: Cast, now: datetime):
    beat = make_beat(cast.sable, now=now, guests={cast.kit: now})
    html = cast.client("bob").get(of(beat)).content.decode()
    assert f'href="/backstage/beats/{beat.pk}/"' not in html
    assert cast.client("alice").get(of(beat)).status_code == 404


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("range=2026-03-09..2026-03-01", "before it begins"),
        ("range=2026-03-01..2027-03-01", "which is in the future"),
        ("range=1700-01-01..2026-03-01", "at most 100 years"),
        ("first_on=2026-03-05&last_on=2026-03-01", "before it begins"),
        ("range=nonsense", "A period is"),
        ("range=year&by=hour", "77 days cannot be drawn by hour"),
        ("by=century", "A chart goes by hour, day, week or month"),
        ("metric=fame", "A chart shows plays, accounts"),
        ("metric=likes&by=hour&range=7d", "Likes are not kept by hour"),
        ("compare=everything", "A period is compared with"),
    ],
)
def test_what_makes_no_sense_is_corrected_and_said(cast: Cast, now: datetime, query: str, says: str):
    heard_beat(cast.marlo, account=cast.alice, now=now)
    page = read(cast.client("alice"), f"{ARTIST}?{query}")
    assert says in page and "Shown a little differently." in page


def test_a_hundred_years_and_a_single_hour_are_drawn(cast: Cast, now: datetime):
    heard_beat(cast.marlo, account=cast.alice, now=now)
    for query in ("range=1926-03-20..2026-03-18", "range=2026-03-18..2026-03-18&by=hour", "range=all"):
        assert "did not load" not in read(cast.client("alice"), f"{ARTIST}?all=1&{query}")


def test_unknown_blocks_and_those_of_beats_only_are_not_there(cast: Cast, now: datetime):
    beat = heard_beat(cast.marlo, account=cast.alice, now=now)
    client = cast.client("alice")
    for tail in ("fame/", "fame.csv", "fame.svg", "beats/"):
        assert client.get(of(beat) + tail).status_code == 404
    for block in OF_BEATS:
        assert client.get(f"{ARTIST}{block}/").status_code == 404


def test_a_block_that_fails_leaves_the_others(cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch):
    beat = heard_beat(cast.marlo, account=cast.alice, now=now)

    def fail(*_args: object, **_named: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("backline.listening.queries.breakdowns.sum_rows", fail)
    page = read(cast.client("alice"), f"{of(beat)}?all=1&range=90d")
    assert page.count("This section did not load") == 4  # devices, places, sources and the funnel
    assert "3 = 2 + 1" in page


def test_an_empty_collection_and_a_beat_nobody_heard_say_so(cast: Cast, now: datetime):
    beat = make_beat(cast.marlo, now=now, name="Silence", state="draft")
    page = read(cast.client("alice"), f"{of(beat)}?all=1")
    assert (
        "No listens in this period yet" in page
        and "Peak day — , no plays on a complete day" in page
        and "did not load" not in page
    )
    assert "The first seven days begin when the beat comes out." in page
    empty: Collection = Collection.objects.create(
        artist=cast.marlo, name="None", kind="pack", created_at=now, updated_at=now
    )
    page = read(cast.client("alice"), f"/backstage/collections/{empty.pk}/insights/?all=1&range=7d&by=hour")
    assert "No plays in this period." in page and "did not load" not in page
