"""What is sent as a passkey's answer: a right one, a wrong one, and what cannot be read."""

from __future__ import annotations

import json
from typing import Any

import pytest
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.test import Client

from tests.conftest import PASSWORD, Cast
from tests.web.soft_key import SoftKey

ADD, SIGN_IN = "/accounts/2fa/webauthn/add/", "/accounts/2fa/webauthn/login/"
CONFIRM = "/accounts/2fa/webauthn/reauthenticate/"
BYTES = "AAAA"
UNREADABLE = [
    "9" * 5_000,
    "[" * 20_000,
    "5", "true", "[]", "[1]", '"text"', "{}", '{"id": 1}', '{"id": 1, "rawId": 1}', "😀", "{",
    json.dumps({"rawId": BYTES, "response": 5, "type": "public-key"}),
    json.dumps({"rawId": BYTES, "response": {}, "type": "public-key"}),
    json.dumps({"rawId": BYTES, "response": {"clientDataJSON": 5, "userHandle": 5}}),
    json.dumps({"rawId": BYTES, "response": {"clientDataJSON": BYTES, "attestationObject": BYTES}}),
    json.dumps({"rawId": BYTES, "response": {"clientDataJSON": "e30", "attestationObject": "oA"}}),
    json.dumps({"rawId": BYTES, "response": {"clientDataJSON": "e30", "authenticatorData": BYTES, "signature": BYTES}}),
    json.dumps({"rawId": BYTES, "response": {"userHandle": "_____w"}}),
]  # fmt: skip


def signed_in(name: str) -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": f"{name}@example.com", "password": PASSWORD})
    client.post("/accounts/reauthenticate/?next=/settings/", {"password": PASSWORD})
    return client


def options_of(page: Any) -> Any:
    """What the page lets the browser ask the key for."""
    return json.loads(page.content.decode().split("data-options='")[1].split("'")[0])


def with_key(cast: Cast) -> tuple[Client, SoftKey]:
    """Lee's client, after a passkey was added."""
    client = signed_in("lee")
    key = SoftKey("testserver", user_pk_to_url_str(cast.lee))
    said = key.register(options_of(client.get(ADD)))
    answer = client.post(ADD, {"name": "Phone", "passwordless": "on", "credential": said})
    assert answer.status_code == 302, answer.content.decode()
    return client, key


def sign_in(key: SoftKey, **how: bool) -> Any:
    client = Client()
    options = client.get(SIGN_IN, headers={"X-Requested-With": "XMLHttpRequest"}).json()["request_options"]
    return client.post(SIGN_IN, {"credential": key.sign(options, **how)})


def test_it_is_added_and_signs_in(cast: Cast):
    _, key = with_key(cast)
    assert sign_in(key)["Location"] == "/dashboard/"


def test_a_wrong_signature_signs_nobody_in(cast: Cast):
    _, key = with_key(cast)
    assert sign_in(key, wrongly=True)["Location"] == "/accounts/login/"


@pytest.mark.parametrize("sent", UNREADABLE)
def test_what_cannot_be_read_is_a_wrong_answer(cast: Cast, sent: str):
    client = signed_in("lee")
    client.get(ADD)
    page = client.post(ADD, {"name": "Phone", "credential": sent})
    told = page.content.decode().replace('role="alert" data-passkey-error', "")
    assert page.status_code == 200 and 'role="alert"' in told
    assert not Authenticator.objects.exists()
    visitor = Client()
    visitor.get(SIGN_IN)
    assert visitor.post(SIGN_IN, {"credential": sent})["Location"] == "/accounts/login/"


def test_what_cannot_be_read_confirms_nothing(cast: Cast):
    client, _ = with_key(cast)
    client.get("/accounts/reauthenticate/")
    assert {client.post(CONFIRM, {"credential": sent}).status_code for sent in UNREADABLE} <= {302, 429}
    other = Client()
    other.post("/accounts/login/", {"login": "lee@example.com", "password": PASSWORD})
    for sent in UNREADABLE[6:]:
        assert other.get("/accounts/2fa/authenticate/").status_code == 200
        page = other.post("/accounts/2fa/authenticate/", {"credential": sent})
        assert page.status_code == 200 and "_auth_user_id" not in other.session
