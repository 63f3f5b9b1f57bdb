"""The world on paper: complete, believable, the same each time."""

from __future__ import annotations

import importlib
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.password_validation import validate_password

from backline.demo import titles
from backline.demo.artists import CAST, KIT, MARLO, PROFILES, SABLE, listeners
from backline.demo.plan import DAYS, FULL, SEED, SMALL, World, plan
from backline.demo.styles import STYLES
from backline.people.models import Account

NOW = datetime(2026, 3, 18, 15, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def world() -> World:
    return plan(now=NOW, seed=SEED, scale=FULL)


def test_the_size_is_what_the_demo_promises(world: World):
    beats = Counter(beat.handle for beat in world.beats)
    assert len(world.profiles) == 30
    assert sum(beats.values()) == 200
    assert beats[MARLO] == 51
    assert sum(beat.handle == MARLO and beat.published_at is not None for beat in world.beats) == 48
    assert beats[SABLE] == 3
    assert sum(collection.handle == MARLO for collection in world.collections) == 6
    assert 10 <= sum(beat.published_at is None for beat in world.beats) <= 30


def test_beats_come_out_over_two_years_and_never_before_their_artist(world: World):
    for beat in world.beats:
        assert world.joined_at[beat.handle] <= beat.created_at < NOW
        if beat.published_at is not None:
            assert beat.created_at < beat.published_at < NOW
        for invitation in beat.invitations:
            assert world.joined_at[invitation.handle] <= beat.created_at
    months = {beat.created_at.strftime("%Y-%m") for beat in world.beats}
    assert len(months) >= 24
    assert min(beat.created_at for beat in world.beats) < NOW - timedelta(days=DAYS - 60)


def test_names_are_unique_and_within_the_seconds_promised(world: World):
    names = [beat.name for beat in world.beats]
    assert len(names) == len(set(names))
    assert all(30 < beat.seconds < 40 for beat in world.beats)


def test_some_beats_are_incomplete(world: World):
    assert 20 < sum(not beat.description for beat in world.beats) < 80
    assert 15 < sum(len(beat.tags) < 3 for beat in world.beats) < 80
    assert all(1 <= len(beat.genres) <= 2 for beat in world.beats)


def test_tempo_lies_in_the_range_of_the_genre(world: World):
    for beat in world.beats:
        low, high = STYLES[beat.genres[0]].bpm
        assert low <= beat.bpm <= high


def test_charlies_artist_is_a_stranger_to_everybody(world: World):
    assert not any(i.handle == SABLE for beat in world.beats for i in beat.invitations)
    assert not any(beat.invitations for beat in world.beats if beat.handle == SABLE)


def test_invitations_between_marlo_and_kit_have_each_answer(world: World):
    to_kit = {i.answer for b in world.beats if b.handle == MARLO for i in b.invitations if i.handle == KIT}
    to_marlo = {i.answer for b in world.beats if b.handle == KIT for i in b.invitations if i.handle == MARLO}
    assert to_kit == {"accepted", "declined", "invited"}
    assert to_marlo == {"accepted", "invited"}


def test_the_same_seed_gives_the_same_world(world: World):
    assert plan(now=NOW, seed=SEED, scale=FULL) == world
    assert plan(now=NOW, seed=SEED + 1, scale=FULL) != world


def test_the_small_world_holds_the_artists_of_the_cast():
    small = plan(now=NOW, seed=SEED, scale=SMALL)
    assert {MARLO, KIT, SABLE} <= set(small.joined_at)
    assert {beat.handle for beat in small.beats} >= {MARLO, KIT, SABLE}


def test_genres_are_those_of_the_platform():
    migration = importlib.import_module("backline.catalog.migrations.0002_genres")
    slugs = {slug for slug, _ in migration.GENRES}
    assert set(STYLES) == slugs
    assert set(titles.TAGS) == slugs
    assert {genre for profile in PROFILES for genre in profile.genres} <= slugs


def test_passwords_say_demo_and_pass_the_validators():
    for person in CAST:
        assert person.password.startswith("demo-")
        validate_password(person.password, Account(email=person.email, name=person.name))


def test_listeners_are_different_people_who_cannot_sign_in():
    crowd = listeners(360, seed=SEED)
    assert len({person.name for person in crowd}) == len({person.email for person in crowd}) == 360
    assert not any(person.password for person in crowd)
