"""The round over all artists: ladders, unlocks for good, what staff take back, two computations at once."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

import pytest
from django.db import connection, connections

from backline.catalog.models import Beat, Credit, Genre
from backline.listening.fold import fold_all
from backline.people.actions import add_member
from backline.people.models import Account, Artist
from backline.standing import actions, queries
from backline.standing.models import Award, Round, Tally
from backline.standing.snapshots.actions import take_snapshots
from tests.catalog.makers import make_public
from tests.conftest import Cast
from tests.listening.world import listen, make_beat, send
from tests.standing.world import many_artists, unlocked, xp

DAY = timedelta(days=1)


def public(artist: Artist, count: int, *, now: datetime) -> list[Beat]:
    """Public beats without details, made quickly."""
    beats = [make_beat(artist, now=now) for _ in range(count)]
    Beat.objects.filter(pk__in=[beat.pk for beat in beats]).update(first_published_at=now)
    return beats


@pytest.fixture
def field(cast: Cast, now: datetime) -> list[Artist]:
    """Nineteen artists with one public beat each, who with Marlo make twenty."""
    artists = many_artists(19, now=now)
    for artist in artists:
        public(artist, 1, now=now)
    return artists


def test_a_top_share_is_unlocked_with_twenty_ranked_and_stays(cast: Cast, field: list[Artist], now: datetime):
    beats = public(cast.marlo, 4, now=now)
    actions.run_round(now=now)
    assert "crate_starter" not in unlocked(cast.marlo)
    beats += public(cast.marlo, 1, now=now)
    actions.run_round(now=now)
    assert "crate_starter" in unlocked(cast.marlo)
    held = xp(cast.marlo)
    Beat.objects.filter(pk__in=[beat.pk for beat in beats]).update(deleted_at=now)
    actions.run_round(now=now + DAY)
    assert "crate_starter" in unlocked(cast.marlo)
    assert xp(cast.marlo) == held - 500  # the five uploads went, the achievement of the same size stayed
    states = queries.achievements(queries.counted(cast.marlo.pk, now=now))
    state = next(each for each in states if each.achievement.key == "crate_starter")
    assert state.unlocked_at == now and not state.outlook.reached


def test_nineteen_ranked_are_too_few(cast: Cast, field: list[Artist], now: datetime):
    Beat.objects.filter(artist=field[0]).update(state="draft")
    public(cast.marlo, 9, now=now)
    actions.run_round(now=now)
    assert "crate_starter" not in unlocked(cast.marlo)
    assert Round.objects.get(pk=1).ladders["public_beats"] == {"ranked": 19, "cuts": []}


def test_artists_with_staff_among_their_members_are_not_ranked(
    cast: Cast, field: list[Artist], now: datetime
):
    add_member(field[0], account=cast.dana, role="manager", now=now)
    public(cast.marlo, 9, now=now)
    actions.run_round(now=now)
    assert Round.objects.get(pk=1).ladders["public_beats"]["ranked"] == 19
    assert xp(field[0]) > 0  # it has XP all the same


def test_beats_are_ranked_by_plays_also_within_their_genre(cast: Cast, field: list[Artist], now: datetime):
    beats = [*Beat.objects.filter(artist__in=field), *public(cast.marlo, 1, now=now)]
    for beat in beats:
        beat.genres.set(Genre.objects.filter(slug="trap"))
    send(*(listen(beat, at=now - DAY, listener=f"l{beat.pk}") for beat in beats[:-1]), now=now)
    send(*(listen(beats[-1], at=now - DAY, listener=f"p{number}") for number in range(100)), now=now)
    fold_all(now=now)
    actions.run_round(now=now)
    assert {"first_spark", "home_turf", "standout", "plays_100"} <= unlocked(cast.marlo)
    assert unlocked(field[0]) == {"founding_thirty"}


def test_collaborations_with_a_shared_member_do_not_count(cast: Cast, now: datetime):
    """Bob manages Marlo and owns Kit: together they are one. Sable is somebody else."""
    beat = public(cast.marlo, 1, now=now)[0]
    for position, (artist, expected) in enumerate([(cast.kit, 0), (cast.sable, 1)], 1):
        Credit.objects.create(
            beat=beat, artist=artist, position=position, state="accepted", invited_at=now, answered_at=now
        )
        actions.run_round(now=now)
        assert ("plus_one" in unlocked(cast.marlo)) == bool(expected)


def test_tenure_comes_with_time_alone(cast: Cast, now: datetime):
    actions.run_round(now=now)
    assert unlocked(cast.marlo) == {"founding_thirty"}
    actions.run_round(now=now + 95 * DAY)
    assert unlocked(cast.marlo) == {"founding_thirty", "one_season"}
    assert Award.objects.get(artist=cast.marlo, rule="one_season").at == now.replace(month=6)


def test_what_staff_take_back_does_not_come_again(cast: Cast, now: datetime):
    actions.run_round(now=now)
    assert actions.withdraw_achievement(cast.marlo, key="founding_thirty", note="Case 12", now=now)
    assert not actions.withdraw_achievement(cast.marlo, key="founding_thirty", note="Case 12", now=now)
    assert (xp(cast.marlo), unlocked(cast.marlo)) == (0, set())
    assert actions.run_round(now=now + DAY).unlocked == 0  # a new day judges everybody
    assert (xp(cast.marlo), unlocked(cast.marlo)) == (0, set())
    assert [line.note for line in queries.history(cast.marlo.pk, total=2, page=1).lines if line.reverses] == [
        "Case 12"
    ]


def test_the_overall_score_comes_from_the_boards(cast: Cast, field: list[Artist], now: datetime):
    public(cast.marlo, 9, now=now)
    actions.run_round(now=now)
    assert "upper_quarter" not in unlocked(cast.marlo)
    take_snapshots(now)
    actions.run_round(now=now)
    assert "upper_quarter" in unlocked(cast.marlo)


def test_the_nearest_achievement_is_within_reach_from_four_fifths_on(cast: Cast, now: datetime):
    beat = make_public(cast.marlo, account=cast.alice, now=now - 2 * DAY)
    send(*(listen(beat, at=now - DAY, listener=f"p{number}") for number in range(79)), now=now)
    fold_all(now=now)
    actions.run_round(now=now)
    assert queries.within_reach(queries.counted(cast.marlo.pk, now=now)) is None
    send(listen(beat, at=now - DAY, listener="q"), now=now)
    fold_all(now=now)
    actions.run_round(now=now)
    near = queries.within_reach(queries.counted(cast.marlo.pk, now=now))
    assert near is not None and near.outlook.text == "80 of 100"


@pytest.mark.django_db(transaction=True)
def test_two_computations_at_once_award_once(now: datetime):
    if connection.vendor == "sqlite":
        pytest.skip(
            "the tests' SQLite lives in memory, where threads cannot wait for each other; see PostgreSQL's run"
        )
    # Another test of this kind may have emptied all tables, those that migrations fill as well.
    Genre.objects.get_or_create(slug="trap", defaults={"name": "Trap"})
    account = Account.objects.create_user("a@example.com", name="A")
    artist = Artist.objects.create(name="A", handle="a", created_at=now)
    beat = make_public(artist, account=account, now=now)
    failures: list[BaseException] = []

    def compute() -> None:
        try:
            actions.refresh([artist.pk], now=now)
        except BaseException as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=compute) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    rows = Award.objects.filter(artist=artist).order_by("source").values_list("source", "subject", "amount")
    assert list(rows) == [("metadata", str(beat.pk), 50), ("upload", str(beat.pk), 100)]
    assert Tally.objects.get(pk=artist.pk).xp == 150
