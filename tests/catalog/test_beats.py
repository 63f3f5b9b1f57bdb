"""Drafts, edits and publishing."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from backline.catalog import actions
from backline.catalog.actions import BeatFields, EditedMeanwhile, Incomplete, InvalidFields
from backline.catalog.fields import fields_of
from backline.catalog.models import Beat, UploadQuarter
from tests.catalog.makers import COMPLETE, make_draft, make_public, make_recording
from tests.conftest import NOW, Cast

HOUR = timedelta(hours=1)


def test_a_new_beat_is_a_draft_named_after_its_file_with_a_drawn_cover(cast: Cast, now: datetime):
    recording = make_recording(cast.marlo, now=now, file_name="Marlo Vane - Undertow_v2.wav")
    beat = actions.create_beat(cast.marlo, recording=recording, account=cast.alice, now=now)
    assert (beat.name, beat.state, beat.first_published_at) == ("Undertow", "draft", None)
    assert beat.cover_style and beat.cover_seed.startswith("any/")
    assert {part.field for part in fields_of(beat).missing()} == {
        "genres", "bpm", "key", "scale", "sample_status", "ai_declaration",
    }  # fmt: skip


def test_another_artists_recording_is_refused(cast: Cast, now: datetime):
    recording = make_recording(cast.kit, now=now)
    with pytest.raises(ValueError, match="another artist"):
        actions.create_beat(cast.marlo, recording=recording, account=cast.alice, now=now)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "x" * 256),
        ("description", "x" * 2001),
        ("genres", ("trap", "drill", "house", "techno")),
        ("genres", ("no-such-genre",)),
        ("tags", tuple("abcdefghijk")),
        ("bpm", 39),
        ("bpm", 241),
        ("key", 12),
        ("scale", "dorian"),
        ("sample_status", "maybe"),
        ("ai_declaration", "generated"),
        ("ai_note", "x" * 501),
    ],
)
def test_values_that_cannot_be_kept_are_refused_by_field_and_change_nothing(
    cast: Cast, now: datetime, field: str, value: Any
):
    beat = make_draft(cast.marlo, account=cast.alice, now=now)
    with pytest.raises(InvalidFields) as refusal:
        actions.update_beat(
            beat, fields=replace(COMPLETE, **{field: value}), seen_at=beat.updated_at, now=now + HOUR
        )
    assert list(refusal.value.problems) == [field]
    assert fields_of(Beat.objects.get(pk=beat.pk)) == COMPLETE


def test_saving_keeps_every_field_tidied(cast: Cast, now: datetime):
    beat = make_draft(cast.marlo, account=cast.alice, fields=BeatFields(), now=now)
    wanted = replace(COMPLETE, name="  Low   Tide ", tags=("Dark", "dark", "#Sub_Bass"), sample_note=" a  b ")
    saved = actions.update_beat(beat, fields=wanted, seen_at=beat.updated_at, now=now + HOUR)
    assert fields_of(saved) == replace(COMPLETE, tags=("dark", "sub bass"), sample_note="a b")
    assert (saved.updated_at, saved.cover_seed.partition("/")[0]) == (now + HOUR, "trap")


def test_an_emptied_name_falls_back_to_the_files(cast: Cast, now: datetime):
    beat = make_draft(cast.marlo, account=cast.alice, now=now)
    saved = actions.update_beat(beat, fields=replace(COMPLETE, name=" "), seen_at=beat.updated_at, now=now)
    assert saved.name == "Low Tide"


def test_of_two_edits_at_once_the_second_is_told_and_changes_nothing(cast: Cast, now: datetime):
    beat = make_draft(cast.marlo, account=cast.alice, now=now)
    seen_at = beat.updated_at
    # Even within one tick of the clock the second form is an old one.
    actions.update_beat(beat, fields=replace(COMPLETE, name="First"), seen_at=seen_at, now=now)
    with pytest.raises(EditedMeanwhile):
        actions.update_beat(beat, fields=replace(COMPLETE, name="Second", bpm=99), seen_at=seen_at, now=now)
    kept = Beat.objects.get(pk=beat.pk)
    assert (kept.name, kept.bpm) == ("First", 140)


def test_publishing_an_incomplete_draft_names_what_is_missing(cast: Cast, now: datetime):
    fields = replace(COMPLETE, bpm=None, genres=(), ai_declaration="assisted")
    beat = make_draft(cast.marlo, account=cast.alice, fields=fields, now=now)
    with pytest.raises(Incomplete) as refusal:
        actions.publish_beat(beat, now=now)
    assert [part.field for part in refusal.value.missing] == [
        "genres",
        "bpm",
        "ai_tool",
        "ai_note",
        "ai_rights",
    ]
    assert Beat.objects.get(pk=beat.pk).state == "draft"


def test_publishing_twice_is_publishing_once(cast: Cast, now: datetime):
    beat = make_draft(cast.marlo, account=cast.alice, now=now)
    actions.publish_beat(beat, now=now)
    again = actions.publish_beat(beat, now=now + HOUR)
    assert (again.state, again.published_at, again.first_published_at) == ("public", now, now)
    assert list(UploadQuarter.objects.values_list("at", "beats")) == [(now, 1)]


def test_a_beat_published_again_keeps_its_first_date(cast: Cast, now: datetime):
    beat = make_public(cast.marlo, account=cast.alice, now=now)
    assert actions.unpublish_beat(beat, now=NOW).state == "draft"
    assert actions.unpublish_beat(beat, now=NOW).state == "draft"
    again = actions.publish_beat(beat, now=now + HOUR)
    assert (again.published_at, again.first_published_at) == (now + HOUR, now)
    assert sum(UploadQuarter.objects.values_list("beats", flat=True)) == 1


def test_a_public_beat_cannot_lose_what_publishing_demands(cast: Cast, now: datetime):
    beat = make_public(cast.marlo, account=cast.alice, now=now)
    with pytest.raises(Incomplete):
        actions.update_beat(beat, fields=replace(COMPLETE, bpm=None), seen_at=beat.updated_at, now=now + HOUR)
    kept = Beat.objects.get(pk=beat.pk)
    assert (kept.bpm, kept.updated_at) == (140, now)


def test_a_beat_may_be_published_before_its_stream_is_ready(cast: Cast, now: datetime):
    beat = make_draft(cast.marlo, account=cast.alice, ready=False, now=now)
    assert actions.publish_beat(beat, now=now).is_public
