"""Follower and like figures for screens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from backline.audience.models import Follow, Like


@dataclass(frozen=True)
class Followers:
    """How many follow an artist now, and how many of them began since a moment."""

    total: int
    since: int


def followers(artist_id: int, *, since: datetime) -> Followers:
    """The followers of an artist, in one query."""
    figures = Follow.objects.filter(artist_id=artist_id).aggregate(
        total=Count("id"), since=Count("id", filter=Q(at__gte=since))
    )
    return Followers(total=figures["total"], since=figures["since"])


@dataclass(frozen=True)
class NewFollower:
    """A follower who began at `at`; `name` is empty for one who does not show themselves to producers."""

    name: str
    at: datetime


def new_followers(artist_id: int, *, since: datetime, limit: int = 20) -> list[NewFollower]:
    """Followers since a moment, newest first."""
    rows = Follow.objects.filter(artist_id=artist_id, at__gte=since).order_by("-at")[:limit]
    return [
        NewFollower(name=name if shows else "", at=at)
        for name, shows, at in rows.values_list("account__name", "account__show_to_producers", "at")
    ]


def is_following(artist_id: int, *, account_id: int | None) -> bool:
    """Whether this account follows the artist; nobody signed in follows nobody."""
    return (
        account_id is not None and Follow.objects.filter(artist_id=artist_id, account_id=account_id).exists()
    )


def liked_beats(beat_ids: list[int], *, account_id: int | None) -> set[int]:
    """Which of these beats the account likes."""
    if account_id is None:
        return set()
    return set(
        Like.objects.filter(account_id=account_id, beat_id__in=beat_ids).values_list("beat_id", flat=True)
    )


def like_count(beat_id: int) -> int:
    """How many accounts like the beat now."""
    return Like.objects.filter(beat_id=beat_id).count()
