"""How much of what it may keep an artist uses."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, Sum

from backline.catalog.models import Beat, Recording, Upload
from backline.domain.upload_quota import GIGABYTE, MINUTE_MS, Quota

DAY = timedelta(hours=24)


def quota(artist_id: int, *, now: datetime, without: UUID | None = None) -> Quota:
    """What the artist's stored and growing files use, and the limits of this installation. Two queries.

    Every kept recording counts, those of beats in the trash too, until they are gone from it. `without` leaves a
    growing file out.
    """
    recent = Q(created_at__gt=now - DAY)
    beats = Beat.objects.filter(recording=OuterRef("pk"))
    gone = Q(Exists(beats.exclude(purged_at=None))) & ~Q(Exists(beats.filter(purged_at=None)))
    stored = Recording.objects.filter(~gone, artist_id=artist_id).aggregate(
        length=Sum("duration_ms"), size=Sum("size_bytes"), new=Count("pk", filter=recent)
    )
    others = Upload.objects.filter(artist_id=artist_id, state=Upload.State.GROWING, expires_at__gt=now)
    if without is not None:
        others = others.exclude(pk=without)
    growing = others.aggregate(size=Sum("size_bytes"), files=Count("pk"))
    return Quota(
        used_ms=stored["length"] or 0,
        most_ms=settings.UPLOAD_MINUTES * MINUTE_MS,
        used_bytes=(stored["size"] or 0) + (growing["size"] or 0),
        most_bytes=settings.UPLOAD_GIGABYTES * GIGABYTE,
        uploads=stored["new"] + growing["files"],
        most_uploads=settings.UPLOADS_A_DAY,
    )


def unfinished_uploads(artist_id: int, *, account_id: int, now: datetime) -> list[Upload]:
    """Files that this account began to upload for the artist and can go on with, the newest first. One query."""
    growing = Upload.objects.filter(artist_id=artist_id, account_id=account_id, state=Upload.State.GROWING)
    return list(growing.filter(expires_at__gt=now).order_by("-created_at")[:20])
