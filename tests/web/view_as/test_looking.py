"""Looking as somebody: whose pages they are, what is refused, that nothing is written, when it ends."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client

from backline.catalog.models import Beat
from backline.core import clock
from backline.outbox import actions as outbox
from backline.outbox.models import AuditEntry
from backline.outbox.queries import unread_count
from backline.people.models import Account, Member
from backline.web.models import Opened
from tests.catalog.makers import make_draft
from tests.conftest import PASSWORD, Cast

BANNER = 'aria-label="View as"'


def text_of(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def noted() -> list[str]:
    return list(AuditEntry.objects.filter(topic="view as").order_by("pk").values_list("text", flat=True))


@pytest.mark.parametrize(
    "path",
    ["/dashboard/", "/dashboard/finances/", "/dashboard/beats/", "/backstage/profile/", "/settings/", "/",
     "/notifications/", "/@marlo-vane/", "/help/", "/program/"],
)  # fmt: skip
def test_every_page_is_alices_and_says_so(as_alice: Client, path: str):
    answer = as_alice.get(path)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert BANNER in page and "<strong>Alice</strong>" in page
    assert "alice@example.com" in page and "dana@example.com" not in page


def test_before_and_after_the_pages_are_ones_own(dana: Client, cast: Cast):
    assert BANNER not in text_of(dana, "/dashboard/")
    dana.post(f"/staff/view-as/accounts/{cast.alice.pk}/")
    answer = dana.post("/staff/view-as/stop/")
    assert answer.headers["Location"] == f"/staff/people/accounts/{cast.alice.pk}/"
    page = text_of(dana, "/settings/")
    assert BANNER not in page and "dana@example.com" in page


def test_every_write_is_refused_with_a_sentence(as_alice: Client, cast: Cast, now: datetime):
    draft = make_draft(cast.marlo, account=cast.alice, now=now)
    for path in ("/settings/", f"/backstage/beats/{draft.pk}/publish/", "/backstage/members/invite/",
                 "/accounts/logout/", "/notifications/read/", "/api/v1/beats", "/staff/menu/reset/"):  # fmt: skip
        for send in (as_alice.post, as_alice.put, as_alice.patch, as_alice.delete):
            answer = send(path, {"name": "Changed"}, content_type="application/json")
            assert answer.status_code == 403, path
            assert "You only look: nothing can be changed." in answer.content.decode()
    draft.refresh_from_db()
    cast.alice.refresh_from_db()
    cast.dana.refresh_from_db()
    assert (draft.state, cast.alice.name, cast.dana.name) == (Beat.State.DRAFT, "Alice", "Dana")


@pytest.mark.parametrize(
    "path",
    ["/staff/", "/staff/admin/", "/staff/people/", "/accounts/email/", "/accounts/2fa/", "/accounts/sessions/",
     "/accounts/password/change/", "/settings/data/", "/settings/data/export.json", "/settings/tokens/",
     "/dashboard/finances/payouts/connect/", "/dashboard/finances/payouts/return/", "/beats/p/token/",
     "/backstage/members/join/1/secret/", "/api/v1/me", "/help/support/files/1/", "/plans/done/", "/metrics"],
)  # fmt: skip
def test_what_signs_in_pays_out_or_is_secret_is_refused(as_alice: Client, path: str):
    answer = as_alice.get(path)
    assert answer.status_code == 403
    assert "Only the person may open this page." in answer.content.decode()


@pytest.mark.parametrize(
    "path",
    ["/dashboard/finances/transactions.csv", "/dashboard/beats/beats.csv", "/dashboard/activity/days.csv",
     "/dashboard/collections/collections.csv", "/@marlo-vane/feed.atom"],
)  # fmt: skip
def test_no_file_is_handed_out(as_alice: Client, path: str):
    answer = as_alice.get(path)
    assert answer.status_code == 403
    assert "Files are not handed out" in answer.content.decode()
    assert "Content-Disposition" not in answer.headers


def test_a_strangers_pages_stay_hidden(as_alice: Client, cast: Cast):
    assert as_alice.get("/dashboard/?artist=sable-ortiz").status_code == 404
    assert as_alice.get("/dashboard/?artist=marlo-vane").status_code == 200


def test_roles_hold_for_the_eyes_too(dana: Client, cast: Cast):
    dana.post(f"/staff/view-as/accounts/{cast.ada.pk}/")
    assert "reads nothing about money" in text_of(dana, "/dashboard/finances/")


def test_an_artists_pages_are_its_owners_and_no_other_artists(dana: Client, cast: Cast, now: datetime):
    Member.objects.create(artist=cast.marlo, account=cast.charlie, role="owner", joined_at=now + timedelta(1))
    Member.objects.create(artist=cast.sable, account=cast.alice, role="owner", joined_at=now)
    dana.post(f"/staff/view-as/artists/{cast.marlo.pk}/")
    page = text_of(dana, "/dashboard/")
    assert "<strong>Alice</strong> of Marlo Vane" in page and "Sable Ortiz" not in page
    assert dana.get("/dashboard/?artist=sable-ortiz").status_code == 404


def test_reading_leaves_no_trace_but_in_the_log(as_alice: Client, cast: Cast, now: datetime):
    outbox.notify("sale", account_ids=[cast.alice.pk], now=now, text="Sold.", url="/", key="1")
    draft = make_draft(cast.marlo, account=cast.alice, now=now)
    as_alice.get(f"/backstage/beats/{draft.pk}/")
    as_alice.get("/notifications/")
    assert not Opened.objects.exists()
    assert unread_count(cast.alice.pk) == 1
    assert noted()[-2:] == [
        f"opened GET /backstage/beats/{draft.pk}/ as alice@example.com",
        "opened GET /notifications/ as alice@example.com",
    ]
    assert set(AuditEntry.objects.values_list("account_id", flat=True)) == {cast.dana.pk}
    cast.client("alice").get(f"/backstage/beats/{draft.pk}/")
    assert Opened.objects.get().account == cast.alice


def test_a_page_that_writes_is_taken_back(as_alice: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(
        "backline.web.shell.unread_count",
        lambda number: Account.objects.filter(pk=number).update(name="Written"),
    )
    assert as_alice.get("/dashboard/").status_code == 200
    cast.alice.refresh_from_db()
    assert cast.alice.name == "Alice"


def test_beginning_ending_and_what_was_refused_are_in_the_log(as_alice: Client):
    as_alice.get("/dashboard/?artist=marlo-vane")
    as_alice.get("/dashboard/", headers={"HX-Request": "true", "HX-Target": "month"})
    as_alice.post("/settings/")
    as_alice.post("/staff/view-as/stop/")
    assert noted() == [
        "began to look as alice@example.com",
        "opened GET /dashboard/?artist=marlo-vane as alice@example.com",
        "was not shown POST /settings/ as alice@example.com",
        "stopped looking as alice@example.com",
    ]


def test_after_half_an_hour_it_ends_and_a_late_form_does_nothing(
    as_alice: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
):
    later = clock.now() + timedelta(minutes=30)
    monkeypatch.setattr(clock, "now", lambda: later)
    answer = as_alice.post("/settings/", {"name": "Alice", "zone": "UTC", "first_weekday": "0"})
    assert answer.status_code == 403
    assert "You do not look as somebody else any more." in answer.content.decode()
    cast.dana.refresh_from_db()
    assert cast.dana.name == "Dana"
    assert BANNER not in text_of(as_alice, "/settings/")
    assert noted()[-1] == "stopped looking as somebody: the time was over"


def test_a_page_opened_too_late_leads_back_to_staff(
    as_alice: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
):
    later = clock.now() + timedelta(minutes=31)
    monkeypatch.setattr(clock, "now", lambda: later)
    answer = as_alice.get("/dashboard/finances/")
    assert answer.headers["Location"] == f"/staff/people/accounts/{cast.alice.pk}/"


@pytest.mark.parametrize("change", [{"is_staff": True}, {"is_active": False}])
def test_it_ends_when_the_account_becomes_one_that_may_not_be_seen(
    as_alice: Client, cast: Cast, change: dict[str, bool]
):
    Account.objects.filter(pk=cast.alice.pk).update(**change)
    assert as_alice.get("/dashboard/").status_code == 302
    assert BANNER not in text_of(as_alice, "/dashboard/")


def test_it_ends_when_the_looker_is_no_longer_staff(as_alice: Client, cast: Cast):
    Account.objects.filter(pk=cast.dana.pk).update(is_staff=False)
    assert as_alice.get("/dashboard/finances/").headers["Location"] == "/"
    assert "alice@example.com" not in text_of(as_alice, "/settings/")


def test_a_form_of_ones_own_from_before_is_not_accepted_afterwards(dana: Client, cast: Cast):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = dana.cookies
    token = (
        strict.get("/settings/").content.decode().split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    )
    begun = strict.post(f"/staff/view-as/accounts/{cast.alice.pk}/", {"csrfmiddlewaretoken": token})
    assert begun.headers["Location"] == "/dashboard/"
    page = strict.get("/settings/").content.decode()
    hers = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    assert strict.post("/staff/view-as/stop/", {"csrfmiddlewaretoken": token}).status_code == 403
    assert strict.post("/staff/view-as/stop/", {"csrfmiddlewaretoken": hers}).status_code == 302
    stale = {"csrfmiddlewaretoken": hers, "name": "Alice", "zone": "UTC", "first_weekday": "0"}
    assert strict.post("/settings/", stale).status_code == 403


def test_it_needs_a_fresh_sign_in(cast: Cast):
    client = cast.client("dana")
    for path in (f"/staff/view-as/accounts/{cast.alice.pk}/", f"/staff/view-as/artists/{cast.marlo.pk}/"):
        answer = client.post(path)
        assert answer.headers["Location"].startswith("/accounts/reauthenticate/")
    assert BANNER not in text_of(client, "/dashboard/") and noted() == []


def test_the_password_given_it_goes_on(cast: Cast):
    client = cast.client("dana")
    path = f"/staff/view-as/accounts/{cast.alice.pk}/"
    client.post(path)
    client.post(f"/accounts/reauthenticate/?next={path}", {"password": PASSWORD}, follow=True)
    assert BANNER in text_of(client, "/dashboard/")


@pytest.mark.parametrize("person", ["alice", "bob", "ada", "charlie", "lee"])
def test_nobody_but_staff_looks_as_anybody(cast: Cast, person: str):
    client = cast.client(person)
    for path in (f"/staff/view-as/accounts/{cast.alice.pk}/", f"/staff/view-as/artists/{cast.marlo.pk}/",
                 "/staff/view-as/stop/"):  # fmt: skip
        assert client.post(path).status_code == 404
    assert BANNER not in text_of(client, "/dashboard/")


def test_nobody_looks_as_staff_or_as_one_who_cannot_sign_in(dana: Client, cast: Cast):
    Account.objects.filter(pk=cast.lee.pk).update(is_staff=True)
    Account.objects.filter(pk=cast.charlie.pk).update(is_active=False)
    for account in (cast.lee, cast.charlie, cast.dana):
        dana.post(f"/staff/view-as/accounts/{account.pk}/")
        assert BANNER not in text_of(dana, "/dashboard/")
    answer = dana.post(f"/staff/view-as/artists/{cast.sable.pk}/", follow=True)
    assert "no owner whose pages you may look at" in answer.content.decode()
    assert noted() == []
    assert dana.post("/staff/view-as/accounts/999999/").status_code == 404
    assert dana.post("/staff/view-as/artists/999999/").status_code == 404


def test_stopping_what_was_not_begun_is_not_there(dana: Client):
    assert dana.post("/staff/view-as/stop/").status_code == 404
