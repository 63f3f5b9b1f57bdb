"""XP: from an artist's facts to the awards they deserve. Deriving them again gives the same.

Every rule has one subject: the beat, or the day. What is deserved and not there is awarded; what is there and not
deserved any more is reversed, so that XP follows the facts both ways.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

VERSION = 1
UPLOAD_XP = 100
UPLOADS_A_MONTH = 20
PLAY_XP = 1
SIGNED_OUT_A_DAY = 20
METADATA_XP = 50
COLLABORATE_XP = 25
FEWEST_ARTISTS = 2


class Source(StrEnum):
    """Where XP comes from, in the order of the screens."""

    UPLOAD = "upload"
    PLAYS = "plays"
    METADATA = "metadata"
    COLLABORATE = "collaborate"
    ACHIEVEMENT = "achievement"

    @property
    def label(self) -> str:
        """What screens call it."""
        return LABELS[self]


LABELS = {
    Source.UPLOAD: "Upload Tracks",
    Source.PLAYS: "Get Plays",
    Source.METADATA: "Complete Metadata",
    Source.COLLABORATE: "Collaborate",
    Source.ACHIEVEMENT: "Achievements",
}


@dataclass(frozen=True)
class BeatFacts:
    """What one beat says about one credited artist. Instants are aware; None: it has not happened.

    `accepted` counts the accepted artists, `accepted_at` is when the second of them and this artist had accepted.
    """

    beat_id: int
    own: bool
    public: bool
    first_published_at: datetime | None
    complete: bool
    changed_at: datetime
    accepted: int = 1
    accepted_at: datetime | None = None


@dataclass(frozen=True)
class Wanted:
    """An award that the facts deserve; `subject` is a beat's number, a day, or empty."""

    source: Source
    subject: str
    amount: int
    at: datetime
    rule: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What is awarded once: rule and subject."""
        return self.rule or self.source.value, self.subject


def day_points(accounts: int, signed_out: int) -> int:
    """The XP of a beat's day: one for each account that played it, and for signed-out listeners up to 20.

    >>> day_points(3, 45)
    23
    """
    return PLAY_XP * (accounts + min(signed_out, SIGNED_OUT_A_DAY))


def catalogue_awards(beats: Iterable[BeatFacts], *, zone: ZoneInfo) -> list[Wanted]:
    """What an artist's beats deserve: uploads, complete metadata, collaborations."""
    known = sorted(
        beats, key=lambda beat: (beat.first_published_at is None, beat.first_published_at, beat.beat_id)
    )
    out = [beat for beat in known if beat.own and beat.first_published_at]
    return [*_uploads(out, zone), *_metadata(out), *_collaborations(known)]


def uploads_counted(instants: Iterable[datetime], *, month: date, zone: ZoneInfo) -> int:
    """How many first publications fall into the calendar month that begins on `month`."""
    return sum(_month(instant, zone) == (month.year, month.month) for instant in instants)


def plays_awards(points: Mapping[date, int], *, starts: Mapping[date, datetime]) -> list[Wanted]:
    """One award for each day with plays; `starts` has the instant at which each day begins."""
    return [
        Wanted(Source.PLAYS, day.isoformat(), amount, starts[day])
        for day, amount in sorted(points.items())
        if amount
    ]


def _uploads(beats: list[BeatFacts], zone: ZoneInfo) -> Iterable[Wanted]:
    months: Counter[tuple[int, int]] = Counter()
    for beat in beats:
        if (at := beat.first_published_at) is None:
            continue
        months[_month(at, zone)] += 1
        if months[_month(at, zone)] <= UPLOADS_A_MONTH:
            yield Wanted(Source.UPLOAD, str(beat.beat_id), UPLOAD_XP, at)


def _metadata(beats: list[BeatFacts]) -> Iterable[Wanted]:
    for beat in beats:
        if beat.complete and beat.first_published_at:
            at = max(beat.first_published_at, beat.changed_at)
            yield Wanted(Source.METADATA, str(beat.beat_id), METADATA_XP, at)


def _collaborations(beats: list[BeatFacts]) -> Iterable[Wanted]:
    for beat in beats:
        if beat.public and beat.accepted >= FEWEST_ARTISTS and beat.first_published_at and beat.accepted_at:
            at = max(beat.first_published_at, beat.accepted_at)
            yield Wanted(Source.COLLABORATE, str(beat.beat_id), COLLABORATE_XP, at)


def _month(instant: datetime, zone: ZoneInfo) -> tuple[int, int]:
    local = instant.astimezone(zone)
    return local.year, local.month
