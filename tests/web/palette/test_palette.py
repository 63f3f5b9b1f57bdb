"""Search and commands: what is found, what an account opened last, and what each may be offered."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import OperationalError

from backline.catalog import actions as catalog
from backline.catalog.models import Beat, Collection
from backline.core import clock
from backline.web.models import Opened
from backline.web.palette import noting
from backline.web.palette.actions import MOST, remember
from tests.catalog.makers import make_draft, make_public
from tests.conftest import Cast
from tests.web.screens import read, words

SEARCH = "/backstage/search/"
HTMX = {"HX-Request": "true", "HX-Target": "palette-list"}


@pytest.fixture(autouse=True)
def _nothing_opened() -> None:
    noting._last.clear()


def named(beat: Beat, name: str) -> Beat:
    beat.name = name
    beat.save()
    return beat


@pytest.fixture
def harbour(cast: Cast, now: datetime) -> Beat:
    """A public beat of Alice's artist with a name of its own."""
    return named(make_public(cast.marlo, account=cast.alice, now=now), "Glass Harbour")


def lines(cast: Cast, name: str, asked: str) -> str:
    """The lines of the palette as text, as htmx gets them."""
    answer = cast.client(name).get(SEARCH, {"q": asked}, headers=HTMX)
    assert answer.status_code == 200
    assert "<html" not in answer.content.decode()
    return words(answer.content.decode())


def test_a_beat_is_found_though_its_name_is_misspelt(cast: Cast, harbour: Beat):
    page = lines(cast, "alice", "harbuor")
    assert "Results Glass Harbour Beat" in page
    assert "Edit Glass Harbour Action" in page
    assert "results for “harbuor”" in page


def test_collections_artists_pages_and_actions_are_found(cast: Cast, now: datetime):
    catalog.create_collection(cast.marlo, name="Harbour Tapes", kind=Collection.Kind.ALBUM, now=now)
    assert "Harbour Tapes Collection, 0 beats" in lines(cast, "alice", "tapes")
    assert "Sable Ortiz Artist, 0 beats" in lines(cast, "alice", "sable")
    assert "Leaderboards Page" in lines(cast, "alice", "leaderbords")
    assert "Upload beats Action" in lines(cast, "alice", "upload")
    assert 'name="theme" value="dark"' in cast.client("alice").get(SEARCH, {"q": "dark"}).content.decode()


def test_nobody_is_offered_what_is_anothers(cast: Cast, now: datetime, harbour: Beat):
    draft = named(make_draft(cast.marlo, account=cast.alice, now=now), "Secret Harbour")
    remember(cast.charlie, kind=Opened.Kind.BEAT, number=draft.pk, now=now)
    for name in ("charlie", "lee"):
        page = lines(cast, name, "harbour") + lines(cast, name, "")
        assert "Glass Harbour" not in page
        assert "Secret" not in page


def test_an_analyst_is_not_offered_to_upload_and_only_staff_their_area(cast: Cast):
    assert "Upload beats" not in lines(cast, "ada", "")
    assert "Upload beats" in lines(cast, "alice", "")
    assert "Staff area" not in lines(cast, "alice", "staff")
    assert "Staff area" in lines(cast, "dana", "staff")


def test_who_has_several_artists_can_switch(cast: Cast):
    assert "Switch to Marlo Vane Action" in lines(cast, "bob", "switch") + lines(cast, "bob", "marlo")


def test_what_was_opened_comes_first(
    cast: Cast, now: datetime, harbour: Beat, monkeypatch: pytest.MonkeyPatch
):
    other = named(make_public(cast.marlo, account=cast.alice, now=now), "Harbour")
    client = cast.client("alice")
    for step, beat in enumerate((other, harbour)):
        monkeypatch.setattr(clock, "now", lambda step=step: now + timedelta(minutes=step))
        client.get(f"/backstage/beats/{beat.pk}/")
    page = lines(cast, "alice", "")
    assert (
        page.index("Recent") < page.index("Glass Harbour") < page.index("Harbour Beat", page.index("Glass"))
    )
    found = lines(cast, "alice", "harbour")
    assert found.index("Recent") < found.index("Glass Harbour") < found.index("Results")


def test_at_most_twenty_are_kept_and_again_is_harmless(cast: Cast, now: datetime):
    for number in range(MOST + 5):
        remember(cast.alice, kind=Opened.Kind.BEAT, number=number, now=now + timedelta(seconds=number))
    remember(cast.alice, kind=Opened.Kind.BEAT, number=MOST + 4, now=now + timedelta(hours=1))
    kept = Opened.objects.filter(account=cast.alice)
    assert set(kept.values_list("number", flat=True)) == set(range(5, MOST + 5))


def test_the_same_thing_again_is_not_written(cast: Cast, harbour: Beat, django_assert_num_queries: Any):
    client = cast.client("alice")
    address = f"/backstage/beats/{harbour.pk}/receipts/"
    client.get(address)
    before = Opened.objects.get(account=cast.alice).at
    client.get(address)
    assert Opened.objects.get(account=cast.alice).at == before
    client.get("/dashboard/")
    assert Opened.objects.count() == 1


def test_a_page_is_shown_when_it_cannot_be_noted(cast: Cast, harbour: Beat):
    def fail(*_: object, **__: object) -> None:
        raise OperationalError("database or disk is full")

    address = f"/backstage/beats/{harbour.pk}/receipts/"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(noting, "remember", fail)
        assert cast.client("alice").get(address).status_code == 200
    cast.client("alice").get(address)
    assert Opened.objects.get(account=cast.alice).number == harbour.pk


def test_it_is_a_page_without_javascript(cast: Cast, harbour: Beat):
    page = cast.client("alice").get(SEARCH, {"q": "glass"}).content.decode()
    assert f'href="/backstage/beats/{harbour.pk}/"' in page
    assert "for “glass”</h1>" in page
    assert 'role="option"' not in page
    assert "Nothing found" in read(cast.client("alice"), f"{SEARCH}?q=zzzzzz")


@pytest.mark.parametrize("asked", ["x" * 5_000, "\0", "%_'\"<b>", "  ", "🎧"])
def test_odd_words_are_answered(cast: Cast, asked: str):
    answer = cast.client("alice").get(SEARCH, {"q": asked}, headers=HTMX)
    assert answer.status_code == 200
    assert "<b>" not in answer.content.decode()


def test_every_page_of_the_backstage_has_the_opener(cast: Cast):
    page = cast.client("alice").get("/dashboard/").content.decode()
    assert 'href="/backstage/search/" data-open="palette"' in page
    assert "data-palette" in page
