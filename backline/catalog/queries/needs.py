"""What in an artist's catalogue waits for a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from backline.catalog.models import Credit, Step
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
class Review:
    """Public beats whose description of themselves is not complete: how many, and the one that came out last."""

    count: int
    beat_id: int
    beat_name: str


def failed_steps(artist_id: int, *, limit: int = 5) -> list[FailedStep]:
    """Failed steps of the artist's beats, the last first. One query."""
    failed = Step.objects.filter(
        state=Step.State.FAILED,
        recording__beats__artist_id=artist_id,
        recording__beats__deleted_at__isnull=True,
    )
    rows = failed.order_by("-ended_at").values_list(
        "recording__beats__id", "recording__beats__name", "kind", "reason"
    )
    return [FailedStep(pk, name, Step.Kind(kind).label, reason) for pk, name, kind, reason in rows[:limit]]


def open_invitations(artist_id: int, *, limit: int = 20) -> list[Invitation]:
    """Credits that the artist has not answered, the oldest first. One query."""
    credits = Credit.objects.filter(
        artist_id=artist_id, state=Credit.State.INVITED, beat__deleted_at__isnull=True
    )
    rows = credits.order_by("invited_at", "id").values_list(
        "id", "beat__name", "beat__artist__name", "beat__artist__handle", "invited_at"
    )
    return [Invitation(*row) for row in rows[:limit]]


# Read by every Dashboard: see counts.py for why it is not built by the ORM.
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
    with connection.cursor() as cursor:
        cursor.execute(_LACKING, [artist_id, quality.ENOUGH_TAGS])
        rows = cursor.fetchall()
    return Review(len(rows), *rows[0]) if rows else None
