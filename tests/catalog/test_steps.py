"""The worker's steps: claimed once, finished by the holder, resumable at any moment."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db.models import QuerySet

from backline.catalog import actions, jobs, queries
from backline.catalog.models import Recording, Step
from backline.core import files
from backline.integrations import audio
from tests.catalog.makers import make_draft, make_recording, stored_files
from tests.conftest import Cast
from tests.integrations.audio_files import write_wav

MINUTE = timedelta(minutes=1)


def stream_step(recording: Recording) -> Step:
    return Step.objects.get(recording=recording, kind="stream")


def mp3() -> Path:
    place = files.path("incoming/draft.mp3")
    place.write_bytes(b"mp3")
    return place


def test_the_worker_encodes_a_stored_recording(cast: Cast, now: datetime):
    draft = write_wav(files.path("incoming") / "take.wav")
    recording = actions.store_recording(cast.marlo, draft=draft, file_name="take.wav", now=now)
    assert jobs.process_oldest() is True
    recording.refresh_from_db()
    assert recording.stream_key == f"{recording.folder}/stream.mp3"
    assert files.path(recording.stream_key).stat().st_size > 100_000
    waiting = [step.kind for step in queries.processing(recording.pk) if step.state == "waiting"]
    assert waiting == ["fingerprint", "analysis", "preview"]
    assert stored_files() == [recording.original_key, recording.stream_key]


def test_a_step_is_claimed_once(cast: Cast, now: datetime):
    make_recording(cast.marlo, now=now, ready=False)
    assert actions.claim_step(now=now) is not None
    assert actions.claim_step(now=now) is None
    assert actions.claim_step(now=now + 9 * MINUTE) is None


def test_of_two_workers_that_saw_the_same_step_one_gets_it(
    cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
):
    make_recording(cast.marlo, now=now, ready=False)
    update, rivals = QuerySet.update, []

    def rival_first(steps: QuerySet[Step], **values: Any) -> int:
        monkeypatch.undo()
        rivals.append(actions.claim_step(now=now))
        return update(steps, **values)

    monkeypatch.setattr(QuerySet, "update", rival_first)
    assert actions.claim_step(now=now) is None
    assert [rival is not None for rival in rivals] == [True]
    assert Step.objects.get(kind="stream").attempts == 1


def test_the_oldest_goes_first_unless_the_newest_is_wanted(cast: Cast, now: datetime):
    first, second, third = (make_recording(cast.marlo, now=now, ready=False) for _ in range(3))
    claims = [actions.claim_step(now=now, newest_first=newest_first) for newest_first in (False, True, False)]
    assert [claim.recording for claim in claims if claim] == [first, third, second]


def test_a_silent_worker_loses_its_claim_after_ten_minutes_and_its_late_result_is_not_kept(
    cast: Cast, now: datetime
):
    recording = make_recording(cast.marlo, now=now, ready=False)
    lost = actions.claim_step(now=now)
    held = actions.claim_step(now=now + 11 * MINUTE)
    assert lost and held and held.attempts == 2
    assert actions.fail_step(lost, reason="late", now=now + 12 * MINUTE) is False
    assert actions.finish_stream(lost, draft=mp3(), now=now + 12 * MINUTE) is False
    assert stream_step(recording).state == "running"
    assert actions.finish_stream(held, draft=mp3(), now=now + 12 * MINUTE) is True
    recording.refresh_from_db()
    assert recording.stream_key == f"{recording.folder}/stream.mp3"


def test_a_worker_that_starts_takes_up_what_the_last_one_left(cast: Cast, now: datetime):
    recording = make_recording(cast.marlo, now=now, ready=False)
    assert actions.claim_step(now=now)
    assert actions.release_steps() == 1
    again = actions.claim_step(now=now + MINUTE)
    assert again and again.recording == recording and again.attempts == 2


def test_three_interruptions_mark_the_step_failed(cast: Cast, now: datetime):
    recording = make_recording(cast.marlo, now=now, ready=False)
    for number in range(3):
        assert actions.claim_step(now=now + number * MINUTE)
        actions.release_steps()
    assert actions.claim_step(now=now + 3 * MINUTE) is None
    step = stream_step(recording)
    assert (step.state, step.reason) == ("failed", "The worker was interrupted three times at this step.")


def test_a_failing_step_is_tried_three_times_then_fails_with_its_reason(
    cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
):
    recording = make_recording(cast.marlo, now=now, ready=False)

    def refuse(source: Path, target: Path) -> None:
        raise audio.Refused("damaged", "“take.wav” is damaged.")

    monkeypatch.setattr(audio, "encode_stream", refuse)
    assert [jobs.process_newest() for _ in range(4)] == [True, True, True, False]
    assert (stream_step(recording).state, stream_step(recording).reason) == (
        "failed",
        "“take.wav” is damaged.",
    )
    assert stored_files() == []


def test_a_failure_of_ours_is_not_shown_as_the_files(
    cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
):
    recording = make_recording(cast.marlo, now=now, ready=False)
    monkeypatch.setattr(audio, "encode_stream", lambda source, target: 1 / 0)
    jobs.process_oldest()
    assert stream_step(recording).reason == "This step failed for a reason on our side. Try again later."


def test_retry_gives_a_failed_step_three_new_tries_and_repeating_it_changes_nothing(
    cast: Cast, now: datetime
):
    recording = make_draft(cast.marlo, account=cast.alice, now=now, ready=False).recording
    Step.objects.filter(recording=recording, kind="stream").update(state="failed", reason="x", attempts=3)
    assert actions.retry_step(recording, kind="stream") is True
    assert actions.retry_step(recording, kind="stream") is False
    step = stream_step(recording)
    assert (step.state, step.attempts, step.reason) == ("waiting", 0, "")


def test_the_worker_measures_a_stored_recording(cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch):
    draft = write_wav(files.path("incoming") / "take.wav")
    recording = actions.store_recording(cast.marlo, draft=draft, file_name="take.wav", now=now)
    assert jobs.process_newest() is True
    recording.refresh_from_db()
    assert recording.loudness_lufs is not None and -40 < recording.loudness_lufs < 0
    assert recording.keys and all(0 <= key < 12 for key, _, _ in recording.keys)
    waiting = [step.kind for step in queries.processing(recording.pk) if step.state == "waiting"]
    assert waiting == ["stream", "preview"]


def test_a_measurement_that_lost_its_claim_is_not_kept(cast: Cast, now: datetime):
    recording = make_recording(cast.marlo, now=now)
    Step.objects.create(recording=recording, kind="analysis")
    lost = actions.claim_step(now=now)
    held = actions.claim_step(now=now + 11 * MINUTE)
    assert lost is not None and held is not None
    measured = audio.Analysis((audio.Tempo(140, 140.1, 0.9),), (), -9.0, -0.1, b"", ())
    other = audio.Analysis((), (), None, None, b"", ())
    assert actions.finish_analysis(lost, analysis=other, now=now) is False
    assert actions.finish_analysis(held, analysis=measured, now=now) is True
    recording.refresh_from_db()
    assert recording.tempi == [[140, 0.9]] and recording.loudness_lufs == -9.0
