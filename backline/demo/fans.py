"""Who follows whom and likes what, in the order in which it happened."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction

from backline.audience import actions as audience
from backline.catalog.models import Beat
from backline.demo.artists import LEE, MARLO
from backline.demo.plan import Scale, World
from backline.demo.settling import Settled
from backline.people.models import Account, Artist

BATCH = 500


class _Wish(NamedTuple):
    at: datetime
    account: Account
    artist: Artist | None
    beat: Beat | None


def follow_and_like(
    world: World,
    settled: Settled,
    beats: Sequence[tuple[Beat, float]],
    *,
    scale: Scale,
    now: datetime,
    seed: int,
) -> None:
    """Makes the follows and likes that are not there yet. `beats` are the public ones with how much they are heard."""
    dice = random.Random(f"fans {seed}")
    wishes = [
        *_follows(world, settled, scale.follows, now, dice),
        *_likes(settled, beats, scale.likes, now, dice),
    ]
    wishes.sort(key=lambda wish: (wish.at, wish.account.pk))
    for first in range(0, len(wishes), BATCH):
        with transaction.atomic():
            for wish in wishes[first : first + BATCH]:
                _grant(wish)


def _grant(wish: _Wish) -> None:
    if wish.artist is not None:
        audience.follow_artist(wish.artist, account=wish.account, now=wish.at)
    elif wish.beat is not None:
        audience.like_beat(wish.beat, account=wish.account, now=wish.at)


def _follows(world: World, settled: Settled, count: int, now: datetime, dice: random.Random) -> list[_Wish]:
    reach = [profile.reach for profile in world.profiles]
    pairs: dict[tuple[int, int], _Wish] = {}
    for profile in dice.choices(world.profiles, reach, k=count):
        artist, account = settled.artists[profile.handle], dice.choice(settled.listeners)
        at = _between(max(artist.created_at, account.joined_at), now, dice)
        pairs.setdefault((account.pk, artist.pk), _Wish(at, account, artist, None))
    return [*pairs.values(), *_new_followers(settled, pairs, now)]


def _new_followers(settled: Settled, pairs: dict[tuple[int, int], _Wish], now: datetime) -> list[_Wish]:
    """Lee has followed Marlo for long; two listeners begin in these hours."""
    marlo, lee = settled.artists[MARLO], settled.accounts[LEE.email]
    fresh = [account for account in settled.listeners if (account.pk, marlo.pk) not in pairs][:2]
    moments = (now - timedelta(hours=3, minutes=20), now - timedelta(minutes=47))
    found = [_Wish(at, account, marlo, None) for at, account in zip(moments, fresh, strict=False)]
    return [_Wish(max(lee.joined_at, marlo.created_at) + timedelta(days=2), lee, marlo, None), *found]


def _likes(
    settled: Settled, beats: Sequence[tuple[Beat, float]], count: int, now: datetime, dice: random.Random
) -> list[_Wish]:
    pairs: dict[tuple[int, int], _Wish] = {}
    for beat, _ in dice.choices(beats, [heard for _, heard in beats], k=count) if beats else ():
        account = dice.choice(settled.listeners)
        at = _between(max(beat.first_published_at or now, account.joined_at), now, dice)
        pairs.setdefault((account.pk, beat.pk), _Wish(at, account, None, beat))
    return list(pairs.values())


def _between(first: datetime, last: datetime, dice: random.Random) -> datetime:
    """Sooner rather than later, a minute before the end at the latest."""
    span = max((last - first).total_seconds() - 60, 0)
    return first + timedelta(seconds=span * dice.random() ** 1.4)
