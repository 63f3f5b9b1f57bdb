"""The front page."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from backline.catalog.models import Beat, Genre
from backline.core import clock
from backline.listening.fold import fold
from tests.conftest import Cast
from tests.listening.world import listen, send
from tests.web.public import many, public_beat


def test_newest_first_and_nothing_hidden(cast: Cast, now: datetime) -> None:
    public_beat(cast.marlo, now=now - timedelta(days=2), name="Older")
    public_beat(cast.kit, now=now, name="Newer")
    public_beat(cast.kit, now=now, name="Unfinished", state=Beat.State.DRAFT)
    body = cast.client("visitor").get("/").content.decode()
    assert "2 beats" in body
    assert body.index("Newer") < body.index("Older")
    assert "Unfinished" not in body
    assert 'data-source="discover"' in body


def test_nothing_yet(cast: Cast) -> None:
    assert "No public beats yet" in cast.client("visitor").get("/").content.decode()


def test_search_by_beat_and_artist(cast: Cast, now: datetime) -> None:
    public_beat(cast.marlo, now=now, name="Glass Harbour")
    public_beat(cast.kit, now=now, name="Undertow")
    client = cast.client("visitor")
    by_beat = client.get("/?q=glass").content.decode()
    assert "Glass Harbour" in by_beat
    assert "Undertow" not in by_beat
    assert 'data-source="search"' in by_beat
    assert "Undertow" in client.get("/?q=nakagawa").content.decode()
    assert "Nothing found" in client.get("/?q=zither").content.decode()


def test_by_genre(cast: Cast, now: datetime) -> None:
    genre, other = Genre.objects.all()[:2]
    public_beat(cast.marlo, now=now, name="In").genres.add(genre)
    public_beat(cast.marlo, now=now, name="Out").genres.add(other)
    body = cast.client("visitor").get(f"/?genre={genre.slug}").content.decode()
    assert ">In<" in body
    assert ">Out<" not in body
    assert f"{genre.name} (1)" in body


def test_trending_goes_by_plays_of_seven_complete_days(cast: Cast) -> None:
    now = clock.now()
    quiet = public_beat(cast.marlo, now=now - timedelta(days=20), name="Quiet")
    loud = public_beat(cast.marlo, now=now - timedelta(days=30), name="Loud")
    today = now.astimezone(UTC)
    for beat, at in ((loud, now - timedelta(days=1)), (quiet, today)):
        send(listen(beat, at=at), now=at + timedelta(minutes=5))
    while fold(now=now + timedelta(minutes=10)):
        pass
    client = cast.client("visitor")
    body = client.get("/?sort=trending").content.decode()
    assert body.index("Loud") < body.index("Quiet")
    newest = client.get("/?sort=newest").content.decode()
    assert newest.index("Quiet") < newest.index("Loud")


def test_pages_and_addresses_that_make_no_sense(cast: Cast, now: datetime) -> None:
    many(cast.marlo, 25, now=now)
    client = cast.client("visitor")
    assert "Page 2 of 2" in client.get("/?page=2").content.decode()
    assert "Page 2 of 2" in client.get("/?page=99&sort=trending").content.decode()
    assert client.get("/?page=-1&sort=x&genre=!!&q=" + "a" * 500).status_code == 200


def test_htmx_gets_the_results_alone(cast: Cast, now: datetime) -> None:
    public_beat(cast.marlo, now=now)
    asked = {"HX-Request": "true", "HX-Target": "results"}
    body = cast.client("visitor").get("/?q=night", headers=asked).content.decode()
    assert body.lstrip().startswith('<section class="card" id="results"')


def test_the_cost_does_not_grow(cast: Cast, now: datetime) -> None:
    client = cast.client("lee")
    public_beat(cast.marlo, now=now)
    client.get("/")
    with CaptureQueriesContext(connection) as few:
        client.get("/")
    many(cast.marlo, 20, now=now)
    with CaptureQueriesContext(connection) as lots:
        client.get("/")
    assert len(lots) == len(few)
