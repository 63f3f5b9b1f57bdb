"""Follow, like and their opposites. Repeating one is harmless and leaves one row and one fact."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from backline.audience.models import Follow, Like
from backline.catalog.models import Beat
from backline.outbox.actions import notify, record_fact
from backline.outbox.models import Fact
from backline.people.models import Account, Artist

NEWS_LASTS = timedelta(days=1)


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


def announce_beat(*, now: datetime) -> bool:
    """Tells an artist's followers of the beat that came out last and was not announced; says whether there was one.

    One that came out more than a day ago is no news any more.
    """
    with transaction.atomic():
        news = Beat.objects.public().filter(announced_at=None, first_published_at__gt=now - NEWS_LASTS)
        beat = news.order_by("-first_published_at").select_related("artist").first()
        if beat is None or not Beat.objects.filter(pk=beat.pk, announced_at=None).update(announced_at=now):
            return False
        followers = Follow.objects.filter(artist=beat.artist_id).values_list("account_id", flat=True)
        notify(
            "beat_published",
            account_ids=followers,
            now=now,
            text=f"{beat.artist.name} published {beat.name}."[:300],
            url=beat.get_absolute_url(),
            key=f"beat:{beat.pk}",
            artist_id=beat.artist_id,
        )
    return True


def unlike_beat(beat: Beat, *, account: Account, now: datetime) -> bool:
    """Takes the like back; says whether there was one."""
    with transaction.atomic():
        deleted, _ = Like.objects.filter(account=account, beat=beat).delete()
        if deleted:
            record_fact(
                Fact.Kind.UNLIKED, account_id=account.pk, artist_id=beat.artist_id, beat_id=beat.pk, now=now
            )
    return bool(deleted)
