"""Beats against each other: all-time plays of a list, a period's figures, who leads, what moved most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from backline.listening.calendar import to_number
from backline.listening.store import open_store


@dataclass(frozen=True)
class BeatFigures:
    """A beat's counted plays and downloads."""

    plays: int = 0
    downloads: int = 0


@dataclass(frozen=True)
class Leaders:
    """The beats with the highest figure; several when they tie, none when nothing counted yet."""

    beat_ids: tuple[int, ...]
    figure: int

    @property
    def beat_id(self) -> int | None:
        """The beat that leads alone, else None."""
        return self.beat_ids[0] if len(self.beat_ids) == 1 else None


@dataclass(frozen=True)
class Movement:
    """The beat whose plays changed most between a period and the one before it."""

    beat_id: int
    plays: int
    plays_before: int


def plays_of_beats(beat_ids: Sequence[int]) -> dict[int, int]:
    """All-time plays of each beat; 0 for one without any."""
    plays = open_store().total_plays(beat_ids)
    return {beat_id: plays.get(beat_id, 0) for beat_id in beat_ids}


def plays_in_period(beat_ids: Sequence[int], *, first: date, last: date) -> dict[int, int]:
    """Each beat's plays over the days `first` to `last`; those without any may be absent."""
    sums = open_store().beat_sums(beat_ids, to_number(first), to_number(last))
    return {beat_id: plays for beat_id, (plays, _) in sums.items()}


def plays_beside(beat_ids: Sequence[int], *, first: date, last: date) -> dict[int, tuple[int, int]]:
    """Each beat's plays from `first` to `last` and in as many days before; those without any may be absent."""
    middle, end = to_number(first), to_number(last)
    return open_store().beat_moves(beat_ids, 2 * middle - end - 1, middle, end)


def beats_in_period(beat_ids: Sequence[int], *, first: date, last: date) -> dict[int, BeatFigures]:
    """Each beat's plays and downloads over the days `first` to `last`."""
    sums = open_store().beat_sums(beat_ids, to_number(first), to_number(last))
    return {beat_id: BeatFigures(*sums.get(beat_id, (0, 0))) for beat_id in beat_ids}


def leaders(figures: Mapping[int, int]) -> Leaders:
    """Who leads in beat → figure (for *Top Track*): ties are told, by id; a figure of 0 leads nothing."""
    best = max(figures.values(), default=0)
    ahead = tuple(sorted(beat_id for beat_id, figure in figures.items() if figure == best)) if best else ()
    return Leaders(beat_ids=ahead, figure=best)


def moved_most(beat_ids: Sequence[int], *, first: date, last: date) -> Movement | None:
    """The beat whose plays changed most against the period of the same length before; None if nothing moved."""
    plays = plays_beside(beat_ids, first=first, last=last)
    moves = [(beat_id, *plays.get(beat_id, (0, 0))) for beat_id in beat_ids]
    most = max(moves, key=lambda move: (abs(move[1] - move[2]), move[1]), default=None)
    return Movement(*most) if most is not None and most[1] != most[2] else None
