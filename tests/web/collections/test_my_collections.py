"""My Collections: cards, filters, orders, the next release, CSV, deleting several."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backline.catalog import actions as catalog
from backline.catalog.models import Beat, Collection
from tests.catalog.makers import COMPLETE, make_draft, make_public
from tests.conftest import Cast
from tests.web.screens import DAY, heard_beat, words

pytestmark = pytest.mark.usefixtures("at_noon")
PATH = "/dashboard/collections/"


def made(cast: Cast, name: str, *beats: Beat, at: datetime, public: bool = True, **more: Any) -> Collection:
    """A collection of Alice's artist with these beats."""
    kind = more.pop("kind", "ep")
    one = catalog.create_collection(cast.marlo, name=name, kind=kind, now=at, **more)
    for beat in beats:
        catalog.add_to_collection(one, beat=beat, now=at)
    return catalog.publish_collection(one, now=at) if public else one


@pytest.fixture
def shelf(cast: Cast, now: datetime) -> dict[str, Collection]:
    """Heard (3 plays, released), Duo (with Bob, a draft in it), Next (upcoming), Bare (empty, private)."""
    heard = heard_beat(cast.marlo, account=cast.alice, now=now)
    duo = make_public(cast.marlo, account=cast.alice, now=now, fields=replace(COMPLETE, name="Two"))
    catalog.answer_credit(catalog.invite_credit(duo, artist=cast.kit, now=now), accept=True, now=now)
    draft = make_draft(cast.marlo, account=cast.alice, now=now, fields=replace(COMPLETE, name="Sketch"))
    said: dict[str, Any] = {"description": "Said."}
    catalog.create_collection(cast.sable, name="Theirs", kind="ep", now=now)
    return {
        "heard": made(cast, "Heard", heard, at=now - 40 * DAY, release_on=date(2026, 3, 1), **said),
        "duo": made(cast, "Duo", duo, draft, at=now - 3 * DAY, release_on=date(2026, 3, 18), **said),
        "next": made(
            cast, "Next", duo, heard, at=now - 2 * DAY, public=False, release_on=date(2026, 3, 20), **said
        ),
        "bare": made(cast, "Bare", at=now - DAY, public=False, kind="pack"),
    }


def listed(cast: Cast, query: str) -> list[str]:
    """The names in the table, in order."""
    headers = {"HX-Request": "true", "HX-Target": "collections"}
    page = cast.client("alice").get(f"{PATH}?{query}", headers=headers).content.decode()
    return re.findall(r'<td class="grow keep">.*?<a class="name"[^>]*>([^<]+)<', page, re.DOTALL)


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Bare", "Next", "Duo", "Heard"]),
        ("q=DU", ["Duo"]),
        ("q=%25", []),
        ("show=review", ["Bare", "Duo"]),
        ("show=upcoming", ["Next"]),
        ("show=released", ["Duo", "Heard"]),
        ("show=empty", ["Bare"]),
        ("artwork=own", []),
        ("by=kit-nakagawa", ["Next", "Duo"]),
        ("least=1", ["Next", "Heard"]),
        ("most=0", ["Bare", "Duo"]),
        ("created_from=2026-03-15&created_until=2026-03-16", ["Next", "Duo"]),
        ("updated_until=2026-02-10", ["Heard"]),
        ("updated_from=2026-03-17", ["Bare"]),
        ("sort=name", ["Bare", "Duo", "Heard", "Next"]),
        ("sort=-plays", ["Next", "Heard", "Bare", "Duo"]),
        ("sort=-released", ["Next", "Duo", "Heard", "Bare"]),
        ("sort=released", ["Heard", "Duo", "Next", "Bare"]),
        ("sort=beats&show=released", ["Heard", "Duo"]),
        ("sort=nonsense&show=zzz&by=zzz&least=x&created_from=x&size=7", ["Bare", "Next", "Duo", "Heard"]),
        ("created_until=9999-12-31&q=%00", ["Bare", "Next", "Duo", "Heard"]),
    ],
)
def test_filters_and_orders(cast: Cast, query: str, names: list[str]):
    assert listed(cast, query) == names


@pytest.mark.usefixtures("shelf")
def test_the_head_counts_a_beat_once_and_names_the_leaders(cast: Cast):
    text = words(cast.client("alice").get(PATH).content.decode())
    assert "4 collections, 1 still to come" in text and "Next is set for Friday 20 March." in text
    assert "Total Albums 4 up 3 this month" in text
    assert "Album Tracks 5 1.2 on average" in text
    assert "Total Plays 3 up 2 in 30 days, building data" in text
    assert "This Month 3 the newest Bare, created 17 Mar" in text
    assert "Top Album Heard and Next 3 plays each, tied" in text
    assert "All 4 Needs review 2 Upcoming 1 Released 2 Empty 1" in text
    assert "Needs review: Drafts" in text and "Theirs" not in text


def test_the_release_panel_shows_the_next_and_then_the_last(
    cast: Cast, shelf: dict[str, Collection], now: datetime
):
    text = words(cast.client("alice").get(PATH).content.decode())
    assert "Next upcoming release" in text and "20 Mar 2026, in 2 days" in text
    catalog.delete_collections(cast.marlo, collection_ids=[shelf["next"].pk], now=now)
    text = words(cast.client("alice").get(PATH).content.decode())
    assert "18 Mar 2026, today" in text and "No release is set for a day to come." in text
    assert "Sketch draft" in text
    Collection.objects.update(release_on=None)
    assert "No release date is set" in cast.client("alice").get(PATH).content.decode()


@pytest.mark.usefixtures("shelf")
def test_who_reads_only_has_no_buttons(cast: Cast):
    page = cast.client("ada").get(PATH).content.decode()
    assert "Heard" in page and "/backstage/collections/" not in page and "Delete chosen" not in page


def test_pages_keep_the_filters(cast: Cast, now: datetime):
    for number in range(12):
        made(cast, f"N{number:02}", at=now)
    assert listed(cast, "sort=name&page=2") == ["N10", "N11"]
    assert len(listed(cast, "size=20")) == 12
    page = cast.client("alice").get(f"{PATH}?sort=name&show=empty").content.decode()
    assert "1 to 10 of 12" in page
    assert "?artist=marlo-vane&amp;show=empty&amp;sort=name&amp;page=2" in page


def test_csv_has_the_same_collections_in_the_same_order(cast: Cast, shelf: dict[str, Collection]):
    Collection.objects.filter(pk=shelf["duo"].pk).update(name="=Duo")
    answer = cast.client("alice").get(f"{PATH}collections.csv?sort=-plays&show=released")
    lines = b"".join(answer.streaming_content).decode().splitlines()  # type: ignore[attr-defined]
    assert lines[0].startswith("collection,artists,type,state,release_on,beats,plays,needs_review")
    assert lines[1].startswith("Heard,Marlo Vane,EP,released,2026-03-01,1,3,,")
    assert lines[2].startswith('"\'=Duo"') or lines[2].startswith("'=Duo,")
    assert len(lines) == 3


def test_deleting_asks_first_and_leaves_the_beats(cast: Cast, shelf: dict[str, Collection]):
    client, beats = cast.client("alice"), Beat.objects.kept().count()
    chosen = {"chosen": [shelf["heard"].pk, shelf["duo"].pk]}
    text = words(client.post(f"{PATH}delete/", chosen).content.decode())
    assert "Delete 2 collections?" in text and "public; 2 beats stay" in text
    assert Collection.objects.kept().filter(artist=cast.marlo).count() == 4
    answer = client.post(f"{PATH}delete/", chosen | {"confirmed": "yes"})
    assert answer.status_code == 302
    assert listed(cast, "") == ["Bare", "Next"] and Beat.objects.kept().count() == beats
    for who in ("visitor", "alice"):
        assert cast.client(who).get(shelf["heard"].get_absolute_url()).status_code == 404
    assert client.get(f"/backstage/collections/{shelf['heard'].pk}/").status_code == 404
    assert "Heard" not in cast.client("lee").get("/@marlo-vane/?tab=collections").content.decode()


def test_others_collections_cannot_be_deleted(cast: Cast, shelf: dict[str, Collection]):
    chosen = {"chosen": [shelf["heard"].pk, "x", "9" * 30], "confirmed": "yes"}
    answer: Any = cast.client("charlie").post(f"{PATH}delete/", chosen | {"confirmed": ""})
    assert answer.url == f"{PATH}?artist=sable-ortiz"  # nothing of Alice's to ask about
    cast.client("charlie").post(f"{PATH}delete/", chosen)
    assert cast.client("ada").post(f"{PATH}delete/", chosen).status_code == 403
    assert cast.client("charlie").post(f"{PATH}delete/?artist=marlo-vane", chosen).status_code == 404
    assert cast.client("visitor").post(f"{PATH}delete/", chosen).status_code == 302
    assert Collection.objects.kept().filter(pk=shelf["heard"].pk).exists()


def test_a_month_ago_is_not_this_month(cast: Cast, now: datetime):
    made(cast, "Old", at=now - timedelta(days=60))
    text = words(cast.client("alice").get(PATH).content.decode())
    assert "This Month 0 none created yet" in text and "Top Album — no plays yet" in text


def test_the_page_costs_fifteen_queries_whatever_it_lists(
    cast: Cast, shelf: dict[str, Collection], now: datetime
):
    client, costs = cast.client("alice"), []
    for number in range(24):
        if number in (0, 23):
            client.get(PATH)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(PATH).status_code == 200
            costs.append(len(asked))
        made(cast, f"N{number:02}", at=now - timedelta(days=90 - number))
    assert costs[0] == costs[1] <= 15
