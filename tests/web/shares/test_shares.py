"""Share tables on the screens: an owner proposes, the named artists' owners answer, both after a fresh sign-in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from backline.catalog import actions
from backline.catalog.models import Beat, Credit, ShareTable
from backline.core import clock
from backline.outbox.models import Notification
from tests.catalog.makers import make_draft
from tests.conftest import PASSWORD, Cast
from tests.web.beat_form.test_beat_form import address, filled, text

GOOD = {"marlo-vane": "60.00", "kit-nakagawa": "40", "starts_on": "2026-03-18"}


@pytest.fixture
def duo(cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch) -> Beat:
    """A draft of Marlo's on which Kit is invited."""
    monkeypatch.setattr(clock, "now", lambda: now)
    beat = make_draft(cast.marlo, account=cast.alice, now=now)
    actions.invite_credit(beat, artist=cast.kit, now=now)
    return beat


def fresh(cast: Cast, name: str) -> Client:
    """A client that has just given its password."""
    client = cast.client(name)
    client.post("/accounts/reauthenticate/?next=/settings/", {"password": PASSWORD})
    return client


def propose(client: Client, beat: Beat, **sent: Any) -> Any:
    return client.post(f"{address(beat)}shares/", GOOD | sent)


def test_an_owner_proposes_and_the_invited_artist_accepts_credit_and_share(cast: Cast, duo: Beat):
    asked = cast.client("alice").get(f"{address(duo)}shares/", {"marlo-vane": "60", "kit-nakagawa": "40"})
    assert "Propose these shares" in text(asked) and "100.00 %" in text(asked)
    made = propose(fresh(cast, "alice"), duo)
    table = ShareTable.objects.get()
    assert made["Location"] == f"/backstage/shares/{table.pk}/"
    assert Notification.objects.filter(kind="share_table_changed").count() == 2
    bob = fresh(cast, "bob")
    page = text(bob.get(made["Location"]))
    assert "wait for Kit Nakagawa" in page and "For Kit Nakagawa: 40.00 %" in page
    form = text(cast.client("alice").get(address(duo)))
    assert "waits for answers" in form and 'value="40.00"' in form
    bob.post(f"{made['Location']}answer/", {"artist": cast.kit.pk, "answer": "accept"})
    assert Credit.objects.get(beat=duo, artist=cast.kit).state == "accepted"
    assert "Everybody accepted" in text(bob.get(made["Location"]))
    assert "In force from 18 Mar" in text(cast.client("alice").get(address(duo)))


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"kit-nakagawa": "39.99"}, "sum to 99.99 %"),
        ({"kit-nakagawa": "a lot"}, "The share of Kit Nakagawa is a percentage"),
        ({"kit-nakagawa": "33.333"}, "up to two digits"),
        ({"kit-nakagawa": "-40"}, "percentage"),
        ({"starts_on": "2026-03-17"}, "start today or later"),
    ],
)
def test_shares_that_are_none_are_refused_in_words(cast: Cast, duo: Beat, sent: dict[str, str], words: str):
    answer = propose(cast.client("alice"), duo, **sent)
    assert answer.status_code == 422 and words in text(answer)
    assert not ShareTable.objects.exists()


def test_both_ask_for_the_password_again(cast: Cast, duo: Beat, now: datetime):
    assert propose(cast.client("alice"), duo)["Location"].startswith("/accounts/reauthenticate/")
    assert not ShareTable.objects.exists()
    propose(fresh(cast, "alice"), duo)
    table = ShareTable.objects.get()
    answer = {"artist": cast.kit.pk, "answer": "accept"}
    stale = cast.client("bob").post(f"/backstage/shares/{table.pk}/answer/", answer)
    assert stale["Location"].startswith("/accounts/reauthenticate/")
    assert table.parts.get(artist=cast.kit).accepted_at is None


def test_only_owners_propose_and_only_the_asked_answer(cast: Cast, duo: Beat):
    assert propose(cast.client("bob"), duo).status_code == 403, "Bob manages Marlo, he does not own it"
    propose(fresh(cast, "alice"), duo)
    place = f"/backstage/shares/{ShareTable.objects.get().pk}/"
    for_kit = {"artist": cast.kit.pk, "answer": "accept"}
    assert cast.client("alice").post(f"{place}answer/", for_kit).status_code == 403
    assert cast.client("bob").post(f"{place}answer/", for_kit | {"artist": cast.marlo.pk}).status_code == 403
    assert cast.client("bob").post(f"{place}answer/", for_kit | {"artist": "x"}).status_code == 403
    assert cast.client("charlie").post(f"{place}answer/", for_kit).status_code == 404


def test_declining_ends_the_version_and_equal_shares_go_on(cast: Cast, duo: Beat, now: datetime):
    alice = fresh(cast, "alice")
    propose(alice, duo)
    table = ShareTable.objects.get()
    page = fresh(cast, "bob").post(
        f"/backstage/shares/{table.pk}/answer/", {"artist": cast.kit.pk, "answer": "decline"}, follow=True
    )
    assert "was given up" in text(page) and "share equally" in text(page)
    assert Credit.objects.get(beat=duo, artist=cast.kit).state == "invited"
    propose(alice, duo, **{"marlo-vane": "50", "kit-nakagawa": "50"})
    assert ShareTable.objects.get(ended_at=None).version == 2


def test_who_has_a_part_is_removed_only_with_their_consent(cast: Cast, duo: Beat, now: datetime):
    client = fresh(cast, "alice")
    propose(client, duo)
    actions.accept_shares(ShareTable.objects.get(), artist=cast.kit, by=cast.bob, now=now)
    refused = client.post(address(duo), filled(duo, action="withdraw:kit-nakagawa"))
    assert refused.status_code == 422 and "Propose shares that give them 0 %" in text(refused)
    propose(client, duo, **{"marlo-vane": "100", "kit-nakagawa": "0"})
    newest = ShareTable.objects.last()
    assert newest is not None
    actions.accept_shares(newest, artist=cast.kit, by=cast.bob, now=now)
    client.post(address(duo), filled(duo, action="withdraw:kit-nakagawa"))
    assert not Credit.objects.filter(beat=duo, artist=cast.kit).exists()


def test_an_invitation_has_a_page_and_tells_both_sides(cast: Cast, duo: Beat):
    credit = Credit.objects.get(beat=duo, artist=cast.kit)
    told = Notification.objects.get(kind="credit_invited")
    assert (told.account_id, told.url) == (cast.bob.pk, f"/backstage/credits/{credit.pk}/")
    client = cast.client("bob")
    assert "Marlo Vane invites Kit Nakagawa" in text(client.get(told.url))
    client.post(told.url, {"answer": "decline"})
    assert Notification.objects.get(kind="credit_declined").account_id == cast.alice.pk


@pytest.mark.parametrize("number", ["\N{SUPERSCRIPT TWO}", "9" * 5_000, "-1", ""])
def test_an_artist_that_is_no_number_is_refused(cast: Cast, duo: Beat, number: str):
    propose(fresh(cast, "alice"), duo)
    place = f"/backstage/shares/{ShareTable.objects.get().pk}/answer/"
    assert fresh(cast, "bob").post(place, {"artist": number, "answer": "accept"}).status_code == 403
