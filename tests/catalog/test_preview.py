"""The tagged preview as a step of the worker: last of all, after its stream, and made again when wanted."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from backline.catalog import actions, jobs, queries
from backline.catalog.models import Recording, Step, UploadDefaults
from backline.core import files
from backline.integrations import audio
from tests.catalog.makers import make_recording, stored_files
from tests.conftest import Cast
from tests.integrations.audio_files import write_wav


def uploaded(cast: Cast, now: datetime) -> Recording:
    draft = write_wav(files.path("incoming") / "take.wav")
    return actions.store_recording(cast.marlo, draft=draft, file_name="take.wav", now=now)


def test_the_worker_makes_every_step_in_turn_and_nothing_else_stays(cast: Cast, now: datetime):
    recording = uploaded(cast, now)
    made: list[str] = []
    while jobs.process_oldest():
        made += [
            step.kind for step in Step.objects.filter(state="done").exclude(kind__in=["waveform", *made])
        ]
    assert made == ["stream", "analysis", "preview"]
    recording.refresh_from_db()
    assert recording.preview_key == f"{recording.folder}/preview.mp3"
    assert stored_files() == [recording.original_key, recording.preview_key, recording.stream_key]
    shown = queries.processing(recording.pk)
    assert [step.kind for step in shown] == [
        "check", "fingerprint", "analysis", "waveform", "stream", "preview"
    ]  # fmt: skip
    assert {step.state for step in shown} == {"done"}


def test_previews_wait_until_nothing_else_does(cast: Cast, now: datetime):
    first, second = make_recording(cast.marlo, now=now), make_recording(cast.marlo, now=now, ready=False)
    Step.objects.create(recording=first, kind=Step.Kind.PREVIEW)
    claims = [actions.claim_step(now=now, newest_first=newest) for newest in (False, True)]
    assert [(c.recording, c.kind) for c in claims if c] == [(second, "stream"), (first, "preview")]


def test_without_its_stream_a_preview_is_not_begun(cast: Cast, now: datetime):
    recording = make_recording(cast.marlo, now=now, ready=False)
    Step.objects.create(recording=recording, kind=Step.Kind.PREVIEW)
    Step.objects.filter(kind=Step.Kind.STREAM).update(state=Step.State.FAILED, reason="damaged")
    assert actions.claim_step(now=now) is None
    last = queries.processing(recording.pk)[-1]
    assert (last.state, last.note, last.is_over, last.can_retry) == (
        "waiting", "Needs the stream first", True, False
    )  # fmt: skip


def test_a_failed_preview_says_why_and_can_be_tried_again(
    cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
):
    recording = make_recording(cast.marlo, now=now)
    Step.objects.create(recording=recording, kind=Step.Kind.PREVIEW)

    def refuse(*_paths: Path, **_more: Any) -> None:
        raise audio.Refused("damaged", "“take.wav” is damaged.")

    monkeypatch.setattr(audio, "encode_preview", refuse)
    assert [jobs.process_oldest() for _ in range(4)] == [True, True, True, False]
    last = queries.processing(recording.pk)[-1]
    assert (last.state, last.note, last.can_retry) == ("failed", "“take.wav” is damaged.", True)
    assert actions.retry_step(recording, kind="preview") is True
    assert stored_files() == []


def test_the_artists_own_tag_is_used(cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch):
    recording = make_recording(cast.marlo, now=now)
    Step.objects.create(recording=recording, kind=Step.Kind.PREVIEW)
    UploadDefaults.objects.create(artist=cast.marlo, tag_key="tags/1/tag.wav", updated_at=now)
    used = []

    def note(*_paths: Path, tag: Path | None, **_more: Any) -> None:
        used.append(tag)

    monkeypatch.setattr(audio, "encode_preview", note)
    jobs.process_oldest()
    assert used == [files.path("tags/1/tag.wav")]


def test_a_preview_that_is_to_be_made_anew_meanwhile_is_not_kept(cast: Cast, now: datetime):
    recording = make_recording(cast.marlo, now=now)
    Step.objects.create(recording=recording, kind=Step.Kind.PREVIEW)
    claim = actions.claim_step(now=now)
    assert claim is not None
    actions.drop_voice_tag(cast.marlo, now=now, remake=True)
    draft = files.path("incoming/p.mp3")
    draft.write_bytes(b"mp3")
    assert actions.finish_preview(claim, draft=draft, now=now) is False
    assert Step.objects.get(kind="preview").state == "waiting"
