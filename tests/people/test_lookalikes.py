"""Names made to be taken for another's: by other alphabets, by width, by what nobody sees."""

from __future__ import annotations

from datetime import datetime
from importlib import import_module

import pytest
from django.apps import apps

from backline.domain.applications import NotNow
from backline.domain.likeness import likeness
from backline.people import actions, queries
from backline.people.actions import HandleTaken, NameTaken, ProfileFields
from backline.people.models import Artist
from tests.conftest import Cast
from tests.people.applying import sent

# What a reader takes for the verified Kit Nakagawa.
LIKE = [
    "К\u0456t Nakagawa",  # Cyrillic
    "\uff2bit Nakagawa",  # full width
    "Kit N\u0251k\u0251g\u0251wa",  # Latin alpha
    "\u039ait Nakag\u03b1wa",  # Greek
    "KIT NAKAGAWA.",
    "K!t N@kagawa",
]
UNSEEN = [
    "Low\u200bTide",
    "Low\u200dTide",
    "Low Tide\u3164",
    "\u2800Low Tide",
    "Low\u202eediT",
    "Low\u2028Tide",
]


@pytest.fixture
def verified(cast: Cast, now: datetime) -> Artist:
    Artist.objects.filter(pk=cast.kit.pk).update(verified_at=now)
    return cast.kit


def rename(cast: Cast, name: str, now: datetime) -> Artist:
    return actions.update_profile(cast.marlo, fields=ProfileFields(name=name), by=cast.alice, now=now)


@pytest.mark.parametrize("name", LIKE)
def test_a_name_like_a_verified_one_is_refused_everywhere(
    cast: Cast, verified: Artist, now: datetime, name: str
):
    with pytest.raises(NameTaken, match="verified"):
        rename(cast, name, now)
    with pytest.raises(NameTaken, match="verified"):
        actions.become_producer(cast.lee, name=name, handle="me", now=now)
    with pytest.raises(NotNow, match="Kit Nakagawa"):
        actions.approve_application(sent(cast.lee, now, name=name), by=cast.dana, now=now)
    assert Artist.objects.count() == 3


@pytest.mark.parametrize("name", ["kit nakagawa", "\uff2bit Nakagawa", "KI\uff34 NAKAGAWA"])
def test_a_name_in_other_letters_of_the_same_is_taken_by_anybody(cast: Cast, now: datetime, name: str):
    with pytest.raises(NameTaken, match="Another artist"):
        rename(cast, name, now)


@pytest.mark.parametrize("name", UNSEEN)
def test_a_name_with_what_nobody_sees_is_refused(cast: Cast, now: datetime, name: str):
    with pytest.raises(NameTaken, match="nobody sees"):
        rename(cast, name, now)


def test_scripts_and_signs_that_need_a_joiner_have_it(cast: Cast, now: datetime):
    for name in ("\u0645\u06cc\u200c\u0646\u0627", "Duo \U0001f469\u200d\U0001f467"):
        assert rename(cast, name, now).name == name


def test_a_sign_of_many_letters_fits(cast: Cast, now: datetime):
    name = "\ufdfa" * 80
    assert len(rename(cast, name, now).likeness) == 80
    assert queries.name_problem(name).startswith("Another artist")


def test_an_address_that_reads_like_a_verified_name_is_refused(cast: Cast, verified: Artist, now: datetime):
    for handle in ("k1t-nakagawa", "KlT-NAKAGAWA", "kitnakagawa"):
        with pytest.raises(HandleTaken):
            actions.change_handle(cast.marlo, handle=handle, by=cast.alice, now=now)
        with pytest.raises(HandleTaken):
            actions.become_producer(cast.lee, name="Nobody Else", handle=handle, now=now)
    assert (
        actions.change_handle(verified, handle="k1t-nakagawa", by=cast.bob, now=now).handle == "k1t-nakagawa"
    )


def test_names_from_before_a_rule_are_worked_out_anew(cast: Cast):
    Artist.objects.filter(pk=cast.kit.pk).update(likeness="kit")
    import_module("backline.people.migrations.0005_likeness_by_more_alphabets").work_out(apps, None)
    assert list(Artist.objects.order_by("pk").values_list("likeness", flat=True)) == [
        likeness(name) for name in ("Marlo Vane", "Kit Nakagawa", "Sable Ortiz")
    ]
