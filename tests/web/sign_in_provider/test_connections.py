"""Linking the provider to an account, unlinking it, and proving who one is by it."""

from __future__ import annotations

import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from backline.core import clock
from backline.outbox.models import AuditEntry, Mail, Notification
from backline.people import actions
from backline.people.models import Account
from backline.web.personal.gathering import everything
from tests.conftest import PASSWORD, Cast
from tests.oidc_provider import LoopbackProvider
from tests.web.sign_in_provider.conftest import back_at, come_back, set_out
from tests.web.signed_in import just_signed_in

PAGE = "/settings/connections/"


@pytest.fixture
def noor(cast: Cast, provider: LoopbackProvider) -> Client:
    """Somebody whose only way in is the provider."""
    client = Client()
    come_back(client, provider)
    return client


def unlink(client: Client, link: SocialAccount) -> Any:
    return client.post(f"{PAGE}{link.pk}/remove/")


def test_an_account_links_the_provider_and_signs_in_by_it(cast: Cast, provider: LoopbackProvider):
    client = just_signed_in(cast, "alice")
    assert "does not sign you in yet" in client.get(PAGE).content.decode()
    provider.person |= {"email": "another@example.com"}
    assert come_back(client, provider, process="connect").headers["Location"] == PAGE
    page = client.get(PAGE).content.decode()
    assert "Label ID signs you in" in page and "another@example.com" in page
    come_back(client, provider, process="connect")  # once more changes nothing
    link = SocialAccount.objects.get()
    assert link.user_id == cast.alice.pk
    by_provider = Client()
    come_back(by_provider, provider)
    assert "alice@example.com" in by_provider.get("/settings/").content.decode()
    assert told(cast.alice) == [
        "You linked Label ID as a way to sign in. Not you? Look at where you are signed in."
    ]


def test_linking_asks_for_the_password_first_and_then_goes_on(cast: Cast, provider: LoopbackProvider):
    client = cast.client("alice")
    answer = client.post("/accounts/oidc/login/", {"process": "connect"})
    assert answer.headers["Location"].startswith("/accounts/reauthenticate/")
    onward = client.post(answer.headers["Location"], {"password": PASSWORD})
    assert "Going to Label ID" in onward.content.decode()


def test_a_link_of_somebody_else_stays_theirs(cast: Cast, provider: LoopbackProvider):
    SocialAccount.objects.create(user=cast.bob, provider=provider.client.key, uid="u-17")
    client = just_signed_in(cast, "alice")
    assert "signs in as somebody else here" in come_back_and_read(client, provider)
    assert SocialAccount.objects.get().user_id == cast.bob.pk


def come_back_and_read(client: Client, provider: LoopbackProvider) -> str:
    come_back(client, provider, process="connect")
    return client.get(PAGE).content.decode()


def test_a_link_begun_too_long_ago_is_not_made(
    cast: Cast, provider: LoopbackProvider, monkeypatch: pytest.MonkeyPatch
):
    client = just_signed_in(cast, "alice")
    address = back_at(provider, set_out(client, process="connect"))
    session = client.session
    session["account_authentication_methods"][-1]["at"] = time.time() - 601
    session.save()
    client.get(address)
    assert SocialAccount.objects.count() == 0


def test_an_account_with_a_password_unlinks(cast: Cast, provider: LoopbackProvider):
    link = SocialAccount.objects.create(user=cast.alice, provider=provider.client.key, uid="u-17")
    asked = unlink(cast.client("alice"), link)
    assert asked.headers["Location"].startswith("/accounts/reauthenticate/")
    assert unlink(just_signed_in(cast, "charlie"), link).status_code == 404
    assert unlink(just_signed_in(cast, "alice"), link).headers["Location"] == PAGE
    assert SocialAccount.objects.count() == 0
    assert AuditEntry.objects.filter(topic="sign-in").last().text == "unlinked Label ID as a way to sign in"  # type: ignore[union-attr]
    assert len(told(cast.alice)) == Mail.objects.filter(to="alice@example.com").count() == 1


def test_the_last_way_in_stays(noor: Client, provider: LoopbackProvider):
    link, account = SocialAccount.objects.get(), Account.objects.get(email="noor@example.com")
    assert "Unlink" not in noor.get(PAGE).content.decode()
    come_back(noor, provider, process="confirm", next=PAGE)
    assert unlink(noor, link).headers["Location"] == PAGE
    assert "your only way to sign in" in noor.get(PAGE).content.decode()
    provider.person = {"sub": "u-20", "email": "second@example.com"}
    come_back(noor, provider, process="connect")
    assert unlink(noor, link).headers["Location"] == PAGE
    assert SocialAccount.objects.get().uid == "u-20"
    with pytest.raises(actions.NotPossible):
        actions.unlink_provider(
            account, link_id=SocialAccount.objects.get().pk, name="Label ID", now=clock.now()
        )


@pytest.mark.parametrize(
    "page",
    ["/settings/data/export.json", "/accounts/password/set/", "/accounts/2fa/totp/activate/",
     "/accounts/2fa/webauthn/add/"],
)  # fmt: skip
def test_without_a_password_the_provider_is_asked_again(page: str, noor: Client, provider: LoopbackProvider):
    asked = noor.get(page)
    assert asked.headers["Location"].startswith("/accounts/reauthenticate/")
    confirm = noor.get(asked.headers["Location"])
    assert confirm.headers["Location"].startswith("/accounts/oidc/confirm/")
    assert "Label ID asks you to sign in once more" in noor.get(confirm.headers["Location"]).content.decode()
    query = set_out(noor, process="confirm", next=page)
    assert (query["prompt"], query["max_age"]) == ("login", "0")
    assert noor.get(back_at(provider, query)).headers["Location"] == page
    assert noor.get(page).status_code == 200


def test_a_form_that_was_sent_is_carried_out_after_the_provider_said_yes(
    noor: Client, provider: LoopbackProvider
):
    address = "/settings/data/delete/"
    noor.post(address, {"email": "noor@example.com"})
    answer = come_back(noor, provider, process="confirm", next=address)
    assert "Your account is deleted" in answer.content.decode()
    assert SocialAccount.objects.count() == 0
    come_back(noor, provider)
    assert Account.objects.filter(email="noor@example.com", is_active=True).count() == 1


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"auth_time": 1_700_000_000}, 400),  # it was asked to ask again, and did not
        ({"sub": "u-99"}, 302),  # somebody else at the provider: back to the question
    ],
)
def test_an_older_or_another_sign_in_there_confirms_nothing(
    change: dict[str, Any], expected: int, noor: Client, provider: LoopbackProvider
):
    provider.token_says = change
    answer = come_back(noor, provider, process="confirm", next="/settings/data/export.json")
    assert answer.status_code == expected
    if expected == 302:
        assert answer.headers["Location"] == "/accounts/oidc/confirm/?next=%2Fsettings%2Fdata%2Fexport.json"
    assert noor.get("/settings/data/export.json").status_code == 302


def test_a_fresh_sign_in_there_confirms(noor: Client, provider: LoopbackProvider):
    provider.token_says = {"auth_time": int(time.time())}
    come_back(noor, provider, process="confirm", next=PAGE)
    assert noor.get("/settings/data/export.json").status_code == 200


def test_with_a_second_factor_that_is_asked_for(noor: Client, provider: LoopbackProvider):
    account = Account.objects.get(email="noor@example.com")
    Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={"secret": ""})
    asked = noor.get("/settings/data/export.json").headers["Location"]
    assert noor.get(asked).headers["Location"].startswith("/accounts/2fa/reauthenticate/")


def test_signed_out_nothing_is_linked_or_confirmed(cast: Cast, provider: LoopbackProvider):
    for process in ("connect", "confirm"):
        client = Client()
        answer = client.post("/accounts/oidc/login/", {"process": process})
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/accounts/login/")
    assert SocialAccount.objects.count() == 0


def test_the_person_takes_the_links_along(noor: Client, provider: LoopbackProvider):
    (link,) = everything(Account.objects.get(email="noor@example.com"))["sign_in"]
    assert (link["provider"], link["uid"]) == (provider.client.key, "u-17")
    assert link["extra_data"] == {"email": "noor@example.com"}


def test_the_place_is_listed_where_one_is_signed_in(noor: Client):
    assert "You are signed in here only" in noor.get("/accounts/sessions/").content.decode()


def test_staff_who_look_as_somebody_do_not_see_how_they_sign_in(cast: Cast, provider: LoopbackProvider):
    staff = just_signed_in(cast, "dana")
    staff.post(f"/staff/view-as/accounts/{cast.alice.pk}/")
    assert staff.get("/dashboard/").status_code == 200
    assert staff.get(PAGE).status_code == 403


def told(account: Account) -> list[str]:
    return list(Notification.objects.filter(account=account, kind="security").values_list("text", flat=True))
