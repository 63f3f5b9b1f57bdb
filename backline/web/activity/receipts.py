"""Receipts of a period beat by beat, and the cases on the artist's beats."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from backline.catalog import queries as catalog
from backline.domain.periods import Period
from backline.listening import queries as listening
from backline.listening.calendar import reporting
from backline.listening.queries.cases import CaseLine, cases_of_artist
from backline.listening.queries.receipts import beats_received

SHOWN = 8
CASES_SHOWN = 5


@dataclass(frozen=True)
class BeatLine:
    """A beat's listens of the period."""

    beat: catalog.BeatLabel
    address: str
    received: int
    counted: int

    @property
    def rejected(self) -> int:
        """How many of them do not count."""
        return self.received - self.counted


@dataclass(frozen=True)
class ByBeat:
    """The beats with the most rejected listens, how many more have any, and the newest cases on all beats."""

    lines: list[BeatLine]
    more: int
    cases: list[CaseLine]


def by_beat(artist_id: int, period: Period, *, beat_ids: list[int], now: datetime) -> ByBeat:
    """Which of the artist's beats had the rejected listens. A handful of queries for any number of beats."""
    received = _received(beat_ids, period, now)
    rejected = {beat_id: got - counted for beat_id, (got, counted) in received.items() if got > counted}
    most = sorted(rejected, key=lambda beat_id: (-rejected[beat_id], beat_id))
    labels = catalog.beat_labels(most[:SHOWN])
    lines = [_line(labels[beat_id], period, *received[beat_id]) for beat_id in most if beat_id in labels]
    return ByBeat(lines, len(most) - len(lines), cases_of_artist(artist_id, limit=CASES_SHOWN, now=now))


def _line(beat: catalog.BeatLabel, period: Period, received: int, counted: int) -> BeatLine:
    return BeatLine(beat, f"/backstage/beats/{beat.id}/receipts/?period={period.key}", received, counted)


def _received(beat_ids: list[int], period: Period, now: datetime) -> dict[int, tuple[int, int]]:
    """Received and counted by beat. All time is read from the totals: days of years are many rows."""
    if period.key != "all":
        return beats_received(beat_ids, first=period.first_on, last=period.last_on)
    today = reporting().today(now)
    since = beats_received(beat_ids, first=period.last_on + timedelta(days=1), last=today)
    receipts = {beat_id: total.receipts for beat_id, total in listening.beat_totals(beat_ids).items()}
    return {
        beat_id: (each.received - since.get(beat_id, (0, 0))[0], each.counted - since.get(beat_id, (0, 0))[1])
        for beat_id, each in receipts.items()
    }
