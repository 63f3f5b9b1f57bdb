"""Webhooks are kept once when they are signed, now, under a secret we know; nothing else is."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
import stripe
from django.test import Client

from backline.integrations.stripe.signatures import is_signed, sign
from backline.money.actions import InboxFull
from backline.money.models import ProviderEvent
from backline.web.webhooks import views

pytestmark = pytest.mark.django_db
SECRET, OLD = "whsec_new", "whsec_old"
EVENT = {
    "object": "event", "id": "evt_1", "type": "invoice.paid", "created": 1_770_000_000,
    "data": {"object": {"id": "in_1", "object": "invoice"}},
}  # fmt: skip
THIN = {
    "object": "v2.core.event", "id": "evt_2", "type": "v2.core.account.updated", "created": "2026-02-10T09:00:00Z",
    "related_object": {"id": "acct_1", "type": "v2.core.account"},
}  # fmt: skip


@pytest.fixture(autouse=True)
def _secrets(settings: Any) -> None:
    settings.STRIPE_WEBHOOK_SECRETS = [SECRET, OLD]
    settings.STRIPE_THIN_SECRETS = [SECRET]


def post(
    body: str, *, secret: str = SECRET, age_s: int = 0, path: str = "/webhooks/stripe/", header: str = ""
) -> int:
    stamp = str(int(time.time()) - age_s)
    header = header or f"t={stamp},v1={sign(body.encode(), secret=secret, stamp=stamp)}"
    answer = Client().post(path, body, content_type="application/json", headers={"Stripe-Signature": header})
    return answer.status_code


def test_an_event_is_kept_once():
    body = json.dumps(EVENT)
    assert [post(body), post(body)] == [204, 204]
    row = ProviderEvent.objects.get()
    assert (row.external_id, row.kind, row.subject, row.raw) == ("evt_1", "invoice.paid", "in_1", body)
    assert row.next_at is not None


def test_the_secret_that_is_being_replaced_still_works():
    assert post(json.dumps(EVENT), secret=OLD) == 204


def test_a_thin_event_names_the_account():
    assert post(json.dumps(THIN), path="/webhooks/stripe/v2/") == 204
    assert ProviderEvent.objects.get().subject == "acct_1"


@pytest.mark.parametrize(
    "wrong",
    [
        {"secret": "whsec_other"}, {"age_s": 400}, {"age_s": -400}, {"header": "t=1"}, {"header": "v1=00"},
        {"header": "nonsense"},
    ],
)  # fmt: skip
def test_forged_and_old_ones_are_refused(wrong: dict[str, Any]):
    assert post(json.dumps(EVENT), **wrong) == 400
    assert not ProviderEvent.objects.exists()


def test_one_that_was_changed_on_the_way_is_refused():
    stamp = str(int(time.time()))
    header = f"t={stamp},v1={sign(json.dumps(EVENT).encode(), secret=SECRET, stamp=stamp)}"
    assert post(json.dumps(EVENT | {"type": "other"}), header=header) == 400


@pytest.mark.parametrize("body", ["{}", "[]", "nonsense", '{"object": "event"}', "null"])
def test_what_is_no_event_is_refused(body: str):
    assert post(body) == 400


def test_the_signature_is_the_one_of_the_sdk():
    body, stamp = json.dumps(EVENT), str(int(time.time()))
    header = f"t={stamp},v1={sign(body.encode(), secret=SECRET, stamp=stamp)}"
    assert stripe.Webhook.construct_event(body, header, SECRET).id == "evt_1"
    assert is_signed(body.encode(), header, secrets=[SECRET], now_s=time.time())


def test_an_event_that_cannot_be_kept_is_to_be_sent_again(monkeypatch: pytest.MonkeyPatch):
    def full(*_given: object, **_named: object) -> bool:
        raise InboxFull

    monkeypatch.setattr(views, "store_event", full)
    assert post(json.dumps(EVENT)) == 503
    assert not ProviderEvent.objects.exists()
