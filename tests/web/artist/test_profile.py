"""An artist's profile: figures, tabs, following."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backline.audience.models import Follow
from backline.catalog.models import Beat, Collection
from backline.outbox.models import Fact
from backline.web.artist.queries import place
from tests.conftest import Cast
from tests.web.public import many, public_beat

HTMX = {"HX-Request": "true", "HX-Target": "profile-head"}


def test_it_says_who_the_artist_is(cast: Cast, now: datetime) -> None:
    cast.marlo.bio, cast.marlo.city, cast.marlo.country = "Warm, slow drums.", "Amsterdam", "NL"
    cast.marlo.verified_at = now
    cast.marlo.save()
    public_beat(cast.marlo, now=now, name="Glass Harbour")
    public_beat(cast.marlo, now=now, name="Unfinished", state=Beat.State.DRAFT)
    body = cast.client("visitor").get("/@marlo-vane/").content.decode()
    for text in ("Marlo Vane", "Verified", "Amsterdam, Netherlands", "Warm, slow drums.", "Glass Harbour"):
        assert text in body
    assert "Unfinished" not in body
    assert "data-play-all" in body


def test_an_artist_without_anything(cast: Cast) -> None:
    client = cast.client("visitor")
    body = client.get("/@sable-ortiz/").content.decode()
    assert "No public beats yet" in body
    assert "data-play-all" not in body
    assert "Verified" not in body
    assert "No public collections" in client.get("/@sable-ortiz/?tab=collections").content.decode()
    assert "has not written anything" in client.get("/@sable-ortiz/?tab=about").content.decode()


def test_who_edits_it_is_told_what_to_do_and_others_what_to_wait_for(cast: Cast) -> None:
    """Of an artist without anything; Ada, who only reads, sees what a visitor sees."""
    told = {
        "beats": ("Nobody can hear a beat of yours yet", 'href="/backstage/upload/?artist=marlo-vane"'),
        "collections": ("Nobody sees a collection of yours yet", 'href="/dashboard/collections/?artist='),
        "about": ("Say who you are", 'href="/backstage/profile/?artist=marlo-vane"'),
    }
    for tab, words in told.items():
        own = cast.client("bob").get(f"/@marlo-vane/?tab={tab}").content.decode()
        assert all(word in own for word in words) and "Edit profile" in own
        for who in ("visitor", "ada", "charlie"):
            body = cast.client(who).get(f"/@marlo-vane/?tab={tab}").content.decode()
            assert words[0] not in body and "Edit profile" not in body
    beats = cast.client("bob").get("/@marlo-vane/").content.decode()
    assert "Follow to come back" not in beats
    main = beats[beats.index("<main") : beats.index("</main>")]
    leaving = re.findall(r'<a [^>]*href="/(?:backstage|dashboard)/[^>]*>', main)
    assert len(leaving) == 3 and all('hx-boost="false"' in link for link in leaving), "another frame, whole"


def test_one_address_in_any_case(cast: Cast) -> None:
    answer: Any = cast.client("visitor").get("/@Marlo-VANE/")
    assert (answer.status_code, answer.url) == (301, "/@marlo-vane/")
    answer = cast.client("visitor").get("/@Marlo-VANE/?tab=about")
    assert answer.url == "/@marlo-vane/?tab=about"


def test_nobody_and_the_revoked_are_not_found(cast: Cast, now: datetime) -> None:
    assert cast.client("visitor").get("/@nobody/").status_code == 404
    cast.marlo.revoked_at = now
    cast.marlo.save()
    for who in ("visitor", "alice"):
        assert cast.client(who).get("/@marlo-vane/").status_code == 404
    assert cast.client("lee").post("/@marlo-vane/follow").status_code == 404


def test_collaborations_are_listed_with_the_other_names(cast: Cast, now: datetime) -> None:
    public_beat(cast.kit, now=now, name="Paper Lanterns", guests={cast.marlo: now})
    body = cast.client("visitor").get("/@marlo-vane/").content.decode()
    assert "Paper Lanterns" in body
    assert "1 beat together" in body


def test_orders(cast: Cast, now: datetime) -> None:
    public_beat(cast.marlo, now=now - timedelta(days=2), name="Older")
    public_beat(cast.marlo, now=now, name="Newer")
    body = cast.client("visitor").get("/@marlo-vane/?sort=newest").content.decode()
    assert body.index("Newer") < body.index("Older")


def test_pages(cast: Cast, now: datetime) -> None:
    many(cast.marlo, 21, now=now)
    client = cast.client("visitor")
    second = client.get("/@marlo-vane/?sort=newest&page=2").content.decode()
    assert "Beat 1<" in second
    assert "Page 2 of 2" in second
    assert "Page 2 of 2" in client.get("/@marlo-vane/?page=99").content.decode()
    assert client.get("/@marlo-vane/?page=x&sort=y&tab=z").status_code == 200


def test_public_collections_alone(cast: Cast, now: datetime) -> None:
    for name, state in (("Harbour Tapes", "public"), ("Sketches", "private")):
        Collection.objects.create(
            artist=cast.marlo, name=name, kind="album", state=state, created_at=now, updated_at=now
        )
    body = cast.client("alice").get("/@marlo-vane/?tab=collections").content.decode()
    assert "Harbour Tapes" in body
    assert "Sketches" not in body


def test_follow_and_unfollow(cast: Cast) -> None:
    client = cast.client("lee")
    for _ in range(2):
        answer: Any = client.post("/@marlo-vane/follow", {"follow": "yes"})
        assert (answer.status_code, answer.url) == (302, "/@marlo-vane/")
    assert Follow.objects.count() == 1
    assert "Following" in client.get("/@marlo-vane/").content.decode()
    for _ in range(2):
        client.post("/@marlo-vane/follow", {"follow": "no"})
    assert Follow.objects.count() == 0
    assert list(Fact.objects.values_list("kind", flat=True)) == ["followed", "unfollowed"]


def test_htmx_gets_the_head_with_the_new_count(cast: Cast) -> None:
    body = cast.client("lee").post("/@marlo-vane/follow", {"follow": "yes"}, headers=HTMX).content.decode()
    assert "Following" in body
    assert "<html" not in body
    assert "<dt>Followers</dt><dd>1</dd>" in body


def test_play_all_stands_where_the_list_is_also_after_following(cast: Cast, now: datetime) -> None:
    public_beat(cast.marlo, now=now)
    client = cast.client("lee")
    for tab, shown in (("beats", True), ("about", False)):
        here = {"HX-Current-URL": f"http://testserver/@marlo-vane/?tab={tab}"}
        assert ("data-play-all" in client.get(f"/@marlo-vane/?tab={tab}").content.decode()) is shown
        head = client.post("/@marlo-vane/follow", {"follow": "yes"}, headers=HTMX | here).content.decode()
        assert ("data-play-all" in head) is shown


def test_a_visitor_signs_in_and_comes_back_to_the_artist(cast: Cast) -> None:
    visitor = cast.client("visitor")
    assert "/accounts/login/?next=/%40marlo-vane/" in visitor.get("/@marlo-vane/").content.decode()
    answer: Any = visitor.post("/@marlo-vane/follow", {"follow": "yes"})
    assert (answer.status_code, answer.url) == (302, "/accounts/login/?next=/%40marlo-vane/follow")
    back: Any = cast.client("lee").get("/@marlo-vane/follow")
    assert (back.status_code, back.url) == (302, "/@marlo-vane/")
    assert Follow.objects.count() == 0


def test_the_cost_does_not_grow(cast: Cast, now: datetime) -> None:
    client = cast.client("lee")
    public_beat(cast.marlo, now=now)
    client.get("/@marlo-vane/")
    with CaptureQueriesContext(connection) as few:
        client.get("/@marlo-vane/")
    many(cast.marlo, 20, now=now)
    with CaptureQueriesContext(connection) as lots:
        client.get("/@marlo-vane/")
    assert len(lots) == len(few)


@pytest.mark.parametrize(
    ("city", "country", "said"),
    [
        ("", "", ""),
        ("Paris", "", "Paris"),
        ("", "NL", "Netherlands"),
        ("Accra", "GH", "Accra, Ghana"),
        ("", "XX", ""),
    ],
)
def test_place(city: str, country: str, said: str) -> None:
    assert place(city, country) == said
