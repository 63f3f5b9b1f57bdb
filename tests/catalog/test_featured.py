"""The featured beat: chosen, changed, refused, shown only while everybody can hear it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from backline.catalog import actions
from backline.catalog.models import Beat, Featured
from backline.catalog.queries import featured_beat
from tests.catalog.makers import make_draft, make_public
from tests.conftest import NOW, Cast


def test_one_beat_of_an_artist_is_featured(cast: Cast, now: datetime):
    first, second = (make_public(cast.marlo, account=cast.alice, now=now) for _ in range(2))
    later = now + timedelta(hours=1)
    actions.feature_beat(first, by=cast.alice, now=now)
    assert actions.feature_beat(first, by=cast.bob, now=later).at == now
    actions.feature_beat(second, by=cast.bob, now=later)
    row = Featured.objects.get()
    assert (row.beat_id, row.by, row.at) == (second.pk, cast.bob, later)
    actions.stop_featuring(cast.marlo)
    actions.stop_featuring(cast.marlo)
    assert featured_beat(cast.marlo.pk) is None


def test_what_nobody_can_hear_is_refused(cast: Cast, now: datetime):
    draft = make_draft(cast.marlo, account=cast.alice, now=now)
    with pytest.raises(actions.CannotFeature, match="not public"):
        actions.feature_beat(draft, by=cast.alice, now=now)
    public = make_public(cast.marlo, account=cast.alice, now=now)
    public.recording.stream_key = ""
    with pytest.raises(actions.CannotFeature, match="cannot be played yet"):
        actions.feature_beat(public, by=cast.alice, now=now)
    assert not Featured.objects.exists()


def test_it_is_shown_while_public_and_gone_with_the_beat(cast: Cast, now: datetime):
    beat = make_public(cast.marlo, account=cast.alice, now=now)
    actions.feature_beat(beat, by=cast.alice, now=now)
    chosen = featured_beat(cast.marlo.pk)
    assert chosen is not None and chosen.shown
    actions.unpublish_beat(beat, now=NOW)
    chosen = featured_beat(cast.marlo.pk)
    assert chosen is not None and not chosen.shown
    Beat.objects.filter(pk=beat.pk).update(deleted_at=now)
    assert featured_beat(cast.marlo.pk) is None
