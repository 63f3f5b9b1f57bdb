"""Recommendations on My Beats: the facts they rest on, who is left out, inviting, opting out."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from backline.catalog import actions as catalog
from backline.catalog.actions import recommended
from backline.catalog.models import Beat, Credit, Recommended
from backline.catalog.queries import matching
from backline.catalog.queries.matching import find_matches
from backline.people import actions as people
from backline.people.models import Account, Artist
from tests.catalog.makers import COMPLETE, make_public
from tests.conftest import Cast
from tests.web.screens import words

pytestmark = pytest.mark.usefixtures("at_noon")
LIST = "/dashboard/beats/"


def publish(artist: Artist, account: Account, now: datetime, *, many: int = 3, **changes: Any) -> list[Beat]:
    """Public beats of an artist."""
    some = [replace(COMPLETE, name=f"{artist.name} {n}", **changes) for n in range(many)]
    return [make_public(artist, account=account, now=now, fields=fields) for fields in some]


def shown(cast: Cast, who: str = "alice") -> str:
    """The section's words."""
    headers = {"HX-Request": "true", "HX-Target": "recommended"}
    return words(cast.client(who).get(f"{LIST}?artist=marlo-vane", headers=headers).content.decode())


def look(now: datetime) -> None:
    """The worker looks for everybody, though the day may not be over."""
    Recommended.objects.all().delete()
    catalog.recommend_next(now=now)


@pytest.fixture
def beats(cast: Cast, now: datetime) -> list[Beat]:
    """Three public trap beats in a minor key around 140 BPM of Alice's artist."""
    return publish(cast.marlo, cast.alice, now)


def test_the_facts_are_those_of_both_catalogues(cast: Cast, beats: list[Beat], now: datetime):
    theirs = publish(cast.sable, cast.charlie, now, many=2, bpm=144)
    for beat in (beats[0], theirs[0]):
        credit = catalog.invite_credit(beat, artist=cast.kit, now=now)
        catalog.answer_credit(credit, accept=True, now=now)
    look(now)
    text = shown(cast)
    assert "Sable Ortiz 2 beats Trap 1 genre in common" in text
    assert "both around 144 BPM · both mostly in minor keys · a catalogue of a size like yours" in text
    assert "also worked with Kit Nakagawa" in text and "Kit Nakagawa 1 beat" not in text


def test_far_catalogues_share_less(cast: Cast, beats: list[Beat], now: datetime):
    publish(cast.sable, cast.charlie, now, many=7, bpm=90, scale="major")
    look(now)
    assert "Sable Ortiz 7 beats Trap 1 genre in common View profile" in shown(cast)
    publish(cast.kit, cast.bob, now, genres=("ambient",))
    look(now)
    assert "Kit Nakagawa" not in shown(cast)


def test_collaborators_opt_outs_and_the_revoked_are_left_out_at_once(
    cast: Cast, beats: list[Beat], now: datetime
):
    publish(cast.sable, cast.charlie, now)
    look(now)
    assert "Sable Ortiz" in shown(cast)
    cast.client("charlie").post(f"{LIST}recommended/?artist=sable-ortiz", {"open": "no"})
    assert "Sable Ortiz" not in shown(cast)
    cast.client("charlie").post(f"{LIST}recommended/?artist=sable-ortiz", {"open": "yes"})
    Artist.objects.filter(pk=cast.sable.pk).update(revoked_at=now)
    assert "Sable Ortiz" not in shown(cast)
    Artist.objects.filter(pk=cast.sable.pk).update(revoked_at=None)
    credit = catalog.invite_credit(beats[0], artist=cast.sable, now=now)
    catalog.answer_credit(credit, accept=True, now=now)
    assert "Nobody close yet" in shown(cast)


def test_the_worker_looks_once_a_day_and_pages_only_read(cast: Cast, beats: list[Beat], now: datetime):
    assert "Not looked for yet" in shown(cast) and not Recommended.objects.exists()
    assert catalog.recommend_next(now=now)
    assert "Nobody close yet" in shown(cast)
    publish(cast.sable, cast.charlie, now)
    later = now + timedelta(hours=23)
    assert catalog.recommend_next(now=later) and not catalog.recommend_next(now=later), "only the newcomer"
    assert "Nobody close yet" in shown(cast)
    assert catalog.recommend_next(now=now + timedelta(days=1))
    assert "Sable Ortiz" in shown(cast)


def test_who_has_few_beats_waits_and_who_lost_them_loses_the_rest(
    cast: Cast, beats: list[Beat], now: datetime
):
    publish(cast.sable, cast.charlie, now, many=2)
    look(now)
    assert list(Recommended.objects.values_list("pk", flat=True)) == [cast.marlo.pk]
    assert "Sable Ortiz" in shown(cast)
    catalog.archive_beats(cast.marlo, beat_ids=[beat.pk for beat in beats], now=now, by=cast.alice)
    catalog.recommend_next(now=now + timedelta(days=1))
    assert Recommended.objects.get().found == []


def test_a_day_is_looked_through_in_portions(
    cast: Cast, beats: list[Beat], now: datetime, monkeypatch: pytest.MonkeyPatch
):
    publish(cast.sable, cast.charlie, now)
    publish(cast.kit, cast.bob, now)
    monkeypatch.setattr(recommended, "PORTION", 2)
    assert [catalog.recommend_next(now=now) for _ in range(3)] == [True, True, False]
    assert Recommended.objects.count() == 3


def test_of_a_crowded_genre_the_busiest_are_looked_at(
    cast: Cast, beats: list[Beat], now: datetime, monkeypatch: pytest.MonkeyPatch
):
    publish(cast.sable, cast.charlie, now, many=5)
    publish(cast.kit, cast.bob, now, many=4)
    for busiest, expected in ((2, [cast.sable.pk, cast.kit.pk]), (1, [cast.sable.pk])):
        monkeypatch.setattr(matching, "BUSIEST", busiest)
        found = find_matches([cast.marlo.pk])[cast.marlo.pk]
        assert [one.artist_id for one in found] == expected


def test_three_public_beats_with_genres_are_needed(cast: Cast, now: datetime):
    publish(cast.marlo, cast.alice, now, many=2)
    publish(cast.sable, cast.charlie, now)
    look(now)
    assert "2 have a genre so far." in shown(cast) and "Sable Ortiz" not in shown(cast)


def test_inviting_chooses_a_beat(cast: Cast, beats: list[Beat], now: datetime):
    client = cast.client("bob")
    address = "/backstage/invite/sable-ortiz/?artist=marlo-vane"
    assert beats[1].name in client.get(address).content.decode()
    answer: Any = client.post(address, {"beat": beats[1].pk})
    assert answer.url == f"/backstage/beats/{beats[1].pk}/"
    assert Credit.objects.get(beat=beats[1], artist=cast.sable).state == "invited"
    assert client.post(address, {"beat": beats[1].pk}).url == address  # type: ignore[attr-defined]
    assert client.get("/backstage/invite/marlo-vane/?artist=marlo-vane").status_code == 404


def test_who_reads_only_cannot_invite_or_opt_out(cast: Cast, beats: list[Beat], now: datetime):
    publish(cast.sable, cast.charlie, now)
    look(now)
    text = shown(cast, "ada")
    assert "Sable Ortiz" in text and "Invite" not in text and "recommended to" not in text
    assert cast.client("ada").post(f"{LIST}recommended/?artist=marlo-vane", {"open": "no"}).status_code == 403


def test_following_a_collaborator(cast: Cast, beats: list[Beat], now: datetime):
    credit = catalog.invite_credit(beats[0], artist=cast.kit, now=now)
    catalog.answer_credit(credit, accept=True, now=now)
    client = cast.client("alice")
    assert 'aria-label="Follow Kit Nakagawa"' in client.get(LIST).content.decode()
    client.post(f"{LIST}partners/kit-nakagawa/?artist=marlo-vane", {"follow": "yes"})
    assert 'aria-label="Following Kit Nakagawa"' in client.get(LIST).content.decode()


def test_many_candidates_cost_the_same(
    cast: Cast, beats: list[Beat], now: datetime, django_assert_num_queries: Any
):
    with django_assert_num_queries(5):
        find_matches([cast.marlo.pk])
    for number in range(4):
        one = people.create_artist(cast.lee, name=f"N{number}", handle=f"n-{number}", now=now)
        publish(one, cast.lee, now, many=1)
    with django_assert_num_queries(8):
        assert len(find_matches([cast.marlo.pk])[cast.marlo.pk]) == 4
    for number in range(4):
        publish(Artist.objects.get(handle=f"n-{number}"), cast.lee, now, many=2)
    everybody = list(Artist.objects.values_list("pk", flat=True))
    with django_assert_num_queries(5):
        assert len(find_matches(everybody)[cast.marlo.pk]) == 4
