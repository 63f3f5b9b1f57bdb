"""Second factors, asking again, and where an account is signed in."""

from __future__ import annotations

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from tests.conftest import PASSWORD, Cast

TOTP_PERIOD = 30  # seconds


def sign_in(name: str) -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": f"{name}@example.com", "password": PASSWORD})
    return client


def code_of(secret: str) -> str:
    """What the app shows now; one made up to 30 seconds ago is taken as well, so the next period may begin."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // TOTP_PERIOD)))


@pytest.fixture
def alice(cast: Cast) -> Client:
    """Alice, who has just given her password again."""
    client = sign_in("alice")
    client.post("/accounts/reauthenticate/?next=/settings/", {"password": PASSWORD})
    return client


def switch_on(client: Client) -> str:
    page = client.get("/accounts/2fa/totp/activate/").content.decode()
    secret = page.split("<code>")[1].split("</code>")[0]
    answer = client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)})
    assert answer.headers["Location"] == "/accounts/2fa/recovery-codes/"
    return secret


def test_setting_up_asks_for_the_password_again(cast: Cast):
    answer = sign_in("alice").get("/accounts/2fa/totp/activate/")
    assert answer.headers["Location"].startswith("/accounts/reauthenticate/")


def test_with_an_app_a_password_alone_no_longer_signs_in(alice: Client):
    secret = switch_on(alice)
    client = Client()
    answer = client.post("/accounts/login/", {"login": "alice@example.com", "password": PASSWORD})
    assert answer.headers["Location"].startswith("/accounts/2fa/authenticate/")
    assert client.get("/dashboard/").status_code == 302
    wrong = client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert "Incorrect code" in wrong.content.decode()
    Authenticator.objects.update(last_used_at=None)
    client.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})
    assert client.get("/dashboard/").status_code == 200


def test_the_secret_is_not_readable_in_the_database(alice: Client):
    secret = switch_on(alice)
    assert secret not in str(list(Authenticator.objects.values_list("data", flat=True)))


def test_recovery_codes_are_shown_once_and_let_in_once(alice: Client):
    switch_on(alice)
    shown = alice.get("/accounts/2fa/recovery-codes/").content.decode()
    code = shown.split('aria-label="Recovery codes">')[1].split()[0]
    assert code not in alice.get("/accounts/2fa/recovery-codes/").content.decode()
    for expected in (200, 302):
        client = Client()
        client.post("/accounts/login/", {"login": "alice@example.com", "password": PASSWORD})
        client.post("/accounts/2fa/authenticate/", {"code": code})
        assert client.get("/dashboard/").status_code == expected


def test_one_other_place_is_signed_out(cast: Cast):
    here, there = sign_in("alice"), sign_in("alice")
    page = here.get("/accounts/sessions/").content.decode()
    end = page.split('action="/settings/sessions/')[1].split('"')[0]
    here.post(f"/settings/sessions/{end}")
    assert (here.get("/dashboard/").status_code, there.get("/dashboard/").status_code) == (200, 302)


def test_another_accounts_session_cannot_be_ended(cast: Cast):
    from allauth.usersessions.models import UserSession

    victim, other = sign_in("alice"), sign_in("charlie")
    session = UserSession.objects.get(user=cast.alice)
    assert other.post(f"/settings/sessions/{session.pk}/end/").status_code == 404
    assert victim.get("/dashboard/").status_code == 200


@pytest.mark.parametrize("address", ["/staff/settlements/", "/staff/admin/"])
def test_where_staff_need_two_factors_a_password_opens_no_staff_page(cast: Cast, settings, address: str):
    settings.STAFF_TWO_FACTOR = True
    client = cast.client("dana")
    answer = client.get(address)
    assert answer.headers["Location"] == "/accounts/2fa/"
    assert "Staff sign in with two factors here" in client.get("/accounts/2fa/").content.decode()
    Authenticator.objects.create(user=cast.dana, type=Authenticator.Type.TOTP, data={"secret": ""})
    assert client.get(address).status_code == 200
