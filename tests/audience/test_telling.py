"""Producers are told who likes, follows, licenses and buys: once, and while it is news."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from backline.audience.actions import follow_artist, like_beat, unlike_beat
from backline.audience.jobs import tell_of_facts
from backline.catalog.models import Beat
from backline.outbox.models import Notification
from backline.shop.actions import issue_licence, record_sale
from tests.catalog.makers import make_public
from tests.conftest import Cast


@pytest.fixture
def beat(cast: Cast, now: datetime) -> Beat:
    return make_public(cast.marlo, account=cast.alice, now=now)


def told(account) -> list[str]:
    return list(Notification.objects.filter(account=account).order_by("pk").values_list("text", flat=True))


def test_members_are_told_once_and_without_names_that_are_not_shown(cast: Cast, beat: Beat, now: datetime):
    like_beat(beat, account=cast.lee, now=now)
    cast.charlie.show_to_producers = True
    cast.charlie.save()
    follow_artist(cast.marlo, account=cast.charlie, now=now)
    assert tell_of_facts(now=now) and not tell_of_facts(now=now)
    assert told(cast.alice) == [f"A listener likes {beat.name}.", "Charlie follows Marlo Vane."]
    assert told(cast.ada) == told(cast.alice) and told(cast.lee) == []


def test_liking_again_after_taking_it_back_is_told_again(cast: Cast, beat: Beat, now: datetime):
    for _ in range(2):
        like_beat(beat, account=cast.lee, now=now)
        unlike_beat(beat, account=cast.lee, now=now)
    tell_of_facts(now=now)
    assert len(told(cast.alice)) == 2


def test_ones_own_like_is_no_news(cast: Cast, beat: Beat, now: datetime):
    like_beat(beat, account=cast.alice, now=now)
    tell_of_facts(now=now)
    assert told(cast.alice) == [] and told(cast.bob) != []


def test_a_sale_is_one_sentence_and_not_for_analysts(cast: Cast, beat: Beat, now: datetime):
    record_sale(
        beat, buyer=cast.lee, kind="track", currency="EUR", list_price_minor=2000, fee_minor=540,
        external_id="s1", sold_at=now,
    )  # fmt: skip
    issue_licence(beat, account=cast.charlie, kind="standard", now=now)
    tell_of_facts(now=now)
    licence = f"A listener took a licence for {beat.name}."
    assert told(cast.alice) == [f"A listener bought {beat.name}.", licence]
    assert told(cast.ada) == [licence]


def test_what_is_older_than_a_day_is_read_and_not_told(cast: Cast, beat: Beat, now: datetime):
    like_beat(beat, account=cast.lee, now=now)
    assert tell_of_facts(now=now + timedelta(days=2))
    assert told(cast.alice) == [] and not tell_of_facts(now=now)
