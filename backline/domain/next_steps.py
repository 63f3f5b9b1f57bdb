"""The few edits that would matter most: each stands on facts of the artist's own beats.

Beats that lack only one thing come first, together: one sitting completes them all. Then the single beat that is heard
most while it lacks something, because its listeners search by what is missing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

MOST = 3


@dataclass(frozen=True)
class Lacking:
    """A public beat that is not complete: what it lacks, and its plays of the last 30 complete days."""

    beat_id: int
    name: str
    lacks: tuple[str, ...]
    plays: int


@dataclass(frozen=True)
class Step:
    """One thing to do: fill in `field` of these beats. `completes` when they lack nothing else."""

    field: str
    beats: tuple[Lacking, ...]
    completes: bool


def next_steps(beats: Sequence[Lacking]) -> tuple[Step, ...]:
    """At most three steps, the most valuable first; none when every beat is complete.

    >>> steps = next_steps([Lacking(1, "A", ("Tags",), 3), Lacking(2, "B", ("Tags", "Key"), 9)])
    >>> [(step.field, [beat.name for beat in step.beats], step.completes) for step in steps]
    [('Tags', ['A'], True), ('Tags, Key', ['B'], False)]
    """
    by_field: defaultdict[str, list[Lacking]] = defaultdict(list)
    for beat in beats:
        if len(beat.lacks) == 1:
            by_field[beat.lacks[0]].append(beat)
    together = [
        Step(field, tuple(sorted(some, key=lambda beat: (-beat.plays, beat.beat_id))), True)
        for field, some in by_field.items()
    ]
    together.sort(key=lambda step: (-len(step.beats), step.field))
    alone = sorted(
        (beat for beat in beats if len(beat.lacks) > 1), key=lambda beat: (-beat.plays, beat.beat_id)
    )
    single = [Step(", ".join(beat.lacks), (beat,), False) for beat in alone]
    return tuple([*together[: MOST - bool(single)], *single][:MOST])
