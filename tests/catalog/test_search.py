"""Search gives what reading every row would give, at any moment, however much of it the worker has indexed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backline.catalog import actions
from backline.catalog.actions.search import index_changes, index_everything
from backline.catalog.models import Beat, SearchMark, SearchText, Tag
from backline.catalog.queries import search
from backline.catalog.queries.cards import beats_of_artist
from backline.catalog.queries.texts import texts
from backline.catalog.triggers import keep_triggers
from backline.domain.finding import asked, rank
from backline.people.models import Artist
from tests.catalog.makers import COMPLETE, make_draft, make_public
from tests.conftest import Cast

NAMES = ("Glass Harbour", "Hârbor Lights", "harbour", "Wave 808", "夜行 Night", "Été", "Grab", "a bc", "")
QUESTIONS = (
    "harbour",
    "harbuor",
    "glass harbur",
    "wa",
    "w",
    "夜",
    "ete",
    "arbo",
    "waev",
    "808 wvae",
    "kit",
    "kti",
    "dusk",
    "%",
)


def naive(artist_id: int, question: str) -> list[int]:
    """The rule over every row, with no index."""
    held = texts("beat", list(beats_of_artist(artist_id).values_list("pk", flat=True)))
    for forgiving in (False, True):
        ranks = {n: rank(asked(question), text, forgiving=forgiving) for n, text in held.items()}
        found = [n for n, one in ranks.items() if one is not None]
        if found and asked(question):
            return sorted(found, key=lambda n: (ranks[n], -n))
    return []


CHANGES = st.lists(
    st.tuples(
        st.sampled_from(("name", "tag", "delete", "index", "artist", "credit", "purge")),
        st.integers(0, 5),
        st.sampled_from(NAMES),
    ),
    max_size=8,
)


def change(cast: Cast, beats: list[Beat], what: str, place: int, name: str, now: datetime) -> None:
    """One thing that happens to the catalogue."""
    beat = beats[place]
    match what:
        case "name":
            Beat.objects.filter(pk=beat.pk).update(name=name or "x")
        case "tag":
            beat.tags.all().delete()
            Tag.objects.create(beat=beat, name=name or "dusk", position=0)
        case "delete":
            Beat.objects.filter(pk=beat.pk).update(deleted_at=now)
        case "purge":
            beat.credits.exclude(artist=cast.marlo).delete()
        case "artist":
            Artist.objects.filter(pk=cast.kit.pk).update(name=name or "Kit")
        case "credit":
            actions.invite_credit(beat, artist=cast.kit, now=now)
            beat.credits.update(state="accepted")
        case "index":
            index_changes()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CHANGES)
def test_it_finds_what_reading_every_row_finds(
    cast: Cast, now: datetime, changes: list[tuple[str, int, str]]
):
    some = [replace(COMPLETE, name=name) for name in NAMES[:6]]
    beats = [make_draft(cast.marlo, account=cast.alice, now=now, fields=fields) for fields in some]
    for what, place, name in changes:
        change(cast, beats, what, place, name, now)
    for question in QUESTIONS:
        expected = naive(cast.marlo.pk, question)
        assert search.found_beats(cast.marlo.pk, question, limit=99) == expected, question
        assert sorted(search.matching_beats(cast.marlo.pk, question)) == sorted(expected)
    Beat.objects.update(deleted_at=now)


@pytest.mark.parametrize("indexed", [False, True])
def test_the_best_comes_first(cast: Cast, now: datetime, indexed: bool):
    for name, tag in (("Other", "harbour"), ("Harbours", "x"), ("Harbour", "x"), ("Old Harbour", "x")):
        fields = replace(COMPLETE, name=name, tags=(tag,))
        make_draft(cast.marlo, account=cast.alice, now=now, fields=fields)
    if indexed:
        assert index_changes() and not index_changes() and not SearchMark.objects.exists()
    for question in ("harbour", "HARBOUR "):
        found = search.found_beats(cast.marlo.pk, question, limit=9)
        names = [Beat.objects.get(pk=n).name for n in found]
        assert names == ["Old Harbour", "Harbour", "Other", "Harbours"]
    assert len(search.found_beats(cast.marlo.pk, "hrabour", limit=2)) == 2
    assert search.found_beats(cast.kit.pk, "harbour", limit=9) == []


def test_collections_artists_and_public_beats(cast: Cast, now: datetime):
    tape = actions.create_collection(cast.marlo, name="Night Tape", kind="ep", now=now)
    shown = make_public(cast.marlo, account=cast.alice, now=now)
    make_draft(cast.marlo, account=cast.alice, now=now)
    for _ in range(2):
        assert search.found_collections(cast.marlo.pk, "nihgt", limit=5) == [tape.pk]
        assert search.matching_collections(cast.kit.pk, "night") == []
        assert search.found_artists("nakagwa", limit=5) == [cast.kit.pk]
        assert search.matching_public_beats("marlo low") == [shown.pk]
        index_changes()
    Artist.objects.filter(pk=cast.kit.pk).update(revoked_at=now)
    assert search.found_artists("nakagawa", limit=5) == []


def test_the_index_can_be_made_anew(cast: Cast, now: datetime):
    make_draft(cast.marlo, account=cast.alice, now=now)
    index_changes()
    SearchText.objects.update(text="  wrong ")
    assert search.matching_beats(cast.marlo.pk, "tide") == []
    assert index_everything() == SearchText.objects.count() > 0
    assert len(search.matching_beats(cast.marlo.pk, "tide")) == 1


@pytest.mark.skipif("connection.vendor != 'sqlite'")
def test_triggers_lost_with_a_table_are_made_again_and_everything_is_marked(cast: Cast, now: datetime):
    index_changes()
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER search_catalog_beat_insert")
    beat = make_draft(cast.marlo, account=cast.alice, now=now)
    SearchMark.objects.all().delete()
    assert search.matching_beats(cast.marlo.pk, "tide") == []
    keep_triggers()
    assert search.matching_beats(cast.marlo.pk, "tide") == [beat.pk]
    SearchMark.objects.all().delete()
    keep_triggers()
    assert not SearchMark.objects.exists()
