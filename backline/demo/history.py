"""Two years of listening as events in the shape of the intake, one reporting day after the other.

Every day is made from the seed and its date alone: what was sent already can be made again with the same ids, so a
build that was cut off goes on without counting anything twice.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from backline.demo.crowd import Crowd, Ear
from backline.demo.shape import HOURS, Heard, Shape

Event = dict[str, Any]
SOURCES = {
    "profile": 22,
    "discover": 30,
    "search": 13,
    "playlist": 14,
    "embed": 7,
    "direct": 10,
    "external:radio.example.net": 2,
    "external:beats-blog.example.org": 1.4,
    "external:forum.example.com": 0.6,
}
ROBOTS, OWN_TEAM, STAFF, TOO_SHORT, TWICE = 0.018, 0.03, 0.032, 0.15, 0.154
"""Up to where a number between 0 and 1 makes a listen each of these; above the last it is an ordinary one."""
SIGNED_IN = 0.58
DOWNLOADS = 0.058
FAN_DAYS = 0.03
FRESH_MINUTES = (5, 11, 23)


class History:
    """The events of a world.

    `beat_ids` says which number a beat of the plan has in the database, for beats that are out. `staff` is the
    listener text of somebody of the platform's team.
    """

    def __init__(
        self, shape: Shape, crowd: Crowd, *, beat_ids: Mapping[int, int], staff: str, seed: int
    ) -> None:
        self.shape, self.crowd = shape, crowd
        self._ids, self._staff, self._seed = beat_ids, staff, seed

    def day(self, on: date, *, until: datetime) -> list[tuple[datetime, Event]]:
        """The events of one day in order of time, each with the instant when it is over; none ends after `until`."""
        dice = random.Random(f"history {self._seed} {on}")
        start = datetime.combine(on, datetime.min.time(), UTC)
        weights = self.shape.weights(on)
        expected = sum(weights)
        count = max(0, round(dice.gauss(expected, expected**0.5)))
        found: list[tuple[datetime, Event]] = []
        if expected:
            beats = dice.choices(self.shape.beats, weights, k=count)
            accounts = iter(self.crowd.signed_in(dice, count, until=start))
            for beat in beats:
                found += self._listen(dice, beat, next(accounts, None), start)
            found += self._downloads(dice, count, weights, start)
            found += self._fan(dice, weights, start)
        return sorted((pair for pair in found if pair[0] <= until), key=lambda pair: (pair[0], pair[1]["id"]))

    def fresh(self, handle: str, *, now: datetime) -> list[tuple[datetime, Event]]:
        """A few listens of one artist's beats in the last minutes before `now`, so that today is alive."""
        dice = random.Random(f"fresh {self._seed} {now}")
        beats = [beat for beat in self.shape.beats if beat.handle == handle]
        made = []
        for minutes in FRESH_MINUTES if beats else ():
            beat, ear = dice.choice(beats), self.crowd.visitor(dice, near="")
            made.append(self._event(dice, beat, ear, now - timedelta(minutes=minutes), _whole(beat)))
        return made

    def _listen(
        self, dice: random.Random, beat: Heard, account: Ear | None, start: datetime
    ) -> list[tuple[datetime, Event]]:
        kind = dice.random()
        ear = (
            account if account and dice.random() < SIGNED_IN else self.crowd.visitor(dice, near=beat.country)
        )
        heard = _heard(dice, beat)
        if kind < ROBOTS:
            ear = self.crowd.robot(dice)
        elif kind < OWN_TEAM and beat.team:
            ear = _as(dice.choice(beat.team), ear)
        elif kind < STAFF:
            ear = _as(self._staff, ear)
        elif kind < TOO_SHORT:
            heard = [[0, round(1 + 13 * dice.random() ** 1.5, 1)]]
        at = _moment(dice, ear, beat, start)
        made = [self._event(dice, beat, ear, at, heard)]
        if TOO_SHORT <= kind < TWICE:
            # Two players of one listener at once.
            made.append(self._event(dice, beat, ear, at + timedelta(seconds=6), _whole(beat)))
        return made

    def _downloads(
        self, dice: random.Random, listens: int, weights: list[float], start: datetime
    ) -> list[tuple[datetime, Event]]:
        expected = listens * DOWNLOADS
        count = max(0, round(dice.gauss(expected, expected**0.5)))
        ears = self.crowd.signed_in(dice, count, until=start)
        made = []
        for ear, beat in zip(ears, dice.choices(self.shape.beats, weights, k=count), strict=False):
            at = _moment(dice, ear, beat, start)
            made.append(self._download(dice, beat, ear, at))
            if dice.random() < 0.02:
                made.append(self._download(dice, beat, ear, at + timedelta(minutes=dice.randint(1, 30))))
        return made

    def _fan(
        self, dice: random.Random, weights: Sequence[float], start: datetime
    ) -> list[tuple[datetime, Event]]:
        """On some days somebody plays one beat over and over."""
        if dice.random() > FAN_DAYS:
            return []
        beat = dice.choices(self.shape.beats, weights)[0]
        ears = self.crowd.signed_in(dice, 1, until=start)
        at = max(start + timedelta(hours=dice.randint(8, 20)), beat.published_at)
        step = timedelta(seconds=beat.seconds + 20)
        return [
            self._event(dice, beat, ear, at + step * n, _whole(beat))
            for ear in ears
            for n in range(dice.randint(12, 17))
        ]

    def _event(
        self, dice: random.Random, beat: Heard, ear: Ear, at: datetime, heard: list[list[float]]
    ) -> tuple[datetime, Event]:
        seconds = sum(end - start for start, end in heard)
        source = dice.choices(list(SOURCES), list(SOURCES.values()))[0]
        event: Event = {
            "id": _id(dice, at),
            "type": "listen",
            "beat": self._ids[beat.number],
            "listener": ear.text or None,
            "started_at": _text(at),
            "heard": heard,
            "final": True,
            "source": source,
            "agent": ear.agent,
            "address": ear.address,
        }
        return at + timedelta(seconds=seconds), event

    def _download(self, dice: random.Random, beat: Heard, ear: Ear, at: datetime) -> tuple[datetime, Event]:
        event: Event = {
            "id": _id(dice, at),
            "type": "download",
            "beat": self._ids[beat.number],
            "listener": ear.text,
            "at": _text(at),
            "licence": {"type": "standard"},
        }
        return at, event


def _heard(dice: random.Random, beat: Heard) -> list[list[float]]:
    """What an ordinary listener hears: mostly the whole beat, else a part, with a jump, or a part again."""
    kind, length = dice.random(), beat.seconds
    if kind < 0.64:
        return _whole(beat)
    if kind < 0.86:
        return [[0, round(length * dice.uniform(0.52, 0.96), 1)]]
    cut = round(length * dice.uniform(0.3, 0.5), 1)
    if kind < 0.94:
        return [[0, cut], [round(cut + length * 0.15, 1), length]]
    return [[0, length], [0, cut]]


def _whole(beat: Heard) -> list[list[float]]:
    return [[0, beat.seconds]]


def _moment(dice: random.Random, ear: Ear, beat: Heard, start: datetime) -> datetime:
    """A time of the day in the listener's own rhythm, not before the beat was public."""
    hour = (dice.choices(range(24), HOURS)[0] - ear.hours_ahead) % 24
    at = start + timedelta(hours=hour, seconds=dice.uniform(0, 3540))
    if at < beat.published_at:
        rest = (start + timedelta(days=1) - beat.published_at).total_seconds() - 90
        at = beat.published_at + timedelta(seconds=max(1.0, rest * dice.random()))
    return at


def _as(text: str, ear: Ear) -> Ear:
    return Ear(text, ear.address, ear.agent, ear.hours_ahead, ear.joined_at)


def _text(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _id(dice: random.Random, at: datetime) -> str:
    """A version 7 UUID that is the same each time the day is made."""
    millis = int(at.timestamp() * 1000)
    low = dice.getrandbits(74)
    return str(UUID(int=millis << 80 | 0x7 << 76 | (low >> 62) << 64 | 0b10 << 62 | low & ((1 << 62) - 1)))
