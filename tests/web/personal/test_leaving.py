"""Taking one's data along, closing a profile, and deleting an account."""

from __future__ import annotations

import json
from datetime import datetime

from allauth.account.models import EmailAddress
from django.test import Client

from backline.audience.actions import follow_artist, like_beat
from backline.audience.models import Follow
from backline.ledger.accounts import POOL, available
from backline.ledger.actions import Move, post_entry
from backline.outbox.actions import notify, queue_mail, record_audit
from backline.outbox.models import AuditEntry, Mail
from backline.people import actions, queries
from backline.people.models import Account, Artist
from backline.shop.actions import issue_licence
from backline.web.models import Opened
from tests.catalog.makers import make_public
from tests.conftest import PASSWORD, Cast


def fresh(name: str) -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": f"{name}@example.com", "password": PASSWORD})
    client.post("/accounts/reauthenticate/?next=/settings/", {"password": PASSWORD})
    return client


def test_the_export_holds_what_is_kept_and_nothing_of_others(cast: Cast, now: datetime):
    beat = make_public(cast.marlo, account=cast.alice, now=now)
    follow_artist(cast.marlo, account=cast.lee, now=now)
    like_beat(beat, account=cast.lee, now=now)
    issue_licence(beat, account=cast.lee, kind="standard", now=now)
    data = json.loads(fresh("lee").get("/settings/data/export.json").getvalue())
    assert data["account"]["email"] == "lee@example.com"
    assert [len(data[topic]) for topic in ("follows", "likes", "licences", "purchases")] == [1, 1, 1, 0]
    other = json.loads(fresh("charlie").get("/settings/data/export.json").getvalue())
    assert "lee@example.com" not in json.dumps(other) and other["licences"] == []


def test_a_deleted_account_says_nothing_of_the_person(cast: Cast, now: datetime):
    beat = make_public(cast.marlo, account=cast.alice, now=now)
    follow_artist(cast.marlo, account=cast.lee, now=now)
    licence = issue_licence(beat, account=cast.lee, kind="standard", now=now)
    notify("sale", account_ids=[cast.lee.pk], now=now, text="x", url="/", key="1")
    queue_mail(to="lee@example.com", subject="Dear Lee", body="x", now=now)
    record_audit("invited lee@example.com as analyst", account_id=cast.alice.pk, topic="members", now=now)
    Opened.objects.create(account=cast.lee, kind=Opened.Kind.ARTIST, number=cast.marlo.pk, at=now)
    elsewhere, client = fresh("lee"), fresh("lee")
    answer = client.post("/settings/data/delete/", {"email": "Lee@example.com"})
    assert "Your account is deleted" in answer.content.decode()
    assert elsewhere.get("/dashboard/").status_code == client.get("/dashboard/").status_code == 302
    gone = Account.objects.get(pk=cast.lee.pk)
    assert (gone.name, gone.is_active, gone.has_usable_password()) == ("", False, False)
    assert "lee" not in gone.email and not EmailAddress.objects.filter(email="lee@example.com").exists()
    assert not AuditEntry.objects.filter(text__contains="lee@").exists()
    assert not Mail.objects.exists() and not gone.notifications.exists() and not Opened.objects.exists()
    licence.refresh_from_db()
    assert licence.account == gone and Follow.objects.count() == 1, "licences and totals stay"
    again = Client().post(
        "/accounts/signup/", {"name": "Lee", "email": "lee@example.com", "password1": PASSWORD}
    )
    assert again.status_code == 302, "the address is free again"


def test_deleting_needs_the_address_and_a_fresh_sign_in(cast: Cast):
    assert fresh("lee").post("/settings/data/delete/", {"email": "no"}).status_code == 302
    asked = cast.client("lee").post("/settings/data/delete/", {"email": "lee@example.com"})
    assert asked.headers["Location"].startswith("/accounts/reauthenticate/")
    cast.lee.refresh_from_db()
    assert cast.lee.is_active


def test_the_last_owner_and_staff_cannot_be_deleted(cast: Cast):
    for name, word in (("alice", "only owner of Marlo Vane"), ("dana", "platform&#39;s staff")):
        answer = fresh(name).post("/settings/data/delete/", {"email": f"{name}@example.com"}, follow=True)
        assert word in answer.content.decode()
    assert Account.objects.filter(is_active=True).count() == 6


def test_a_profile_without_money_is_closed_for_good(cast: Cast, now: datetime):
    make_public(cast.sable, account=cast.charlie, now=now)
    Artist.objects.filter(pk=cast.sable.pk).update(bio="Mine")
    client = fresh("charlie")
    client.post("/settings/data/close/", {"handle": "sable-ortiz"})
    cast.sable.refresh_from_db()
    assert cast.sable.bio == "" and queries.artist_by_handle("sable-ortiz") is None
    assert client.post("/settings/data/delete/", {"email": "charlie@example.com"}).status_code == 200


def test_a_profile_with_money_stays_open(cast: Cast, now: datetime):
    move = Move(POOL, available(cast.sable.pk), 640, "EUR")
    post_entry("test:1", moves=[move], memo="Earned", now=now)
    client = fresh("charlie")
    assert "6.40" in client.get("/settings/data/").content.decode()
    answer = client.post("/settings/data/close/", {"handle": "sable-ortiz"}, follow=True)
    assert "money waiting" in answer.content.decode()
    assert queries.owner_ids(cast.sable.pk) == [cast.charlie.pk]


def test_only_ones_own_profile_is_closed(cast: Cast):
    for name in ("bob", "ada", "charlie"):
        assert fresh(name).post("/settings/data/close/", {"handle": "marlo-vane"}).status_code == 404


def test_deleting_twice_is_harmless(cast: Cast, now: datetime):
    actions.delete_account(cast.lee, now=now)
    actions.delete_account(cast.lee, now=now)
    assert Account.objects.get(pk=cast.lee.pk).deleted_at == now
