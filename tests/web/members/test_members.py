"""The members' page: who may do what, and the way of an invitation."""

from __future__ import annotations

from django.test import Client

from backline.outbox.models import Mail
from backline.people.models import Member
from tests.conftest import PASSWORD, Cast

PATH = "/backstage/members/?artist=marlo-vane"


def fresh(cast: Cast, name: str) -> Client:
    """A client that gave its password just now."""
    client = cast.client(name)
    client.post("/accounts/reauthenticate/?next=/settings/", {"password": PASSWORD})
    return client


def of(cast: Cast, name: str) -> Member:
    return Member.objects.get(artist=cast.marlo, account=getattr(cast, name))


def test_an_owner_invites_and_the_invited_joins(cast: Cast):
    fields = {"email": "lee@example.com", "role": "analyst"}
    answer = fresh(cast, "alice").post("/backstage/members/invite/?artist=marlo-vane", fields)
    assert answer.status_code == 302
    assert "lee@example.com" in cast.client("alice").get(PATH).content.decode()
    link = next(word for word in Mail.objects.get().body.split() if "/join/" in word).split("8000")[-1]
    client = cast.client("lee")
    assert "Join Marlo Vane?" in client.get(link).content.decode()
    assert client.post(link).headers["Location"] == "/dashboard/?artist=marlo-vane"
    assert client.get("/dashboard/?artist=marlo-vane").status_code == 200
    refused = cast.client("charlie").post(link)
    assert (refused.status_code, "for lee@example.com" in refused.content.decode()) == (422, True)


def test_changing_members_asks_for_the_password_again_and_goes_on_after_it(cast: Cast):
    client = cast.client("alice")
    fields = {"email": "lee@example.com", "role": "analyst"}
    answer = client.post("/backstage/members/invite/?artist=marlo-vane", fields)
    assert answer.headers["Location"].startswith("/accounts/reauthenticate/")
    assert not Mail.objects.exists()
    client.post(answer.headers["Location"], {"password": PASSWORD})
    assert Mail.objects.count() == 1


def test_only_owners_change_members(cast: Cast):
    ada = of(cast, "ada").pk
    for name in ("bob", "ada"):
        client = fresh(cast, name)
        assert client.post("/backstage/members/invite/?artist=marlo-vane", {}).status_code == 403
        assert client.post(f"/backstage/members/{of(cast, 'alice').pk}/remove/").status_code == 403
        assert client.post(f"/backstage/members/{ada}/role/", {"role": "manager"}).status_code == 403
        page = client.get(PATH).content.decode()
        assert "Invite somebody" not in page and "alice@example.com" not in page


def test_a_stranger_finds_no_member(cast: Cast):
    client = fresh(cast, "charlie")
    for path in ("role", "remove", "ownership"):
        assert (
            client.post(f"/backstage/members/{of(cast, 'bob').pk}/{path}/", {"role": "owner"}).status_code
            == 404
        )


def test_a_member_leaves(cast: Cast):
    client = cast.client("ada")
    assert (
        client.post(f"/backstage/members/{of(cast, 'ada').pk}/remove/").headers["Location"] == "/dashboard/"
    )
    assert client.get(PATH).status_code == 404


def test_the_last_owner_is_told_why_not(cast: Cast):
    client = cast.client("alice")
    answer = client.post(f"/backstage/members/{of(cast, 'alice').pk}/remove/", follow=True)
    assert "Marlo Vane needs an owner" in answer.content.decode()


def test_an_offer_of_ownership_is_answered_by_the_member_alone(cast: Cast):
    bob = of(cast, "bob").pk
    fresh(cast, "alice").post(f"/backstage/members/{bob}/role/", {"role": "owner"})
    assert (
        cast.client("alice").post(f"/backstage/members/{bob}/ownership/", {"answer": "yes"}).status_code
        == 404
    )
    client = cast.client("bob")
    assert "You are offered to become an owner" in client.get(PATH).content.decode()
    client.post(f"/backstage/members/{bob}/ownership/", {"answer": "yes"})
    assert of(cast, "bob").role == Member.Role.OWNER


def test_an_invitation_that_cannot_be_sent_keeps_what_was_typed(cast: Cast):
    fields = {"email": "nobody", "role": "analyst"}
    answer = fresh(cast, "alice").post("/backstage/members/invite/?artist=marlo-vane", fields)
    assert answer.status_code == 422 and 'value="nobody"' in answer.content.decode()


def test_a_used_link_says_so_to_who_was_removed(cast: Cast):
    fields = {"email": "lee@example.com", "role": "analyst"}
    fresh(cast, "alice").post("/backstage/members/invite/?artist=marlo-vane", fields)
    link = next(word for word in Mail.objects.get().body.split() if "/join/" in word).split("8000")[-1]
    client = cast.client("lee")
    client.post(link)
    of(cast, "lee").delete()
    answer = client.post(link)
    assert answer.status_code == 422 and "has been used" in answer.content.decode()
    assert not Member.objects.filter(artist=cast.marlo, account=cast.lee).exists()
