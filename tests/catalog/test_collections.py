"""Collections and what is in them."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from backline.catalog import actions
from tests.catalog.makers import make_draft
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
