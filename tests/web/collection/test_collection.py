"""A collection's public page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backline.catalog.models import Beat, Collection, Entry
from tests.conftest import Cast
from tests.web.public import many, public_beat


@pytest.fixture
def tapes(cast: Cast, now: datetime) -> Collection:
    return Collection.objects.create(
        artist=cast.marlo,
        name="Harbour Tapes",
        kind=Collection.Kind.ALBUM,
        state=Collection.State.PUBLIC,
        created_at=now,
        updated_at=now,
    )


def add(collection: Collection, *beats: Beat) -> None:
    for beat in beats:
        Entry.objects.create(collection=collection, beat=beat, position=collection.entries.count())


def test_its_public_beats_in_order(cast: Cast, tapes: Collection, now: datetime) -> None:
    second, first = many(cast.marlo, 2, now=now)
    add(tapes, first, second, public_beat(cast.marlo, now=now, name="Unfinished", state=Beat.State.DRAFT))
    body = cast.client("visitor").get(tapes.get_absolute_url()).content.decode()
    assert "Harbour Tapes" in body
    assert "2 beats, 6:00 in all" in body
    assert body.index("Beat 2") < body.index("Beat 1")
    assert "Unfinished" not in body


def test_the_right_address_is_the_only_one(cast: Cast, tapes: Collection) -> None:
    for wrong in (f"/collections/{tapes.pk}/", f"/collections/{tapes.pk}-old/"):
        answer: Any = cast.client("visitor").get(wrong)
        assert (answer.status_code, answer.url) == (301, f"/collections/{tapes.pk}-harbour-tapes/")


def test_an_empty_one(cast: Cast, tapes: Collection) -> None:
    body = cast.client("visitor").get(tapes.get_absolute_url()).content.decode()
    assert "No public beats in it" in body
    assert "data-play-all" not in body


@pytest.mark.parametrize("who", ["visitor", "charlie", "alice"])
def test_a_private_one_is_not_found(cast: Cast, tapes: Collection, who: str) -> None:
    tapes.state = Collection.State.PRIVATE
    tapes.save()
    assert cast.client(who).get(tapes.get_absolute_url()).status_code == 404
    assert cast.client(who).get("/collections/987654-x/").status_code == 404


def test_the_cost_does_not_grow(cast: Cast, tapes: Collection, now: datetime) -> None:
    client = cast.client("lee")
    add(tapes, public_beat(cast.marlo, now=now))
    client.get(tapes.get_absolute_url())
    with CaptureQueriesContext(connection) as few:
        client.get(tapes.get_absolute_url())
    add(tapes, *many(cast.marlo, 20, now=now))
    with CaptureQueriesContext(connection) as lots:
        client.get(tapes.get_absolute_url())
    assert len(lots) == len(few)
