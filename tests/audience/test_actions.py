"""Follows and likes: one row, one fact, repeating is harmless."""

from __future__ import annotations

from datetime import datetime, timedelta

from backline.audience import actions, queries
from backline.outbox.models import Fact, Notification
from tests.catalog.makers import make_public
from tests.conftest import Cast


def test_following_twice_counts_once_and_records_one_fact(cast: Cast, now: datetime) -> None:
    assert actions.follow_artist(cast.marlo, account=cast.lee, now=now)
    assert not actions.follow_artist(cast.marlo, account=cast.lee, now=now + timedelta(days=1))
    assert queries.followers(cast.marlo.pk, since=now, until=now + timedelta(days=1)) == queries.Followers(
        total=1, new=1
    )
    assert list(Fact.objects.values_list("kind", "artist_id")) == [("followed", cast.marlo.pk)]


def test_unfollowing_ends_it_and_repeating_is_harmless(cast: Cast, now: datetime) -> None:
    actions.follow_artist(cast.marlo, account=cast.lee, now=now)
    assert actions.unfollow_artist(cast.marlo, account=cast.lee, now=now)
    assert not actions.unfollow_artist(cast.marlo, account=cast.lee, now=now)
    assert not queries.is_following(cast.marlo.pk, account_id=cast.lee.pk)
    assert [fact.kind for fact in Fact.objects.all()] == ["followed", "unfollowed"]


def test_a_follower_is_named_only_if_they_show_themselves(cast: Cast, now: datetime) -> None:
    cast.lee.show_to_producers = True
    cast.lee.save()
    actions.follow_artist(cast.marlo, account=cast.lee, now=now)
    actions.follow_artist(cast.marlo, account=cast.charlie, now=now + timedelta(minutes=1))
    assert [row.name for row in queries.new_followers(cast.marlo.pk, since=now)] == ["", "Lee"]


def test_nobody_signed_in_follows_nobody(cast: Cast) -> None:
    assert not queries.is_following(cast.marlo.pk, account_id=None)
    assert queries.liked_beats([1, 2], account_id=None) == set()


def test_followers_are_told_of_a_new_beat_once_and_of_an_old_one_never(cast: Cast, now: datetime):
    actions.follow_artist(cast.marlo, account=cast.lee, now=now)
    make_public(cast.marlo, account=cast.alice, now=now - timedelta(days=1))
    beat = make_public(cast.marlo, account=cast.alice, now=now)
    assert [actions.announce_beat(now=now) for _ in range(2)] == [True, False]
    told = Notification.objects.get()
    assert (told.account_id, told.text, told.url) == (
        cast.lee.pk,
        "Marlo Vane published Low Tide.",
        beat.get_absolute_url(),
    )
