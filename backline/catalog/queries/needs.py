"""What in an artist's catalogue waits for a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from backline.catalog.models import Step
from backline.core import sql
from backline.domain import quality


@dataclass(frozen=True)
class FailedStep:
    """A step of an own beat's recording that gave up."""

    beat_id: int
    beat_name: str
    label: str
    reason: str


@dataclass(frozen=True)
class Invitation:
    """Another artist asks this one to be named on a beat."""

    credit_id: int
    beat_name: str
    from_name: str
    from_handle: str
    invited_at: datetime


@dataclass(frozen=True)
class Copied:
    """An own beat that cannot be published: it sounds like another artist's, and nobody has appealed."""

    beat_id: int
    beat_name: str


@dataclass(frozen=True)
class Review:
    """Public beats whose description of themselves is not complete: how many, and the one that came out last."""

    count: int
    beat_id: int
    beat_name: str


# Read by every Dashboard: see core/sql.py for why these are not built by the ORM.
_FAILED = """
SELECT beat.id, beat.name, step.kind, step.reason
FROM catalog_beat beat JOIN catalog_step step ON step.recording_id = beat.recording_id
WHERE beat.artist_id = %s AND beat.deleted_at IS NULL AND step.state = 'failed'
ORDER BY step.ended_at DESC LIMIT %s
"""
_INVITED = """
SELECT credit.id, beat.name, artist.name, artist.handle, credit.invited_at
FROM catalog_credit credit
JOIN catalog_beat beat ON beat.id = credit.beat_id JOIN people_artist artist ON artist.id = beat.artist_id
WHERE credit.artist_id = %s AND credit.state = 'invited' AND beat.deleted_at IS NULL
ORDER BY credit.invited_at, credit.id LIMIT %s
"""


_COPIED = """
SELECT beat.id, beat.name
FROM catalog_beat beat JOIN catalog_recording recording ON recording.id = beat.recording_id
JOIN catalog_recording earlier ON earlier.id = recording.same_as_id
WHERE beat.artist_id = %s AND beat.deleted_at IS NULL AND recording.copy_allowed_at IS NULL
  AND earlier.artist_id <> recording.artist_id
  AND NOT EXISTS (SELECT 1 FROM catalog_appeal appeal WHERE appeal.recording_id = recording.id)
ORDER BY beat.id DESC LIMIT %s
"""


def copied_beats(artist_id: int, *, limit: int = 5) -> list[Copied]:
    """The artist's beats that are held back as copies, the newest first. One query."""
    return [Copied(*row) for row in sql.rows(_COPIED, artist_id, limit)]


def failed_steps(artist_id: int, *, limit: int = 5) -> list[FailedStep]:
    """Failed steps of the artist's beats, the last first. One query."""
    rows = sql.rows(_FAILED, artist_id, limit)
    return [FailedStep(pk, name, Step.Kind(kind).label, reason) for pk, name, kind, reason in rows]


def open_invitations(artist_id: int, *, limit: int = 20) -> list[Invitation]:
    """Credits that the artist has not answered, the oldest first. One query."""
    found = sql.rows(_INVITED, artist_id, limit)
    return [Invitation(pk, beat, name, handle, sql.instant(at)) for pk, beat, name, handle, at in found]


_LACKING = """
SELECT beat.id, beat.name
FROM catalog_beat beat JOIN people_artist artist ON artist.id = beat.artist_id
WHERE beat.artist_id = %s AND beat.deleted_at IS NULL AND beat.state = 'public' AND artist.revoked_at IS NULL
  AND (beat.bpm IS NULL OR beat.key IS NULL OR beat.scale = '' OR beat.description = ''
       OR (SELECT COUNT(*) FROM catalog_tag tag WHERE tag.beat_id = beat.id) < %s)
ORDER BY beat.first_published_at DESC, beat.id DESC
"""


def beats_to_review(artist_id: int) -> Review | None:
    """The artist's own public beats that lack one of the five quality fields; None when there are none. One query."""
    rows = sql.rows(_LACKING, artist_id, quality.ENOUGH_TAGS)
    return Review(len(rows), *rows[0]) if rows else None
