"""How far the worker is with a beat's recording."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from backline.catalog.models import Step

NOTES = {
    (Step.Kind.WAVEFORM, Step.State.DONE): "Measured over the whole length",
    (Step.Kind.STREAM, Step.State.WAITING): "MP3, 128 kbit/s; waits for the worker",
    (Step.Kind.STREAM, Step.State.RUNNING): "MP3, 128 kbit/s",
    (Step.Kind.STREAM, Step.State.DONE): "MP3, 128 kbit/s",
    (Step.Kind.ANALYSIS, Step.State.WAITING): "Tempo, key, loudness; compared with every beat here",
    (Step.Kind.ANALYSIS, Step.State.RUNNING): "Tempo, key, loudness; compared with every beat here",
    (Step.Kind.ANALYSIS, Step.State.DONE): "Tempo and key are offered below; compared with every beat here",
}


@dataclass(frozen=True)
class StepState:
    """One step: `state` is waiting, running, done or failed; `note` says what it does or why it failed."""

    kind: str
    label: str
    state: str
    state_label: str
    note: str

    @property
    def is_over(self) -> bool:
        """Nothing more happens by itself."""
        return self.state in (Step.State.DONE, Step.State.FAILED)

    @property
    def can_retry(self) -> bool:
        """A member may let it run again."""
        return self.state == Step.State.FAILED


def processing(recording_id: int) -> list[StepState]:
    """The recording's steps in order. One query."""
    return [_state(step) for step in Step.objects.filter(recording_id=recording_id)]


def steps_by_state() -> dict[str, int]:
    """How many steps of the whole installation are in each state. One query."""
    counts = Step.objects.order_by().values_list("state").annotate(count=Count("id"))
    return dict.fromkeys(Step.State.values, 0) | dict(counts)


def _state(step: Step) -> StepState:
    kind, state = Step.Kind(step.kind), Step.State(step.state)
    note = step.reason or NOTES.get((kind, state), "")
    return StepState(kind=kind.value, label=kind.label, state=state.value, state_label=state.label, note=note)
