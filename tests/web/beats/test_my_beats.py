"""My Beats: filters and order over the whole catalogue, the head, collaborators, next steps, CSV."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backline.catalog import actions as catalog
from backline.catalog.models import Beat, Collection
from backline.catalog.queries import catalogue
from backline.catalog.queries.facts import facts_of_beats
from backline.web.beats import parts
from tests.catalog.makers import COMPLETE, make_draft, make_public
from tests.conftest import NOW, Cast
from tests.web.screens import DAY, heard_beat, words

pytestmark = pytest.mark.usefixtures("at_noon")
PATH = "/dashboard/beats/"
BARE = replace(COMPLETE, name="Bare", description="", tags=())


@pytest.fixture
def beats(cast: Cast, now: datetime) -> dict[str, Beat]:
    """Four of Alice's beats: heard (3 plays), bare (public), a draft, and one with Bob, in a collection."""
    heard = heard_beat(cast.marlo, account=cast.alice, now=now)
    bare = make_public(cast.marlo, account=cast.alice, now=now - 2 * DAY, fields=BARE)
    slow = replace(COMPLETE, name="Slow One", bpm=70, genres=("ambient",), tags=("haze", "dusk", "fog"))
    draft = make_draft(cast.marlo, account=cast.alice, now=now - DAY, fields=slow)
    duo = make_public(cast.marlo, account=cast.alice, now=now - 5 * DAY, fields=replace(COMPLETE, name="Duo"))
    credit = catalog.invite_credit(duo, artist=cast.kit, now=now)
    catalog.answer_credit(credit, accept=True, now=now)
    tape = catalog.create_collection(cast.marlo, name="Tape", kind=Collection.Kind.EP, now=now)
    catalog.add_to_collection(tape, beat=duo, now=now)
    return {"heard": heard, "bare": bare, "draft": draft, "duo": duo}


def listed(cast: Cast, query: str, who: str = "alice") -> list[str]:
    """The names in the table, in order."""
    headers = {"HX-Request": "true", "HX-Target": "beats"}
    page = cast.client(who).get(f"{PATH}?{query}", headers=headers).content.decode()
    return re.findall(r'<td class="grow keep">.*?<a class="name"[^>]*>([^<]+)<', page, re.DOTALL)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("q=DUO", ["Duo"]),
        ("q=haze", ["Slow One"]),
        ("q=kit", ["Duo"]),
        ("q=nakgawa+duo", ["Duo"]),
        ("q=slwo+one", ["Slow One"]),
        ("q=hzae", ["Slow One"]),
        ("licensing=both", []),
        ("licensing=standard&q=low+ti", ["Low Tide"]),
        ("points_from=0.5", []),
        ("points_to=0&q=duo", ["Duo"]),
        ("review=Artwork", []),
        ("artwork=none", []),
        ("q=%25", []),
        ("state=draft", ["Slow One"]),
        ("review=any", ["Bare"]),
        ("review=Tags", ["Bare"]),
        ("review=BPM", []),
        ("collection=singles&sort=name", ["Bare", "Low Tide", "Slow One"]),
        ("credits=together", ["Duo"]),
        ("credits=solo&sort=-name", ["Slow One", "Low Tide", "Bare"]),
        ("genre=ambient", ["Slow One"]),
        ("artwork=own", []),
        ("least=1", ["Low Tide"]),
        ("most=0&sort=name", ["Bare", "Duo", "Slow One"]),
        ("from_on=2026-03-17", ["Slow One"]),
        ("until_on=2026-03-13", ["Duo"]),
    ],
)
def test_filters(cast: Cast, beats: dict[str, Beat], query: str, names: list[str]):
    assert listed(cast, query) == names


def test_a_collection_narrows_to_its_beats(cast: Cast, beats: dict[str, Beat]):
    number = Collection.objects.get().pk
    assert listed(cast, f"collection={number}") == ["Duo"]
    assert len(listed(cast, "collection=999999")) == 4


@pytest.mark.parametrize(
    ("sort", "first"),
    [
        ("name", "Bare"),
        ("-name", "Slow One"),
        ("bpm", "Slow One"),
        ("-plays", "Low Tide"),
        ("completeness", "Bare"),
        ("published", "Duo"),
        ("-published", "Bare"),
        ("state", "Slow One"),
        ("length", "Low Tide"),
    ],
)
def test_orders(cast: Cast, beats: dict[str, Beat], sort: str, first: str):
    assert listed(cast, f"sort={sort}")[0] == first


@pytest.mark.parametrize("sort", ["growth", "-growth", "points", "-points", "plays", "-updated", "nonsense"])
def test_every_order_holds_every_beat_once(cast: Cast, beats: dict[str, Beat], sort: str):
    assert sorted(listed(cast, f"sort={sort}")) == ["Bare", "Duo", "Low Tide", "Slow One"]


@pytest.mark.parametrize(
    "query",
    [
        "from_on=x&until_on=9999-12-31",
        "least=-1&most=x",
        "collection=%00",
        "size=7",
        "review=zzz",
        "genre=zzz",
    ],
)
def test_nonsense_is_ignored(cast: Cast, beats: dict[str, Beat], query: str):
    assert len(listed(cast, query)) == 4


def test_pages_hold_ten_twenty_or_fifty_and_keep_the_filters(cast: Cast, now: datetime):
    for number in range(12):
        made_at = now - timedelta(minutes=number)
        make_draft(
            cast.marlo, account=cast.alice, now=made_at, fields=replace(COMPLETE, name=f"N{number:02}")
        )
    assert listed(cast, "sort=name&page=2") == ["N10", "N11"]
    assert len(listed(cast, "size=20")) == 12
    page = cast.client("alice").get(f"{PATH}?sort=name&q=N").content.decode()
    assert "1 to 10 of 12" in page
    assert "?artist=marlo-vane&amp;q=N&amp;sort=name&amp;page=2" in page


def test_only_who_sees_money_sorts_by_it(cast: Cast, beats: dict[str, Beat]):
    page = words(cast.client("ada").get(f"{PATH}?sort=-points").content.decode())
    assert "Pool points" not in page and "pool points" not in page
    assert listed(cast, "sort=-points", "ada") == listed(cast, "", "ada")
    # Not even in disguise: the addresses on her page keep no such order.
    assert "sort=-points" not in cast.client("ada").get(f"{PATH}?sort=-points").content.decode()
    assert "sort=-points" in cast.client("alice").get(f"{PATH}?sort=-points").content.decode()


def test_who_has_not_accepted_is_not_found(cast: Cast, beats: dict[str, Beat], now: datetime):
    catalog.invite_credit(beats["bare"], artist=cast.sable, now=now)
    assert listed(cast, "q=sable") == []


def test_the_head_says_how_plays_changed(cast: Cast, beats: dict[str, Beat]):
    page = cast.client("alice").get(PATH).content.decode()
    assert "<h1>Building data: 2 plays in 30 days</h1>" in page
    assert "building data" in page and "needle" not in page
    assert "Total Tracks 3" in words(page) and "Collaborators 1 1 collab track" in words(page)


def test_collaborators_are_listed_with_what_was_made_together(cast: Cast, beats: dict[str, Beat]):
    page = cast.client("alice").get(PATH).content.decode()
    assert 'aria-label="1 collaborator; Kit Nakagawa with 1 is closest"' in page
    address = f"{PATH}partners/kit-nakagawa/?artist=marlo-vane"
    assert f'hx-get="{address}"' in page
    made = words(cast.client("alice").get(address).content.decode())
    assert "1 track, 0 plays together" in made and "Duo Tape 0:40 0" in made
    assert cast.client("alice").get(f"{PATH}partners/sable-ortiz/").status_code == 404
    catalog.unpublish_beat(beats["duo"], now=NOW)
    assert "No collaborators yet" in cast.client("alice").get(PATH).content.decode()


def test_next_steps_stand_on_facts(cast: Cast, beats: dict[str, Beat], now: datetime):
    text = words(cast.client("alice").get(PATH).content.decode())
    assert "Describe Bare fully 0 plays in 30 days, and it lacks a description and tags." in text
    Beat.objects.filter(pk=beats["bare"].pk).update(description="Now it has one.")
    assert "Add tags to Bare It lacks nothing else. 50 XP." in words(
        cast.client("alice").get(PATH).content.decode()
    )
    catalog.unpublish_beat(beats["bare"], now=NOW)
    assert "Nothing to fill in" in cast.client("alice").get(PATH).content.decode()


def test_before_the_first_publication_the_next_step_is_to_publish(cast: Cast, beats: dict[str, Beat]):
    Beat.objects.update(state="draft")
    text = words(cast.client("alice").get(PATH).content.decode())
    assert "Publish your first beat" in text and "Drafts" in text
    assert "Nothing to fill in" not in text and "public profile. Choose" not in text


def test_the_table_as_csv_has_the_same_beats_in_the_same_order(cast: Cast, beats: dict[str, Beat]):
    Beat.objects.filter(pk=beats["duo"].pk).update(name="=1+1")
    answer = cast.client("alice").get(f"{PATH}beats.csv?sort=-plays&state=public")
    lines = b"".join(answer.streaming_content).decode().splitlines()  # type: ignore[attr-defined]
    assert lines[0].startswith("beat,artists,state,licensing,bpm,key,seconds,plays")
    assert lines[1].startswith("Low Tide,Marlo Vane,public,Standard,140,F minor,40,3,0,100,,")
    assert lines[0].endswith(",pool_points") and lines[1].endswith(",0.000000")
    seen = cast.client("ada").get(f"{PATH}beats.csv?points_from=1")
    assert b"pool_points" not in b"".join(seen.streaming_content)  # type: ignore[attr-defined]
    assert len(lines) == 4 and any(line.startswith("'=1+1,") for line in lines)
    assert cast.client("charlie").get(f"{PATH}beats.csv?artist=marlo-vane").status_code == 404


def test_the_order_by_completeness_is_that_of_the_rule(cast: Cast, now: datetime):
    lacking = [{}, {"tags": ("one", "two")}, {"bpm": None}, {"key": None, "scale": ""}, {"description": ""}]
    for number, change in enumerate([*lacking, {"bpm": None, "key": None, "scale": "", "tags": ()}]):
        fields = replace(COMPLETE, name=f"N{number}", **change)  # type: ignore[arg-type]
        make_draft(cast.marlo, account=cast.alice, now=now, fields=fields)
    beats = catalogue.narrowed(cast.marlo.pk, catalogue.Narrowing())
    for descending in (False, True):
        ids = list(catalogue.ids_in_order(beats, sort="completeness", descending=descending))
        facts = facts_of_beats(cast.marlo.pk, ids)
        percents = [facts[beat_id].percent for beat_id in ids]
        assert percents == sorted(percents, reverse=descending) and set(percents) == {20, 60, 80, 100}


def test_a_large_catalogue_reads_what_is_below_the_table_when_it_is_reached(
    cast: Cast, beats: dict[str, Beat], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(parts, "MANY", 3)
    client = cast.client("alice")
    page = client.get(PATH).content.decode()
    assert page.count('hx-trigger="revealed"') == 3 and "Describe Bare fully" not in page
    headers = {"HX-Request": "true", "HX-Target": "steps"}
    assert "Describe Bare fully" in client.get(PATH, headers=headers).content.decode()
    whole = client.get(f"{PATH}?sections=all").content.decode()
    assert "Describe Bare fully" in whole and "Kit Nakagawa" in whole and "revealed" not in whole


def test_the_cost_does_not_grow_with_the_beats(cast: Cast, beats: dict[str, Beat], now: datetime):
    def queries(query: str) -> int:
        with CaptureQueriesContext(connection) as found:
            listed(cast, query)
        return len(found)

    asked = ("", "sort=-growth", "q=low&sort=-plays", "review=any&size=50")
    before = [queries(one) for one in asked]
    for number in range(12):
        fields = replace(COMPLETE, name=f"Low {number}")
        make_public(cast.marlo, account=cast.alice, now=now, fields=fields)
    assert [queries(one) for one in asked] == before
