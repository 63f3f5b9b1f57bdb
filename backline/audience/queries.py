"""Follower and like figures for screens."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from backline.audience.models import Follow, Like
from backline.core import sql

_FOLLOWERS = """
SELECT COUNT(*), COUNT(CASE WHEN at >= %s AND at < %s THEN 1 END) FROM audience_follow WHERE artist_id = %s
"""
_NEW = """
SELECT account.name, account.show_to_producers, follow.at
FROM audience_follow follow JOIN people_account account ON account.id = follow.account_id
WHERE follow.artist_id = %s AND follow.at >= %s
ORDER BY follow.at DESC LIMIT %s
"""


@dataclass(frozen=True)
class Followers:
    """How many follow an artist now, and how many of them began in a period."""

    total: int
    new: int


def followers(artist_id: int, *, since: datetime, until: datetime) -> Followers:
    """The followers of an artist, in one query; `new` are those who began from `since` up to before `until`."""
    ((total, new),) = sql.rows(_FOLLOWERS, since, until, artist_id)
    return Followers(total=total, new=new)


@dataclass(frozen=True)
class NewFollower:
    """A follower who began at `at`; `name` is empty for one who does not show themselves to producers."""

    name: str
    at: datetime


def new_followers(artist_id: int, *, since: datetime, limit: int = 20) -> list[NewFollower]:
    """Followers since a moment, newest first."""
    return [
        NewFollower(name=name if shows else "", at=sql.instant(at))
        for name, shows, at in sql.rows(_NEW, artist_id, since, limit)
    ]


def is_following(artist_id: int, *, account_id: int | None) -> bool:
    """Whether this account follows the artist; nobody signed in follows nobody."""
    return (
        account_id is not None and Follow.objects.filter(artist_id=artist_id, account_id=account_id).exists()
    )


def followed_artists(artist_ids: Collection[int], *, account_id: int | None) -> set[int]:
    """Which of these artists the account follows."""
    if account_id is None:
        return set()
    followed = Follow.objects.filter(artist_id__in=artist_ids, account_id=account_id)
    return set(followed.values_list("artist_id", flat=True))


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
