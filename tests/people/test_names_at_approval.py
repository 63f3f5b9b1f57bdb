"""A name that was free when it was applied for may be taken when staff decide: they are told, and may decide on."""

from __future__ import annotations

from datetime import datetime

import pytest

from backline.domain.applications import NotNow
from backline.people import actions, queries
from backline.people.actions import NameTaken
from backline.people.models import Application, Artist
from tests.conftest import Cast
from tests.people.applying import sent
from tests.people.at_once import at_once


def names(application: Application) -> list[str]:
    return [artist.name for artist in queries.name_conflicts(application)]


def test_the_second_of_two_is_held_back_until_staff_have_seen_the_first(cast: Cast, now: datetime):
    first, second = sent(cast.lee, now), sent(cast.charlie, now, name="LOW TIDE CLUB")
    made = actions.approve_application(first, by=cast.dana, now=now).artist
    assert made is not None
    with pytest.raises(NotNow, match=r"taken by now: Low Tide Club \(@low-tide-club\)"):
        actions.approve_application(second, by=cast.dana, now=now)
    second.refresh_from_db()
    assert second.state == "pending" and not Artist.objects.filter(name="LOW TIDE CLUB").exists()
    assert names(second) == ["Low Tide Club"]
    other = actions.approve_application(second, by=cast.dana, now=now, seen=[made.pk]).artist
    assert other is not None and other.handle == "low-tide-club-2"
    assert "Approved beside the name of Low Tide Club (@low-tide-club)" in [
        event.title for event in queries.history(second.pk, for_staff=True)
    ]
    assert "beside" not in "".join(event.title for event in queries.history(second.pk, for_staff=False))


def test_what_staff_saw_is_not_what_came_after(cast: Cast, now: datetime):
    application = sent(cast.lee, now, name="Kit Nakagawa")
    late = Artist.objects.create(name="kit nakagawa", handle="late", created_at=now)
    with pytest.raises(NotNow, match="@late"):
        actions.approve_application(application, by=cast.dana, now=now, seen=[cast.kit.pk])
    seen = [cast.kit.pk, late.pk]
    assert actions.approve_application(application, by=cast.dana, now=now, seen=seen).state == "approved"


def test_a_name_that_looks_like_a_verified_one_is_held_back_too(cast: Cast, now: datetime):
    application = sent(cast.lee, now, name="K1T Nakagawa")
    assert names(application) == []
    Artist.objects.filter(pk=cast.kit.pk).update(verified_at=now)
    assert names(application) == ["Kit Nakagawa"]
    with pytest.raises(NotNow, match="Kit Nakagawa"):
        actions.approve_application(application, by=cast.dana, now=now)


def test_verifying_a_second_of_the_same_name_is_held_back(cast: Cast, now: datetime):
    Artist.objects.create(name="Marlo Vane", handle="double", created_at=now)
    draft = actions.save_application(cast.alice, kind="verify", texts={}, artist=cast.marlo, now=now)
    application = actions.send_application(draft, now=now)
    with pytest.raises(NotNow, match="@double"):
        actions.approve_application(application, by=cast.dana, now=now)
    cast.marlo.refresh_from_db()
    assert cast.marlo.verified_at is None


def test_a_restored_profile_keeps_its_name(cast: Cast, now: datetime):
    application = actions.approve_application(sent(cast.lee, now), by=cast.dana, now=now)
    actions.revoke_application(application, text="A question of rights.", by=cast.dana, now=now)
    assert actions.approve_application(application, by=cast.dana, now=now).state == "approved"


def test_at_once_is_refused_what_an_approval_gave_away(cast: Cast, now: datetime):
    actions.approve_application(sent(cast.lee, now), by=cast.dana, now=now)
    with pytest.raises(NameTaken):
        actions.become_producer(cast.charlie, name="low tide club", handle="mine", now=now)


def test_of_two_approved_at_once_one_is_held_back(people: Cast, now: datetime):
    first, second = sent(people.lee, now), sent(people.charlie, now)
    held = at_once(
        lambda: actions.approve_application(first, by=people.dana, now=now),
        lambda: actions.approve_application(second, by=people.dana, now=now),
    )
    assert len(held) == 1 and Artist.objects.filter(name="Low Tide Club").count() == 1
