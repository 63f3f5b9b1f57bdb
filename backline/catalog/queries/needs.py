"""What in an artist's catalogue waits for a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from backline.catalog.models import Beat, Credit, Step
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
    rows = credits.order_by("invited_at", "id").select_related("beat__artist")[:limit]
    return [
        Invitation(row.pk, row.beat.name, row.beat.artist.name, row.beat.artist.handle, row.invited_at)
        for row in rows
    ]


def beats_to_review(artist_id: int) -> Review | None:
    """The artist's own public beats that lack one of the five quality fields; None when there are none."""
    lacking = (
        Q(bpm=None) | Q(key=None) | Q(scale="") | Q(description="") | Q(tag_count__lt=quality.ENOUGH_TAGS)
    )
    beats = (
        Beat.objects.public().filter(artist_id=artist_id).annotate(tag_count=Count("tags")).filter(lacking)
    )
    rows = list(beats.order_by("-first_published_at", "-id").values_list("id", "name"))
    return Review(len(rows), *rows[0]) if rows else None
