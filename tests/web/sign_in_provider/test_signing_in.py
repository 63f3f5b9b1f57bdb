"""Signing in and up by the provider, and everything that must not sign anybody in."""

from __future__ import annotations

import socket
import time
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.core import mail
from django.test import Client

from backline.integrations.oidc import Provider
from backline.outbox.jobs import send_mail
from backline.people.models import Account
from backline.web.sign_in_provider.adapter import ProviderAdapter
from tests.conftest import Cast
from tests.oidc_provider import LoopbackProvider
from tests.web.sign_in_provider.conftest import back_at, come_back, set_out


def is_in(client: Client) -> bool:
    return client.get("/settings/").status_code == 200


def test_somebody_new_gets_an_account_and_comes_back_to_it(cast: Cast, provider: LoopbackProvider):
    first = Client()
    answer = come_back(first, provider, next="/notifications/", zone="Asia/Kolkata")
    assert answer.headers["Location"] == "/notifications/"
    noor = Account.objects.get(email="noor@example.com")
    assert (noor.name, noor.zone, noor.has_usable_password()) == ("Noor Lind", "Asia/Kolkata", False)
    assert EmailAddress.objects.get(user=noor).verified
    assert mail.outbox == []
    again = Client()
    provider.person = {"sub": "u-17", "email": "noor@elsewhere.example", "email_verified": True, "name": "N."}
    come_back(again, provider)
    assert is_in(first) and is_in(again)
    assert Account.objects.filter(email__contains="noor").count() == SocialAccount.objects.count() == 1
    assert UserSession.objects.filter(user=noor).count() == 2


def test_of_two_who_come_at_once_for_the_first_time_one_is_asked_to_come_again(
    cast: Cast, provider: LoopbackProvider, monkeypatch: pytest.MonkeyPatch
):
    save, other = ProviderAdapter.save_user, Client()

    def second(self: Any, *given: Any, **named: Any) -> Any:
        monkeypatch.setattr(ProviderAdapter, "save_user", save)
        come_back(other, provider)
        return save(self, *given, **named)

    monkeypatch.setattr(ProviderAdapter, "save_user", second)
    late = Client()
    answer = come_back(late, provider)
    assert answer.status_code == 400 and "start again" in answer.content.decode()
    assert is_in(other) and not is_in(late)
    assert Account.objects.filter(email__contains="noor").count() == SocialAccount.objects.count() == 1
    come_back(late, provider)
    assert is_in(late)


def test_the_browser_goes_with_pkce_state_and_nonce_by_a_page_of_its_own(
    cast: Cast, provider: LoopbackProvider
):
    first, second = (set_out(Client()) for _ in range(2))
    assert first["code_challenge_method"] == "S256"
    assert first["scope"].split()[0] == "openid"
    assert first["redirect_uri"] == "http://127.0.0.1:8000/accounts/oidc/login/callback/"
    for name in ("state", "nonce", "code_challenge"):
        assert first[name] != second[name]


def test_a_local_account_with_the_address_is_not_taken_over(cast: Cast, provider: LoopbackProvider):
    provider.person |= {"email": "Alice@Example.com"}
    client = Client()
    answer = come_back(client, provider)
    assert answer.status_code == 409
    assert "You have an account here already" in answer.content.decode()
    assert not is_in(client)
    assert SocialAccount.objects.count() == 0


def test_an_address_nobody_vouches_for_is_confirmed_first(cast: Cast, provider: LoopbackProvider):
    for unsure in (False, "true", None):
        provider.person = {"sub": f"u-{unsure}", "email": f"{unsure}@example.com", "name": "Unsure"}
        provider.token_says = {"email_verified": unsure}
        client = Client()
        assert come_back(client, provider).headers["Location"] == "/accounts/confirm-email/"
        assert not is_in(client)
    assert not EmailAddress.objects.filter(verified=True, email__contains="@example.com", user__name="Unsure")


def test_of_an_address_nobody_vouches_for_it_is_not_said_whether_it_is_known(
    cast: Cast, provider: LoopbackProvider
):
    provider.person |= {"email": "alice@example.com", "email_verified": False}
    client = Client()
    assert come_back(client, provider).headers["Location"] == "/accounts/confirm-email/"
    assert not is_in(client)
    while send_mail():
        pass
    assert [message.to for message in mail.outbox] == [["alice@example.com"]]
    assert SocialAccount.objects.count() == 0


def test_what_the_provider_does_not_say_is_asked(cast: Cast, provider: LoopbackProvider):
    provider.person = {"sub": "u-18"}
    provider.told = {"sub": "u-18"}
    client = Client()
    answer = come_back(client, provider)
    assert answer.headers["Location"] == "/accounts/oidc/signup/"
    page = client.get("/accounts/oidc/signup/").content.decode()
    assert "Something is missing" in page and "lone-card" in page
    taken = client.post("/accounts/oidc/signup/", {"name": "Noor", "email": "alice@example.com"})
    assert taken.headers.get("Location") == "/accounts/confirm-email/"
    come_back(client, provider)
    client.post("/accounts/oidc/signup/", {"name": "Noor", "email": "new@example.com", "zone": "Asia/Tokyo"})
    noor = Account.objects.get(email="new@example.com")
    assert (noor.name, noor.zone) == ("Noor", "Asia/Tokyo")
    assert not EmailAddress.objects.get(user=noor).verified
    assert not is_in(client)


def test_what_is_told_beside_the_token_counts_for_the_same_person_only(
    cast: Cast, provider: LoopbackProvider
):
    provider.person = {"sub": "u-19"}
    provider.told = {"sub": "u-17", "email": "alice@example.com", "email_verified": True, "name": "A."}
    assert come_back(Client(), provider).status_code == 400
    provider.told = {"sub": "u-19", "email": "told@example.com", "email_verified": True, "name": "Told"}
    client = Client()
    come_back(client, provider)
    assert is_in(client)
    assert Account.objects.get(email="told@example.com").name == "Told"


FORGED: dict[str, dict[str, Any]] = {
    "another nonce": {"token_says": {"nonce": "another"}},
    "no nonce": {"token_says": {"nonce": None}},
    "another key": {"signs_with": 1},
    "signed with the shared secret": {"algorithm": "HS256"},
    "for another client": {"token_says": {"aud": "another"}},
    "for several, us among them": {"token_says": {"aud": ["backline", "another"]}},
    "given out to another": {"token_says": {"aud": ["backline", "another"], "azp": "another"}},
    "of another issuer": {"token_says": {"iss": "https://another.example"}},
    "run out": {"token_says": {"exp": 1_700_000_000, "iat": 1_699_999_000}},
    "without an end": {"token_says": {"exp": None}},
    "without a subject": {"token_says": {"sub": None}},
    "a subject longer than we keep": {"token_says": {"sub": "x" * 192}},
}


@pytest.mark.parametrize("how", FORGED)
def test_a_token_that_does_not_fit_signs_nobody_in(how: str, cast: Cast, provider: LoopbackProvider):
    before = Account.objects.count()
    for name, value in FORGED[how].items():
        setattr(provider, name, value)
    client = Client()
    answer = come_back(client, provider)
    assert (answer.status_code, is_in(client)) == (400, False)
    assert "This sign-in could not be finished" in answer.content.decode()
    assert Account.objects.count() == before


def test_a_return_that_this_browser_did_not_begin_signs_nobody_in(cast: Cast, provider: LoopbackProvider):
    attacker, victim = Client(), Client()
    address = back_at(provider, set_out(attacker))
    set_out(victim)
    assert victim.get(address).status_code == 400
    assert victim.get("/accounts/oidc/login/callback/?code=code-0&state=made-up").status_code == 400
    assert victim.get("/accounts/oidc/login/callback/?code=code-0").status_code == 400
    assert not is_in(victim)
    assert attacker.get(address).status_code == 302
    other = Client()
    other.cookies = attacker.cookies
    assert other.get(address).status_code == 400  # it serves once


def test_a_code_is_worth_nothing_without_its_verifier(cast: Cast, provider: LoopbackProvider):
    mine, stolen = Client(), Client()
    theirs = set_out(stolen)
    query = set_out(mine)
    code = provider.come_back(theirs | {"state": query["state"]}).partition("?")[2]
    assert mine.get(f"/accounts/oidc/login/callback/?{code}").status_code == 502
    assert not is_in(mine)


def test_an_old_attempt_no_longer_serves(
    cast: Cast, provider: LoopbackProvider, monkeypatch: pytest.MonkeyPatch
):
    client = Client()
    address = back_at(provider, set_out(client))
    later = time.time() + 601
    monkeypatch.setattr("allauth.socialaccount.internal.statekit.time.time", lambda: later)
    assert client.get(address).status_code == 400


def test_saying_no_there_is_no_error(cast: Cast, provider: LoopbackProvider):
    client = Client()
    state = set_out(client)["state"]
    answer = client.get(f"/accounts/oidc/login/callback/?error=access_denied&state={state}")
    assert "Label ID did not sign you in" in answer.content.decode()
    assert not is_in(client)


@pytest.mark.parametrize("place", ["/.well-known/openid-configuration", "/token", "/keys"])
def test_a_provider_that_fails_is_said_plainly(place: str, cast: Cast, provider: LoopbackProvider):
    client = Client()
    query = {} if place.startswith("/.well") else set_out(client)
    provider.fails = place
    answer = client.get(back_at(provider, query)) if query else client.post("/accounts/oidc/login/")
    assert answer.status_code == 502
    assert "Label ID gave no answer" in answer.content.decode()
    assert not is_in(client)


def test_a_provider_that_is_away_is_said_plainly(cast: Cast, settings: Any):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # nobody listens there
        issuer = f"http://127.0.0.1:{taken.getsockname()[1]}"
        settings.OIDC = Provider(issuer=issuer, client_id="backline", secret="", name="Label ID")
        answer = Client().post("/accounts/oidc/login/")
    assert (answer.status_code, "gave no answer" in answer.content.decode()) == (502, True)


def test_a_description_of_somebody_else_is_not_believed(cast: Cast, provider: LoopbackProvider):
    provider.described = {"issuer": "https://another.example"}
    assert Client().post("/accounts/oidc/login/").status_code == 400


def test_the_second_factor_is_still_asked_for(cast: Cast, provider: LoopbackProvider):
    SocialAccount.objects.create(user=cast.alice, provider=provider.client.key, uid="u-17")
    Authenticator.objects.create(user=cast.alice, type=Authenticator.Type.TOTP, data={"secret": ""})
    client = Client()
    assert come_back(client, provider).headers["Location"].startswith("/accounts/2fa/authenticate/")
    assert not is_in(client)


def test_staff_pages_still_need_a_second_factor(cast: Cast, provider: LoopbackProvider, settings: Any):
    settings.STAFF_TWO_FACTOR = True
    SocialAccount.objects.create(user=cast.dana, provider=provider.client.key, uid="u-17")
    client = Client()
    come_back(client, provider)
    assert client.get("/staff/settlements/").headers["Location"] == "/accounts/2fa/"


def test_a_closed_account_stays_closed(cast: Cast, provider: LoopbackProvider):
    SocialAccount.objects.create(user=cast.lee, provider=provider.client.key, uid="u-17")
    Account.objects.filter(pk=cast.lee.pk).update(is_active=False)
    client = Client()
    assert come_back(client, provider).headers["Location"] == "/accounts/inactive/"
    assert not is_in(client)


def test_people_of_another_issuer_are_other_people(cast: Cast, provider: LoopbackProvider):
    SocialAccount.objects.create(user=cast.alice, provider="id.before.example", uid="u-17")
    come_back(Client(), provider)
    assert Account.objects.get(email="noor@example.com").pk != cast.alice.pk


def test_it_leads_to_no_other_site(cast: Cast, provider: LoopbackProvider):
    answer = come_back(Client(), provider, next="https://evil.example/")
    assert answer.headers["Location"] == "/dashboard/"


def test_attempts_are_limited(cast: Cast, provider: LoopbackProvider):
    client = Client()
    provider.fails = "/.well-known/openid-configuration"
    answers = [client.post("/accounts/oidc/login/").status_code for _ in range(31)]
    assert answers == [502] * 30 + [429]


@pytest.mark.parametrize("page", ["/accounts/login/", "/accounts/signup/"])
def test_the_button_stands_where_one_signs_in(
    page: str, cast: Cast, provider: LoopbackProvider, settings: Any
):
    assert "with Label ID" in Client().get(page).content.decode()
    settings.OIDC = None
    assert "/accounts/oidc/" not in Client().get(page).content.decode()


def test_without_a_provider_there_is_nothing(cast: Cast):
    client = cast.client("alice")
    for address in ("login/callback/", "confirm/", "signup/"):
        assert client.get(f"/accounts/oidc/{address}").status_code == 404
    assert client.post("/accounts/oidc/login/").status_code == 404
    assert client.get("/settings/connections/").status_code == 404
    assert "/settings/connections/" not in client.get("/settings/").content.decode()
    assert client.get("/accounts/3rdparty/").status_code == 404
