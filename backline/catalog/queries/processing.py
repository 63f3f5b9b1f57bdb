"""How far the worker is with a beat's recording."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.db.models import Count

from backline.catalog.models import Fingerprint, Step

NOTES = {
    (
        Step.Kind.PREVIEW,
        Step.State.WAITING,
    ): "The stream with a voice tag, for visitors; waits for the worker",
    (Step.Kind.PREVIEW, Step.State.RUNNING): "The stream with a voice tag, for visitors",
    (Step.Kind.PREVIEW, Step.State.DONE): "Visitors and free accounts hear it",
    (Step.Kind.WAVEFORM, Step.State.DONE): "Measured over the whole length",
    (Step.Kind.STREAM, Step.State.WAITING): "MP3, 128 kbit/s; waits for the worker",
    (Step.Kind.STREAM, Step.State.RUNNING): "MP3, 128 kbit/s",
    (Step.Kind.STREAM, Step.State.DONE): "MP3, 128 kbit/s",
    (Step.Kind.ANALYSIS, Step.State.WAITING): "Tempo, key, loudness",
    (Step.Kind.ANALYSIS, Step.State.RUNNING): "Tempo, key, loudness",
    (Step.Kind.ANALYSIS, Step.State.DONE): "Tempo and key are offered below",
}


ORDER = (Step.Kind.ANALYSIS, Step.Kind.WAVEFORM, Step.Kind.STREAM, Step.Kind.PREVIEW)
CHECK = "Decoded from beginning to end; nothing is missing"
COMPARED = "Compared with every beat here"


@dataclass(frozen=True)
class StepState:
    """One step: `state` is waiting, running, done or failed; `note` says what it does or why it failed.

    `is_stuck`: it waits for a step that failed.
    """

    kind: str
    label: str
    state: str
    state_label: str
    note: str
    can_retry: bool = False
    is_stuck: bool = False

    @property
    def is_over(self) -> bool:
        """Nothing more happens by itself."""
        return self.state in (Step.State.DONE, Step.State.FAILED) or self.is_stuck


def processing(recording_id: int) -> list[StepState]:
    """The recording's steps in order: check, fingerprint, analysis, waveform, stream, preview. Two queries.

    The check was passed before there was a recording, and the fingerprint is made in the analysis.
    """
    steps = {Step.Kind(step.kind): step for step in Step.objects.filter(recording_id=recording_id)}
    found = [_state(steps[kind], steps) for kind in ORDER if kind in steps]
    checked = _shown("check", "Check", Step.State.DONE, CHECK)
    if Step.Kind.ANALYSIS not in steps:
        return [checked, *found]
    known = Fingerprint.objects.filter(recording_id=recording_id).exists()
    state = Step.State.DONE if known else Step.State(steps[Step.Kind.ANALYSIS].state)
    return [checked, _shown("fingerprint", "Fingerprint", state, COMPARED), *found]


def steps_by_state() -> dict[str, int]:
    """How many steps of the whole installation are in each state. One query."""
    counts = Step.objects.order_by().values_list("state").annotate(count=Count("id"))
    return dict.fromkeys(Step.State.values, 0) | dict(counts)


def _state(step: Step, others: dict[Step.Kind, Step]) -> StepState:
    kind, state = Step.Kind(step.kind), Step.State(step.state)
    note = step.reason or NOTES.get((kind, state), "")
    stream = others.get(Step.Kind.STREAM)
    stuck = kind == Step.Kind.PREVIEW and stream is not None and stream.state == Step.State.FAILED
    if stuck and state == Step.State.WAITING:
        note = "Needs the stream first"
    shown = _shown(kind.value, kind.label, state, note)
    return replace(shown, can_retry=state == Step.State.FAILED, is_stuck=stuck)


def _shown(kind: str, label: str, state: Step.State, note: str) -> StepState:
    return StepState(kind=kind, label=label, state=state.value, state_label=str(state.label), note=note)
