"""Collections and what is in them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from backline.catalog import actions
from backline.catalog.covers import STYLES, collection_cover
from backline.catalog.models import Beat, Collection
from backline.catalog.queries import catalog_counts, catalogue, places_of_artist
from backline.catalog.queries.collaborators import collections_of
from backline.catalog.queries.orphans import orphan_folders
from tests.catalog.makers import make_draft, picture
from tests.conftest import Cast


def test_beats_are_added_in_order_and_only_once(cast: Cast, now: datetime):
    collection = actions.create_collection(cast.marlo, name=" Low Water ", kind="ep", now=now)
    assert (collection.name, collection.state) == ("Low Water", "private")
    first, second = (make_draft(cast.marlo, account=cast.alice, now=now) for _ in range(2))
    later = now + timedelta(hours=1)
    for beat in (first, second, first):
        actions.add_to_collection(collection, beat=beat, now=later)
    assert list(collection.entries.values_list("beat", "position")) == [(first.pk, 0), (second.pk, 1)]
    collection.refresh_from_db()
    assert collection.updated_at == later


@pytest.mark.parametrize(("name", "kind"), [(" ", "ep"), ("Low Water", "mixtape")])
def test_a_collection_without_name_or_of_unknown_kind_is_refused(
    cast: Cast, now: datetime, name: str, kind: str
):
    with pytest.raises(actions.InvalidFields, match=r"\w+ .*\."):
        actions.create_collection(cast.marlo, name=name, kind=kind, now=now)


def test_another_artists_beat_is_refused(cast: Cast, now: datetime):
    collection = actions.create_collection(cast.marlo, name="Low Water", kind="ep", now=now)
    beat = make_draft(cast.kit, account=cast.bob, now=now)
    with pytest.raises(ValueError, match="own beats"):
        actions.add_to_collection(collection, beat=beat, now=now)
    assert not collection.entries.exists()


def test_publishing_a_collection_twice_is_publishing_it_once(cast: Cast, now: datetime):
    collection = actions.create_collection(cast.marlo, name="Low Water", kind="ep", now=now)
    assert actions.publish_collection(collection, now=now).state == "public"
    again = actions.publish_collection(collection, now=now + timedelta(hours=1))
    assert again.updated_at == now


def fields(name: str = "Low Water", **more: Any) -> actions.CollectionFields:
    return actions.CollectionFields(name, "ep", **more)


@pytest.fixture
def filled(cast: Cast, now: datetime) -> tuple[Collection, list[int]]:
    """A collection of three beats, and their numbers in order."""
    collection = actions.create_collection(cast.marlo, name="Low Water", kind="ep", now=now)
    beats = [make_draft(cast.marlo, account=cast.alice, now=now) for _ in range(3)]
    for beat in beats:
        actions.add_to_collection(collection, beat=beat, now=now)
    collection.refresh_from_db()
    return collection, [beat.pk for beat in beats]


def held(collection: Collection) -> list[int]:
    return list(collection.entries.order_by("position").values_list("beat", flat=True))


def save(collection: Collection, beat_ids: list[int], *, now: datetime, **more: Any) -> Collection:
    seen_at = collection.updated_at
    return actions.update_collection(
        collection, fields=fields(**more), beat_ids=beat_ids, seen_at=seen_at, now=now
    )


def test_saving_keeps_fields_and_the_order_of_the_beats(
    filled: tuple[Collection, list[int]], cast: Cast, now: datetime
):
    collection, (first, second, third) = filled
    extra = make_draft(cast.marlo, account=cast.alice, now=now).pk
    order = [third, first, extra]
    save(
        collection, order, now=now, name=" New ", description=" Wide. ", release_on=now.date(), state="public"
    )
    assert held(collection) == order
    saved = Collection.objects.get()
    assert (saved.name, saved.description, saved.release_on) == ("New", "Wide.", now.date())
    assert saved.state == "public" and saved.updated_at > now
    assert Beat.objects.filter(pk=second).exists()


def test_the_second_of_two_edits_changes_nothing(filled: tuple[Collection, list[int]], now: datetime):
    collection, order = filled
    stale = Collection.objects.get()
    save(collection, order[::-1], now=now)
    with pytest.raises(actions.EditedMeanwhile):
        save(stale, order[:1], now=now, name="Mine")
    assert held(collection) == order[::-1] and Collection.objects.get().name == "Low Water"


def test_a_deleted_collection_cannot_be_saved(
    filled: tuple[Collection, list[int]], cast: Cast, now: datetime
):
    collection, order = filled
    actions.delete_collections(cast.marlo, collection_ids=[collection.pk], now=now)
    with pytest.raises(actions.EditedMeanwhile):
        save(collection, order, now=now)


@pytest.mark.parametrize("more", [{"name": " "}, {"name": "x" * 256}, {"description": "x" * 2001}])
def test_what_cannot_be_kept_is_refused(
    filled: tuple[Collection, list[int]], now: datetime, more: dict[str, str]
):
    collection, order = filled
    with pytest.raises(actions.InvalidFields):
        save(collection, order, now=now, **more)


def test_anothers_beat_is_refused_and_nothing_is_saved(
    filled: tuple[Collection, list[int]], cast: Cast, now: datetime
):
    collection, order = filled
    theirs = make_draft(cast.kit, account=cast.bob, now=now)
    with pytest.raises(actions.InvalidFields, match="own beats"):
        save(collection, [*order[:1], theirs.pk], now=now, name="Changed")
    assert held(collection) == order and Collection.objects.get().name == "Low Water"


def test_a_deleted_beat_keeps_its_place_until_it_is_back(filled: tuple[Collection, list[int]], now: datetime):
    collection, (first, second, third) = filled
    Beat.objects.filter(pk=second).update(deleted_at=now)
    save(collection, [third, first], now=now)
    assert places_of_artist(collection.artist_id) == {collection.pk: [third, first]}
    assert second in held(collection)


def test_deleting_collections_keeps_their_beats_and_leaves_others_alone(
    filled: tuple[Collection, list[int]], cast: Cast, now: datetime
):
    collection, order = filled
    theirs = actions.create_collection(cast.kit, name="Theirs", kind="ep", now=now)
    ids = [collection.pk, theirs.pk]
    assert actions.delete_collections(cast.marlo, collection_ids=ids, now=now) == [collection.pk]
    assert actions.delete_collections(cast.marlo, collection_ids=ids, now=now) == []
    assert Beat.objects.kept().filter(pk__in=order).count() == 3
    assert list(Collection.objects.kept()) == [theirs]
    assert catalog_counts(cast.marlo.pk, since=now).collections == 0
    assert catalogue.collection_choices(cast.marlo.pk) == []
    assert collections_of(order) == {}
    singles = catalogue.narrowed(cast.marlo.pk, catalogue.Narrowing(collection=catalogue.SINGLES))
    assert singles.count() == 3


def test_its_own_cover_is_kept_by_the_sweep_and_goes_with_a_drawn_one(
    filled: tuple[Collection, list[int]], now: datetime, tmp_path: Path
):
    collection, _ = filled
    pictures = actions.check_cover(picture(tmp_path / "c.png"), file_name="c.png")
    actions.set_cover(collection, cover=pictures, now=now)
    assert collection_cover(Collection.objects.get()).small.endswith(".webp")
    assert orphan_folders(before=datetime.now(UTC) + timedelta(days=1)) == []
    actions.choose_cover_style(collection, style=STYLES[0], now=now)
    assert collection_cover(Collection.objects.get()).small.endswith(".svg")
