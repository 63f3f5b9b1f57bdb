"""Follow, like and their opposites. Repeating one is harmless and leaves one row and one fact."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from backline.audience.models import Follow, Like
from backline.catalog.models import Beat
from backline.outbox.actions import record_fact
from backline.outbox.models import Fact
from backline.people.models import Account, Artist


def follow_artist(artist: Artist, *, account: Account, now: datetime) -> bool:
    """Makes `account` follow `artist`; says whether that is new."""
    with transaction.atomic():
        _, created = Follow.objects.get_or_create(account=account, artist=artist, defaults={"at": now})
        if created:
            record_fact(Fact.Kind.FOLLOWED, account_id=account.pk, artist_id=artist.pk, now=now)
    return created


def unfollow_artist(artist: Artist, *, account: Account, now: datetime) -> bool:
    """Ends the follow; says whether there was one."""
    with transaction.atomic():
        deleted, _ = Follow.objects.filter(account=account, artist=artist).delete()
        if deleted:
            record_fact(Fact.Kind.UNFOLLOWED, account_id=account.pk, artist_id=artist.pk, now=now)
    return bool(deleted)


def like_beat(beat: Beat, *, account: Account, now: datetime) -> bool:
    """Makes `account` like `beat`; says whether that is new."""
    with transaction.atomic():
        _, created = Like.objects.get_or_create(account=account, beat=beat, defaults={"at": now})
        if created:
            record_fact(
                Fact.Kind.LIKED, account_id=account.pk, artist_id=beat.artist_id, beat_id=beat.pk, now=now
            )
    return created


def unlike_beat(beat: Beat, *, account: Account, now: datetime) -> bool:
    """Takes the like back; says whether there was one."""
    with transaction.atomic():
        deleted, _ = Like.objects.filter(account=account, beat=beat).delete()
        if deleted:
            record_fact(
                Fact.Kind.UNLIKED, account_id=account.pk, artist_id=beat.artist_id, beat_id=beat.pk, now=now
            )
    return bool(deleted)
