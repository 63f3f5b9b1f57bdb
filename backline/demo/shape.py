"""The shape of two years of listening: how many listens each day brings, and how they spread over the beats.

A beat is loud when it comes out, fades over weeks and keeps a quiet rest; now and then one is picked up somewhere
and spikes. The week and the season breathe. Everything depends on the seed and the day alone, so a part of the
time can be made again, or continued, and fits.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

WEEK = (0.93, 0.95, 0.97, 1.0, 1.12, 1.1, 0.98)
"""Monday to Sunday."""
_NIGHT, _MORNING = (1.9, 1.1, 0.7, 0.4, 0.3, 0.4), (0.8, 1.4, 1.9, 2.2, 2.5, 2.7)
_AFTERNOON, _EVENING = (2.9, 2.9, 3.0, 3.2, 3.6, 4.0), (4.3, 4.6, 4.8, 4.5, 3.8, 2.8)
HOURS = _NIGHT + _MORNING + _AFTERNOON + _EVENING
"""The listener's own hours."""
SPIKE_DAYS = 5


@dataclass(frozen=True)
class Heard:
    """A public beat as its listeners meet it: its place in the plan, and the listener texts of its artists' members."""

    number: int
    handle: str
    country: str
    published_at: datetime
    seconds: float
    reach: float
    team: tuple[str, ...]


class Shape:
    """The daily expectations for a set of beats over `days` days that end at `now`, `listens` in all."""

    def __init__(self, beats: Sequence[Heard], *, now: datetime, days: int, listens: int, seed: int) -> None:
        self.beats = beats
        self.first_on = (now - timedelta(days=days)).date()
        self._seed = seed
        self._days = days
        self._spikes = _spikes(beats, now=now, days=days, seed=seed)
        self._factor = 1.0
        total = sum(sum(self.weights(self.first_on + timedelta(days=day))) for day in range(days))
        self._factor = listens / total if total else 0.0

    def weights(self, day: date) -> list[float]:
        """How many listens of each beat are expected on `day`, in the order of `beats`."""
        mood = random.Random(f"mood {self._seed} {day}").lognormvariate(0, 0.13)
        grown = 0.62 + 0.38 * (day - self.first_on).days / self._days
        season = 1 + 0.08 * math.cos(2 * math.pi * (day.timetuple().tm_yday - 335) / 365)
        common = self._factor * WEEK[day.weekday()] * mood * grown * season
        end = datetime.combine(day, datetime.min.time(), UTC) + timedelta(days=1)
        return [common * self._loudness(beat, day, end) for beat in self.beats]

    def _loudness(self, beat: Heard, day: date, end: datetime) -> float:
        age = (end - beat.published_at).total_seconds() / 86_400
        if age <= 0:
            return 0.0
        began = min(age, 1.0)
        loudness = 0.55 + 2.4 * math.exp(-age / 7) + 1.1 * math.exp(-age / 70)
        for spike_on, height in self._spikes.get(beat.number, ()):
            passed = (day - spike_on).days
            if 0 <= passed < SPIKE_DAYS:
                loudness += height * math.exp(-passed / 1.6)
        return beat.reach * began * loudness


def _spikes(
    beats: Sequence[Heard], *, now: datetime, days: int, seed: int
) -> dict[int, list[tuple[date, float]]]:
    """About one beat in six is picked up by somebody at some time after it came out."""
    dice = random.Random(f"spikes {seed}")
    found: dict[int, list[tuple[date, float]]] = {}
    for beat in beats:
        chance, part, height = dice.random(), dice.random(), dice.uniform(4, 14)
        if chance < 0.17:
            moment = max(beat.published_at, now - timedelta(days=days))
            found[beat.number] = [((moment + (now - moment) * part).date(), height)]
    return found
