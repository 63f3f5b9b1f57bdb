"""Collections that are scheduled, named, taken over from, deleted and had back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from backline.catalog import actions
from backline.catalog.models import Beat, Collection
from backline.people.models import Artist
from tests.catalog.makers import COMPLETE, make_draft
from tests.conftest import Cast

DAY = timedelta(days=1)


@pytest.fixture
def tape(cast: Cast, now: datetime) -> Collection:
    """An empty private collection of Alice's artist."""
    return actions.create_collection(cast.marlo, name="Tape", kind="ep", now=now)


def save(collection: Collection, *, now: datetime, **more: Any) -> Collection:
    fields = actions.CollectionFields("Tape", "ep", **more)
    return actions.update_collection(
        collection, fields=fields, beat_ids=[], seen_at=collection.updated_at, now=now
    )


def test_it_comes_out_when_its_time_has_come(tape: Collection, now: datetime):
    tape = save(tape, now=now, state="scheduled", scheduled_at=now + DAY)
    assert actions.release_next(now=now + DAY - timedelta(seconds=1)) is None
    assert actions.release_next(now=now + DAY) == tape
    tape.refresh_from_db()
    assert (tape.state, tape.scheduled_at, tape.updated_at) == ("public", None, now + DAY)
    assert actions.release_next(now=now + 2 * DAY) is None


def test_a_schedule_that_is_taken_back_or_deleted_does_nothing(tape: Collection, cast: Cast, now: datetime):
    tape = save(tape, now=now, state="scheduled", scheduled_at=now + DAY)
    tape = save(tape, now=now, state="private", scheduled_at=now + DAY)
    assert tape.scheduled_at is None and actions.release_next(now=now + 2 * DAY) is None
    save(tape, now=now, state="scheduled", scheduled_at=now + DAY)
    actions.delete_collections(cast.marlo, collection_ids=[tape.pk], now=now)
    assert actions.release_next(now=now + 2 * DAY) is None
    assert actions.restore_collections(cast.marlo, collection_ids=[tape.pk], now=now + 2 * DAY) == 1
    tape.refresh_from_db()
    assert (tape.state, tape.scheduled_at, tape.deleted_at) == ("private", None, None)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"state": "scheduled"}, "release_on"),
        ({"state": "scheduled", "scheduled_at": "past"}, "release_on"),
        ({"state": "archived"}, "state"),
        ({"genres": ("trap", "drill", "ambient", "house")}, "genres"),
        ({"genres": ("polka",)}, "genres"),
        ({"tags": tuple(f"t{n}" for n in range(11))}, "tags"),
        ({"artists": ("nobody",)}, "artists"),
    ],
)
def test_what_cannot_be_kept_is_said(tape: Collection, now: datetime, more: dict[str, Any], field: str):
    if more.get("scheduled_at") == "past":
        more = {**more, "scheduled_at": now}
    with pytest.raises(actions.InvalidFields) as refusal:
        save(tape, now=now, **more)
    assert list(refusal.value.problems) == [field]
    tape.refresh_from_db()
    assert (tape.state, tape.tags, tape.genres.count(), tape.artists.count()) == ("private", [], 0, 0)


def test_a_new_beat_takes_over_what_it_has_not(tape: Collection, cast: Cast, now: datetime):
    artists = ("kit-nakagawa", "marlo-vane", "sable-ortiz")
    tape = save(tape, now=now, genres=("ambient", "trap"), tags=("Dusk", "dusk ", "fog"), artists=artists)
    assert tape.tags == ["dusk", "fog"]
    Artist.objects.filter(pk=cast.sable.pk).update(revoked_at=now)
    bare = replace(COMPLETE, name="Bare", genres=(), tags=())
    empty = make_draft(cast.marlo, account=cast.alice, now=now, fields=bare)
    full = make_draft(cast.marlo, account=cast.alice, now=now)
    for beat in (empty, full):
        actions.take_over(beat, collection=tape, now=now)
    assert sorted(empty.genres.values_list("slug", flat=True)) == ["ambient", "trap"]
    assert list(empty.tags.values_list("name", flat=True)) == ["dusk", "fog"]
    invited = empty.credits.filter(state="invited").values_list("artist__handle", flat=True)
    assert list(invited) == ["kit-nakagawa"]
    assert list(full.genres.values_list("slug", flat=True)) == ["trap"] and full.tags.count() == 3


def test_the_trash_lasts_thirty_days(tape: Collection, cast: Cast, now: datetime):
    beat = make_draft(cast.marlo, account=cast.alice, now=now)
    actions.add_beats(tape, beat_ids=[beat.pk], now=now)
    assert actions.delete_collections(cast.kit, collection_ids=[tape.pk], now=now) == []
    assert actions.delete_collections(cast.marlo, collection_ids=[tape.pk], now=now) == [tape.pk]
    assert not actions.purge_next_collection(now=now + 30 * DAY - timedelta(seconds=1))
    assert actions.restore_collections(cast.kit, collection_ids=[tape.pk], now=now) == 0
    assert actions.purge_next_collection(now=now + 30 * DAY)
    assert not Collection.objects.exists() and Beat.objects.get() == beat
    assert not actions.purge_next_collection(now=now + 30 * DAY)


def test_adding_and_removing_several(tape: Collection, cast: Cast, now: datetime):
    one, two = (make_draft(cast.marlo, account=cast.alice, now=now) for _ in range(2))
    theirs = make_draft(cast.kit, account=cast.bob, now=now)
    assert actions.add_beats(tape, beat_ids=[two.pk, theirs.pk, two.pk], now=now) == [two.pk]
    assert actions.add_beats(tape, beat_ids=[one.pk, two.pk], now=now) == [one.pk]
    places = tape.entries.order_by("position").values_list("beat", "position")
    assert list(places) == [(two.pk, 0), (one.pk, 1)]
    assert actions.remove_beats(tape, beat_ids=[two.pk, theirs.pk], now=now) == 1
    assert actions.remove_beats(tape, beat_ids=[two.pk], now=now) == 0
