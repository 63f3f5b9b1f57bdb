"""My Beats and My Collections: what they list, for whom, and at what cost; money is not for analysts."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from backline.catalog import actions as catalog
from backline.catalog.models import Collection
from tests.catalog.makers import make_draft, make_public
from tests.conftest import Cast
from tests.web.screens import heard_beat, words

pytestmark = pytest.mark.usefixtures("at_noon")


def test_my_beats_lists_own_beats_in_any_state_with_their_figures(cast: Cast, now: datetime):
    heard_beat(cast.marlo, account=cast.alice, now=now)
    make_draft(cast.marlo, account=cast.alice, now=now)
    page = words(cast.client("alice").get("/dashboard/beats/").content.decode())
    assert "Building data: 2 plays in 30 days" in page and "1 to 2 of 2" in page
    assert "140 F minor 0:40 3 Building data — 100% Public Standard 15 Mar" in page
    assert "100% Draft Standard not yet" in page


def test_only_who_edits_gets_the_forms(cast: Cast, now: datetime):
    beat = make_draft(cast.marlo, account=cast.alice, now=now)
    form = f"/backstage/beats/{beat.pk}/"
    assert form in cast.client("alice").get("/dashboard/beats/").content.decode()
    assert form not in cast.client("ada").get("/dashboard/beats/").content.decode()


def test_a_beat_one_is_credited_on_is_read_only(cast: Cast, now: datetime):
    theirs = make_public(cast.kit, account=cast.bob, now=now)
    credit = catalog.invite_credit(theirs, artist=cast.marlo, now=now)
    client = cast.client("alice")
    assert "Low Tide" not in client.get("/dashboard/beats/").content.decode()
    catalog.answer_credit(credit, accept=True, now=now)
    page = client.get("/dashboard/beats/").content.decode()
    assert "Low Tide" in page
    assert f'/backstage/beats/{theirs.pk}/"' not in page and "Edit Low Tide" not in page


def test_words_and_state_narrow_the_list(cast: Cast, now: datetime):
    make_draft(cast.marlo, account=cast.alice, now=now)
    client = cast.client("alice")
    headers = {"HX-Request": "true", "HX-Target": "beats"}
    assert "Low Tide" in client.get("/dashboard/beats/?q=low&state=draft", headers=headers).content.decode()
    for query in ("q=zzz", "state=public", "q=%00"):
        page = client.get(f"/dashboard/beats/?{query}", headers=headers).content.decode()
        assert "Low Tide" not in page or query == "q=%00"
        assert "<html" not in page


@pytest.mark.parametrize("query", ["page=0", "page=x", "page=999", "state=nonsense", "page=%C2%B2"])
def test_nonsense_shows_a_page_all_the_same(cast: Cast, now: datetime, query: str):
    make_draft(cast.marlo, account=cast.alice, now=now)
    for screen in ("beats", "collections"):
        assert cast.client("alice").get(f"/dashboard/{screen}/?{query}").status_code == 200


@pytest.mark.parametrize(("screen", "most"), [("beats", 22), ("collections", 26)])
def test_a_list_costs_the_same_with_one_and_many_rows(
    cast: Cast, now: datetime, django_assert_max_num_queries: Any, screen: str, most: int
):
    client = cast.client("alice")

    def add(count: int) -> None:
        for number in range(count):
            beat = make_public(cast.marlo, account=cast.alice, now=now + timedelta(minutes=number))
            tape = catalog.create_collection(cast.marlo, name="Tape", kind=Collection.Kind.EP, now=now)
            catalog.add_to_collection(tape, beat=beat, now=now)

    add(1)
    client.get(f"/dashboard/{screen}/")
    with django_assert_max_num_queries(most) as few:
        client.get(f"/dashboard/{screen}/")
    add(19)
    with django_assert_max_num_queries(most) as many:
        client.get(f"/dashboard/{screen}/")
    assert len(few) == len(many)


def test_collections_say_kind_state_and_size(cast: Cast, now: datetime):
    tape = catalog.create_collection(cast.marlo, name="Harbour Tapes", kind=Collection.Kind.ALBUM, now=now)
    catalog.add_to_collection(tape, beat=make_public(cast.marlo, account=cast.alice, now=now), now=now)
    page = words(cast.client("alice").get("/dashboard/collections/").content.decode())
    assert "1 collection" in page
    assert (
        "Harbour Tapes Album, 1 beat, no date set Needs review: Description, Release date Marlo Vane" in page
    )
    assert "Marlo Vane Album not set Private 1 0 Private 18 Mar 2026" in page


def test_nothing_yet_says_what_to_do(cast: Cast):
    client = cast.client("charlie")
    assert "Upload a beat to begin" in client.get("/dashboard/beats/").content.decode()
    assert "No collections yet" in client.get("/dashboard/collections/").content.decode()


def test_money_is_not_for_analysts(cast: Cast):
    page = cast.client("ada").get("/dashboard/finances/").content.decode()
    assert "reads nothing about money" in page
    assert "Payouts" not in page
