"""A beat's life: scheduled, private, archived, deleted, and what a sale leaves of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from backline.catalog import actions, jobs
from backline.catalog.actions import Incomplete, InThePast, NotPossible, Sold, SoldOrLicensed
from backline.catalog.fields import fields_of
from backline.catalog.models import Beat, BeatChange, Entry, Fingerprint, PrivateLink, Recording
from backline.core import clock
from backline.outbox.models import Notification
from tests.catalog.makers import COMPLETE, make_draft, make_public, make_recording
from tests.conftest import Cast

HOUR = timedelta(hours=1)
Act = Callable[..., object]


@pytest.fixture
def draft(cast: Cast, now: datetime) -> Beat:
    return make_draft(cast.marlo, account=cast.alice, now=now)


@pytest.fixture
def public(cast: Cast, now: datetime) -> Beat:
    return make_public(cast.marlo, account=cast.alice, now=now)


def state(beat: Beat) -> str:
    return Beat.objects.get(pk=beat.pk).state


def test_a_scheduled_beat_is_published_at_its_time_and_not_before(
    draft: Beat, now: datetime, monkeypatch: pytest.MonkeyPatch
):
    actions.schedule_beat(draft, at=now + HOUR, now=now)
    monkeypatch.setattr(clock, "now", lambda: now + HOUR - timedelta(seconds=1))
    assert jobs.publish_scheduled() is False and state(draft) == "scheduled"
    monkeypatch.setattr(clock, "now", lambda: now + HOUR)
    assert [jobs.publish_scheduled() for _ in range(2)] == [True, False]
    beat = Beat.objects.get(pk=draft.pk)
    assert (beat.state, beat.first_published_at, beat.scheduled_at) == ("public", now + HOUR, None)


def test_what_lacks_something_at_its_time_becomes_a_draft_and_the_owner_is_told(
    draft: Beat, cast: Cast, now: datetime
):
    actions.schedule_beat(draft, at=now + HOUR, now=now)
    Beat.objects.filter(pk=draft.pk).update(bpm=None)
    assert actions.publish_next(now=now + HOUR) is True
    assert state(draft) == "draft"
    told = Notification.objects.get()
    assert (told.account_id, told.kind) == (cast.alice.pk, "schedule_failed") and "BPM" in told.text


@pytest.mark.parametrize("late", [timedelta(0), -HOUR])
def test_the_past_is_refused(draft: Beat, now: datetime, late: timedelta):
    with pytest.raises(InThePast):
        actions.schedule_beat(draft, at=now + late, now=now)
    assert state(draft) == "draft"


def test_an_incomplete_or_public_beat_is_not_scheduled(draft: Beat, public: Beat, now: datetime):
    Beat.objects.filter(pk=draft.pk).update(bpm=None)
    with pytest.raises(Incomplete):
        actions.schedule_beat(draft, at=now + HOUR, now=now)
    with pytest.raises(NotPossible, match="public already"):
        actions.schedule_beat(public, at=now + HOUR, now=now)


def test_a_scheduled_beat_keeps_what_publishing_demands_until_the_schedule_is_cancelled(
    draft: Beat, now: datetime
):
    beat = actions.schedule_beat(draft, at=now + HOUR, now=now)
    with pytest.raises(Incomplete):
        actions.update_beat(beat, fields=replace(COMPLETE, bpm=None), seen_at=beat.updated_at, now=now)
    assert actions.cancel_schedule(beat, now=now).state == "draft"
    assert actions.publish_next(now=now + HOUR) is False


def test_a_private_link_lasts_until_it_is_replaced_revoked_or_the_beat_is_public(public: Beat, now: datetime):
    first = actions.make_private(public, now=now)
    assert actions.make_private(public, now=now) == first and state(public) == "private"
    assert len(first.token) == 43
    second = actions.new_private_link(public, now=now)
    assert second.token != first.token
    assert [actions.revoke_private_link(public, now=now) for _ in range(2)] == [True, False]
    actions.new_private_link(public, now=now)
    actions.publish_beat(public, now=now)
    assert not PrivateLink.objects.filter(revoked_at=None).exists()
    with pytest.raises(NotPossible):
        actions.new_private_link(public, now=now)


def test_the_archive_gives_back_what_it_took(public: Beat, draft: Beat, now: datetime):
    for beat, before in ((public, "public"), (draft, "draft")):
        assert [actions.archive_beat(beat, now=now).state for _ in range(2)] == ["archived"] * 2
        assert not Beat.objects.public().filter(pk=beat.pk).exists()
        with pytest.raises(NotPossible, match="archive"):
            actions.publish_beat(beat, now=now)
        assert [actions.unarchive_beat(beat, now=now).state for _ in range(2)] == [before] * 2
    assert Beat.objects.get(pk=public.pk).first_published_at == now


def test_an_archived_beat_that_lacks_something_comes_back_as_a_draft(public: Beat, now: datetime):
    actions.archive_beat(public, now=now)
    Beat.objects.filter(pk=public.pk).update(bpm=None)
    assert actions.unarchive_beat(public, now=now).state == "draft"


def test_a_deleted_beat_is_had_back_as_it_was(public: Beat, now: datetime):
    assert [actions.delete_beat(public, now=now).deleted_at for _ in range(2)] == [now, now]
    assert not Beat.objects.public().exists() and Beat.objects.trashed().count() == 1
    back = [actions.restore_beat(public, now=now) for _ in range(2)]
    assert [(beat.state, beat.deleted_at) for beat in back] == [("public", None)] * 2


def test_a_schedule_that_was_over_in_the_trash_publishes_nothing(draft: Beat, now: datetime):
    actions.schedule_beat(draft, at=now + HOUR, now=now)
    actions.delete_beat(draft, now=now)
    assert actions.publish_next(now=now + HOUR) is False
    assert actions.restore_beat(draft, now=now + HOUR).state == "draft"


def test_after_thirty_days_a_deleted_beat_is_gone_but_for_its_name(public: Beat, cast: Cast, now: datetime):
    collection = actions.create_collection(cast.marlo, name="Tides", kind="ep", now=now)
    actions.add_to_collection(collection, beat=public, now=now)
    Fingerprint.objects.create(recording=public.recording, words=b"")
    actions.delete_beat(public, now=now)
    days = timedelta(days=30)
    assert actions.purge_next(now=now + days - HOUR) is False
    assert [actions.purge_next(now=now + days) for _ in range(2)] == [True, False]
    beat = Beat.objects.get(pk=public.pk)
    assert (beat.name, beat.purged_at, beat.recording.stream_key) == ("Low Tide", now + days, "")
    assert not Entry.objects.exists() and not Fingerprint.objects.exists()
    assert not Beat.objects.trashed().exists()
    with pytest.raises(NotPossible, match="gone"):
        actions.restore_beat(beat, now=now + days)


def test_what_was_licensed_is_archived_and_not_deleted(public: Beat, now: datetime):
    actions.mark_licensed(public.pk, now=now)
    with pytest.raises(SoldOrLicensed, match="archived"):
        actions.delete_beat(public, now=now)
    assert actions.archive_beat(public, now=now).state == "archived"


def test_after_an_exclusive_sale_only_the_cover_changes(public: Beat, cast: Cast, now: datetime):
    actions.mark_sold(public.pk, now=now)
    public.refresh_from_db()
    same = fields_of(public)
    public = actions.update_beat(public, fields=same, seen_at=public.updated_at, now=now)
    actions.choose_cover_style(public, style="rings", now=now)
    refused: list[Act] = [
        lambda: actions.update_beat(
            public, fields=replace(same, name="New"), seen_at=public.updated_at, now=now
        ),
        lambda: actions.replace_audio(public, recording=make_recording(cast.marlo, now=now), now=now),
        lambda: actions.publish_beat(actions.unpublish_beat(public, now=now), now=now),
    ]
    for act in refused:
        with pytest.raises(Sold):
            act()
    actions.mark_unsold(public.pk)
    assert actions.publish_beat(public, now=now).state == "public"


def test_other_audio_keeps_the_beat_and_lets_the_old_file_go(public: Beat, cast: Cast, now: datetime):
    old = public.recording_id
    new = make_recording(cast.marlo, now=now, file_name="better.wav", ready=False)
    for _ in range(2):
        beat = actions.replace_audio(public, recording=new, now=now, by=cast.alice)
    assert (beat.recording_id, beat.state, beat.first_published_at) == (new.pk, "public", now)
    assert not Recording.objects.filter(pk=old).exists()
    change = BeatChange.objects.get(field="audio")
    assert (change.before, change.after, change.by) == ("low-tide.wav", "better.wav", cast.alice)
    with pytest.raises(ValueError, match="another artist"):
        actions.replace_audio(public, recording=make_recording(cast.kit, now=now), now=now)


def test_who_has_a_licence_keeps_the_file(public: Beat, cast: Cast, now: datetime):
    old = public.recording_id
    actions.mark_licensed(public.pk, now=now)
    actions.replace_audio(public, recording=make_recording(cast.marlo, now=now), now=now)
    assert Recording.objects.filter(pk=old).exists()


def test_many_at_once_say_what_became_of_each(public: Beat, draft: Beat, cast: Cast, now: datetime):
    other = make_draft(cast.sable, account=cast.charlie, now=now)
    actions.mark_licensed(public.pk, now=now)
    ids = [public.pk, draft.pk, other.pk]
    gone = actions.delete_beats(cast.marlo, beat_ids=ids, now=now, by=cast.alice)
    assert (gone.done, list(gone.refused)) == ((draft.pk,), [public.pk])
    assert "archived" in gone.refused[public.pk] and state(other) == "draft"
    assert actions.restore_beats(cast.marlo, beat_ids=ids, now=now).done == (draft.pk,)
    assert actions.archive_beats(cast.marlo, beat_ids=ids, now=now).done == (public.pk, draft.pk)
    assert actions.unarchive_beats(cast.marlo, beat_ids=ids, now=now).done == (public.pk, draft.pk)


def test_licensing_of_many_asks_public_ones_for_an_offer(
    public: Beat, draft: Beat, cast: Cast, now: datetime
):
    ids = [public.pk, draft.pk]
    outcome = actions.set_licensing_of(cast.marlo, beat_ids=ids, licensing="exclusive", now=now)
    assert (outcome.done, list(outcome.refused)) == ((draft.pk,), [public.pk])
    changed = Beat.objects.get(pk=draft.pk)
    assert (changed.licensing, changed.licensing_complete) == ("exclusive", False)
    with pytest.raises(Incomplete, match="offer"):
        actions.publish_beat(changed, now=now)
    with pytest.raises(ValueError, match="free"):
        actions.set_licensing_of(cast.marlo, beat_ids=ids, licensing="free", now=now)


def test_the_history_says_who_changed_what(draft: Beat, cast: Cast, now: datetime):
    fields = replace(COMPLETE, name="High Tide", genres=("drill",))
    beat = actions.update_beat(draft, fields=fields, seen_at=draft.updated_at, now=now, by=cast.bob)
    actions.publish_beat(beat, now=now, by=cast.alice)
    rows = BeatChange.objects.order_by("id").values_list("by__name", "field", "before", "after")
    assert list(rows) == [
        ("Bob", "name", "Low Tide", "High Tide"),
        ("Bob", "genres", "trap", "drill"),
        ("Alice", "state", "Draft", "Public"),
    ]
