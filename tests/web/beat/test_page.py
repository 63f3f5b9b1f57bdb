"""A beat's page: its one address, what it says, and what strangers do not see."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backline.catalog.models import Beat, Genre, Step, Tag
from backline.web.beat.queries import source
from tests.conftest import Cast
from tests.web.public import many, public_beat


@pytest.fixture
def beat(cast: Cast, now: datetime) -> Beat:
    return public_beat(cast.marlo, now=now, name="Glass Harbour", guests={cast.kit: now})


def test_it_says_what_the_beat_is(cast: Cast, beat: Beat) -> None:
    beat.genres.add(Genre.objects.all()[0])
    Tag.objects.create(beat=beat, name="tidal", position=0)
    body = cast.client("visitor").get(beat.get_absolute_url()).content.decode()
    for text in (
        "Glass Harbour",
        "Marlo Vane",
        "Kit Nakagawa",
        "86 BPM",
        "D minor",
        "3:00",
        "tidal",
        "0 all time",
    ):
        assert text in body
    assert f'data-play="{beat.pk}"' in body
    assert 'role="slider"' in body
    assert '<meta property="og:title" content="Glass Harbour by Marlo Vane"' in body
    assert "<noscript>" in body


def test_the_right_address_is_the_only_one(cast: Cast, beat: Beat) -> None:
    client = cast.client("visitor")
    right = beat.get_absolute_url()
    assert right == f"/beats/{beat.pk}-glass-harbour/"
    for wrong in (f"/beats/{beat.pk}-old-name/", f"/beats/{beat.pk}/"):
        answer: Any = client.get(wrong)
        assert (answer.status_code, answer.url) == (301, right)


def test_a_name_without_latin_letters_has_an_address(cast: Cast, now: datetime) -> None:
    beat = public_beat(cast.marlo, now=now, name="夜のバス")
    assert cast.client("visitor").get(beat.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("who", ["visitor", "charlie", "alice"])
def test_a_draft_has_no_public_page(cast: Cast, now: datetime, who: str) -> None:
    draft = public_beat(cast.marlo, now=now, state=Beat.State.DRAFT)
    for address in (
        draft.get_absolute_url(),
        f"/beats/{draft.pk}/",
        f"/beats/{draft.pk}-x/",
        "/beats/987654-x/",
    ):
        assert cast.client(who).get(address).status_code == 404


def test_preparing_audio_asks_again_until_it_is_ready(cast: Cast, now: datetime) -> None:
    beat = public_beat(cast.marlo, now=now, ready=False)
    client = cast.client("visitor")
    page = client.get(beat.get_absolute_url()).content.decode()
    assert "Preparing audio" in page
    assert 'hx-trigger="every 3s"' in page
    asked = {"HX-Request": "true", "HX-Target": "sound"}
    part = client.get(beat.get_absolute_url(), headers=asked).content.decode()
    assert "Preparing audio" in part
    assert "<html" not in part
    beat.recording.stream_key = "recordings/x/stream.mp3"
    beat.recording.save()
    part = client.get(beat.get_absolute_url(), headers=asked).content.decode()
    assert f'data-play="{beat.pk}"' in part
    assert "hx-trigger" not in part


def test_audio_that_failed_is_said(cast: Cast, now: datetime) -> None:
    beat = public_beat(cast.marlo, now=now, ready=False)
    Step.objects.create(recording=beat.recording, kind=Step.Kind.STREAM, state=Step.State.FAILED)
    page = cast.client("visitor").get(beat.get_absolute_url()).content.decode()
    assert "cannot be played" in page
    assert "every 3s" not in page


def test_more_by_the_artist(cast: Cast, beat: Beat, now: datetime) -> None:
    other = public_beat(cast.marlo, now=now, name="Undertow")
    hidden = public_beat(cast.marlo, now=now, name="Unfinished", state=Beat.State.DRAFT)
    page = cast.client("visitor").get(beat.get_absolute_url()).content.decode()
    assert other.get_absolute_url() in page
    assert hidden.name not in page


def test_text_is_text(cast: Cast, now: datetime) -> None:
    beat = public_beat(cast.marlo, now=now, name='<script>x</script>"')
    beat.description = "<img src=x onerror=y>"
    beat.save()
    page = cast.client("visitor").get(beat.get_absolute_url()).content.decode()
    assert "<script>x" not in page
    assert "<img src=x" not in page


def test_the_cost_does_not_grow(cast: Cast, beat: Beat, now: datetime) -> None:
    client = cast.client("lee")
    client.get(beat.get_absolute_url())
    public_beat(cast.marlo, now=now)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(beat.get_absolute_url())
    many(cast.marlo, 20, now=now)
    with CaptureQueriesContext(connection) as lots:
        client.get(beat.get_absolute_url())
    assert len(lots) == len(few)


@pytest.mark.parametrize(
    ("referrer", "expected"),
    [
        ("", "direct"),
        ("http://shop.example/@marlo/", "direct"),
        ("https://blog.example/post?x=1", "external:blog.example"),
        ("https://Blog.Example:8443/", "external:blog.example"),
        ("not an address", "direct"),
        ("https://[broken", "direct"),
    ],
)
def test_where_a_listener_came_from(referrer: str, expected: str) -> None:
    assert source(referrer, own_host="shop.example") == expected
