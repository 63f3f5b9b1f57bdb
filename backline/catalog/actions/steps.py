"""The worker's steps: claimed by a conditional UPDATE, finished only by the one who holds the claim."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.db.models import F, Q, QuerySet

from backline.catalog.models import Recording, Step
from backline.core import files
from backline.integrations import audio

MOST_ATTEMPTS = 3
CLAIM_LASTS = timedelta(minutes=10)
GAVE_UP = "The worker was interrupted three times at this step."


@dataclass(frozen=True)
class Claim:
    """One step in hand: its number and kind, its recording, and the instant that makes the claim ours."""

    step_id: int
    kind: Step.Kind
    recording: Recording
    claimed_at: datetime
    attempts: int


def claim_step(*, now: datetime, newest_first: bool = False) -> Claim | None:
    """Takes a waiting step, or a running one whose worker has been silent for ten minutes; None when there is none.

    The oldest goes first. A second lane takes the newest, so that one new upload need not wait for a long queue.
    Previews are made when nothing else waits: until then the stream, which they need, is played in their place.

    A step that was taken three times without an answer is marked failed instead of taken again.
    """
    lost = Q(state=Step.State.RUNNING, claimed_at__lt=now - CLAIM_LASTS)
    open_steps = Step.objects.filter(Q(state=Step.State.WAITING) | lost)
    open_steps = open_steps.order_by("-id" if newest_first else "id")
    preview = Q(kind=Step.Kind.PREVIEW)
    first = _claim(open_steps.exclude(preview), now)
    return first or _claim(open_steps.filter(preview).exclude(recording__stream_key=""), now)


def finish_stream(claim: Claim, *, draft: Path, now: datetime) -> bool:
    """Keeps the encoded stream `draft` beside the original; says whether the claim still held.

    The file's place follows from the recording's: a crash before the row is written leaves a file that the next
    attempt replaces, never one that nobody knows of.
    """
    return _finish_file(claim, draft, name="stream", now=now)


def finish_preview(claim: Claim, *, draft: Path, now: datetime) -> bool:
    """Keeps the tagged preview `draft` beside the original, as `finish_stream` does the stream."""
    return _finish_file(claim, draft, name="preview", now=now)


def finish_analysis(claim: Claim, *, analysis: audio.Analysis, now: datetime) -> bool:
    """Stores what was measured beside the recording; says whether the claim still held."""
    with transaction.atomic():
        if not _end(claim, now=now):
            return False
        Recording.objects.filter(pk=claim.recording.pk).update(
            tempi=[[tempo.bpm, tempo.confidence] for tempo in analysis.tempi],
            keys=[[key.key, key.scale, key.confidence] for key in analysis.keys],
            loudness_lufs=analysis.loudness_lufs,
            true_peak_dbtp=analysis.true_peak_dbtp,
        )
    return True


def fail_step(claim: Claim, *, reason: str, now: datetime) -> bool:
    """Puts the step back for another try, or marks it failed after the third; says whether the claim still held."""
    if claim.attempts < MOST_ATTEMPTS:
        return bool(_held(claim).update(state=Step.State.WAITING, reason=reason[:300]))
    return bool(_held(claim).update(state=Step.State.FAILED, reason=reason[:300], ended_at=now))


def retry_step(recording: Recording, *, kind: str) -> bool:
    """Lets a failed step wait for the worker again, with three new tries; says whether there was one to retry."""
    failed = Step.objects.filter(recording=recording, kind=kind, state=Step.State.FAILED)
    return bool(
        failed.update(state=Step.State.WAITING, reason="", attempts=0, claimed_at=None, ended_at=None)
    )


def release_steps() -> int:
    """Gives up all claims, for a worker that starts: what ran when the last one was stopped need not wait.

    A second worker that is alive loses its claims too; the work is then done twice and kept once.
    """
    return Step.objects.filter(state=Step.State.RUNNING).update(state=Step.State.WAITING)


def _claim(steps: QuerySet[Step], now: datetime) -> Claim | None:
    for step in steps[:8]:
        same = Step.objects.filter(pk=step.pk, state=step.state, claimed_at=step.claimed_at)
        if step.attempts >= MOST_ATTEMPTS:
            same.update(state=Step.State.FAILED, reason=GAVE_UP, ended_at=now)
        elif same.update(state=Step.State.RUNNING, claimed_at=now, attempts=F("attempts") + 1):
            recording = Recording.objects.defer("peaks").get(pk=step.recording_id)
            return Claim(step.pk, Step.Kind(step.kind), recording, now, step.attempts + 1)
    return None


def _finish_file(claim: Claim, draft: Path, *, name: str, now: datetime) -> bool:
    key = f"{claim.recording.folder}/{name}{draft.suffix}"
    files.keep(draft, key)
    with transaction.atomic():
        if not _end(claim, now=now):
            return False
        Recording.objects.filter(pk=claim.recording.pk).update(**{f"{name}_key": key})
    return True


def _held(claim: Claim) -> QuerySet[Step]:
    return Step.objects.filter(pk=claim.step_id, state=Step.State.RUNNING, claimed_at=claim.claimed_at)


def _end(claim: Claim, *, now: datetime) -> bool:
    return bool(_held(claim).update(state=Step.State.DONE, reason="", ended_at=now))
