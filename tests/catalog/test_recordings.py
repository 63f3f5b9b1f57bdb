"""Storing an upload: whole or not at all."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError

from backline.catalog import actions, jobs
from backline.catalog.actions import UploadRefused, recordings
from backline.catalog.models import Beat, Recording, Step
from backline.core import files
from tests.catalog.makers import COMPLETE, nothing_is_stored, picture, stored_files
from tests.conftest import Cast
from tests.integrations.audio_files import write_wav, write_with_soundfile

GIVEN = 31


def upload(folder: str = "incoming", *, name: str = "take.wav", seconds: float = GIVEN) -> Path:
    return write_wav(files.path(folder) / name, seconds)


def test_a_wav_is_kept_with_its_facts_its_waveform_and_a_waiting_stream(cast: Cast, now: datetime):
    draft = upload()
    content = draft.read_bytes()
    recording = actions.store_recording(cast.marlo, draft=draft, file_name="take one.wav", now=now)
    recording.refresh_from_db()
    assert (recording.container, recording.channels, recording.rate) == ("wav", 1, 8000)
    assert (recording.duration_ms, recording.size_bytes) == (31_000, len(content))
    assert recording.peaks is not None and len(recording.peaks) == 1200
    assert files.path(recording.original_key).read_bytes() == content
    assert stored_files() == [recording.original_key]
    states = dict(Step.objects.values_list("kind", "state"))
    waiting = dict.fromkeys(("stream", "analysis", "preview"), "waiting")
    assert states == {"waveform": "done", **waiting}


def test_a_flac_is_known_by_its_content_whatever_it_is_called(cast: Cast, now: datetime):
    draft = write_with_soundfile(files.path("incoming") / "x.flac")
    recording = actions.store_recording(cast.marlo, draft=draft, file_name="take.wav", now=now)
    assert recording.original_key.endswith("/original.flac")


def test_a_refused_file_leaves_only_the_draft_to_its_caller(cast: Cast, now: datetime):
    draft = upload(seconds=10)
    with pytest.raises(UploadRefused, match=r"take\.wav.* is 10 s long") as refusal:
        actions.store_recording(cast.marlo, draft=draft, file_name="take.wav", now=now)
    assert refusal.value.code == "too_short"
    assert draft.exists()
    draft.unlink()
    assert nothing_is_stored()


@pytest.mark.parametrize("field", ["can_upload", "revoked_at"])
def test_an_artist_who_may_not_upload_is_told_before_anything_is_read(cast: Cast, now: datetime, field: str):
    setattr(cast.marlo, field, False if field == "can_upload" else now)
    with pytest.raises(UploadRefused, match="Marlo Vane cannot upload"):
        actions.store_recording(cast.marlo, draft=Path("/nowhere"), file_name="take.wav", now=now)


def test_when_the_row_cannot_be_written_the_file_goes_too(
    cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
):
    def fail(*_args: object, **_more: object) -> Recording:
        raise DatabaseError("disk full")

    monkeypatch.setattr(recordings, "create_recording", fail)
    with pytest.raises(DatabaseError):
        actions.store_recording(cast.marlo, draft=upload(), file_name="take.wav", now=now)
    assert nothing_is_stored()


def test_an_upload_becomes_a_draft_with_cover_and_own_credit(cast: Cast, now: datetime, tmp_path: Path):
    cover = actions.check_cover(picture(tmp_path / "c.png"), file_name="c.png")
    beat = actions.upload_beat(
        cast.marlo, draft=upload(), file_name="night_bus_140_Fm.wav", cover=cover, account=cast.alice, now=now
    )
    assert (beat.name, beat.state, beat.created_by) == ("Night Bus", "draft", cast.alice)
    assert [(c.artist, c.state) for c in beat.credits.all()] == [(cast.marlo, "accepted")]
    assert [key for key in stored_files() if key.startswith("covers/")] == [
        f"{beat.cover_key}/{size}.webp" for size in (320, 800, 96)
    ]


def test_an_upload_whose_beat_cannot_be_made_leaves_nothing(
    cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
):
    from backline.catalog.actions import uploads

    def fail(*_args: object, **_more: object) -> Beat:
        raise DatabaseError("disk full")

    monkeypatch.setattr(uploads, "create_beat", fail)
    with pytest.raises(DatabaseError):
        actions.upload_beat(cast.marlo, draft=upload(), file_name="a.wav", account=cast.alice, now=now)
    assert nothing_is_stored()


def test_fields_that_cannot_be_kept_are_refused_before_the_audio_is_read(cast: Cast, now: datetime):
    from dataclasses import replace

    with pytest.raises(actions.InvalidFields) as refusal:
        actions.upload_beat(
            cast.marlo, draft=Path("/nowhere"), file_name="a.wav", fields=replace(COMPLETE, bpm=999),
            account=cast.alice, now=now,
        )  # fmt: skip
    assert "bpm" in refusal.value.problems


def test_the_sweep_removes_what_a_crash_left_and_nothing_else(cast: Cast, now: datetime):
    kept = actions.store_recording(cast.marlo, draft=upload(), file_name="take.wav", now=now)
    upload(name="broken-off.wav")
    upload(name="new.wav")
    files.write("recordings/orphan/original.wav", b"x")
    files.write("recordings/young/original.wav", b"x")
    files.write("covers/orphan/96.webp", b"x")
    long_ago = (
        datetime.fromtimestamp(os.stat(files.path("recordings")).st_mtime, now.tzinfo) - timedelta(days=1)
    ).timestamp()
    for key in ("incoming/broken-off.wav", "recordings/orphan", "covers/orphan", kept.folder):
        os.utime(files.path(key), (long_ago, long_ago))
    assert jobs.sweep() is False
    assert stored_files() == ["incoming/new.wav", kept.original_key, "recordings/young/original.wav"]
