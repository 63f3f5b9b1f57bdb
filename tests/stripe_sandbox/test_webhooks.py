"""Webhooks: signed so that the SDK takes them, sent again until they are taken, and badly when asked to."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from stripe import SignatureVerificationError

from tests.sandbox import SECRET, Sandbox
from tests.stripe_sandbox.test_transfers import send


class Receiver:
    """A server that takes webhooks; `answers` are the statuses of the next ones, then 200."""

    def __init__(self) -> None:
        self.got: list[tuple[str, str, str]] = []
        self.answers: list[int] = []
        self.told: Callable[[], None] = lambda: None
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                receiver.got.append((self.path, body, self.headers["Stripe-Signature"]))
                receiver.told()
                self.send_response(receiver.answers.pop(0) if receiver.answers else 200)
                self.send_header("Location", "/elsewhere")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                """Says nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"


@pytest.fixture
def receiver(sandbox: Sandbox) -> Iterator[Receiver]:
    found = Receiver()
    sandbox.webhooks(f"{found.url}/v1", f"{found.url}/v2")
    yield found
    found.server.shutdown()
    found.server.server_close()


def types(sandbox: Sandbox, receiver: Receiver) -> list[str]:
    return [
        sandbox.client.construct_event(body, signed, SECRET).type
        for path, body, signed in receiver.got
        if path == "/v1"
    ]


def test_snapshots_are_signed_as_the_sdk_expects(sandbox: Sandbox, receiver: Receiver):
    customer = sandbox.client.v1.customers.create({"email": "a@example.com"})
    sandbox.deliver()
    [(path, body, signed)] = receiver.got
    event: Any = sandbox.client.construct_event(body, signed, SECRET)
    assert (path, event.type, event.data.object.id) == ("/v1", "customer.created", customer.id)
    assert event.request.id.startswith("req_") and event.api_version == "2026-10-28.endive"
    with pytest.raises(SignatureVerificationError):
        sandbox.client.construct_event(body + " ", signed, SECRET)
    with pytest.raises(SignatureVerificationError):
        sandbox.client.construct_event(body, signed, "whsec_other")


def test_thin_events_say_only_where_to_look(sandbox: Sandbox, receiver: Receiver):
    account = sandbox.recipient()
    sandbox.deliver()
    thin = [(body, signed) for path, body, signed in receiver.got if path == "/v2"]
    found: list[Any] = [
        sandbox.client.parse_event_notification(body, signed, SECRET) for body, signed in thin
    ]
    assert "v2.core.account[requirements].updated" in {event.type for event in found}
    assert {event.related_object.id for event in found} == {account}
    assert found[0].fetch_related_object().id == account
    assert found[0].fetch_event().type == found[0].type


def test_events_of_connected_accounts_name_the_account(sandbox: Sandbox, receiver: Receiver):
    sandbox.fund("eur", 1_000)
    account = sandbox.recipient()
    send(sandbox, account, 500)
    sandbox.advance(days=1)
    sandbox.deliver()
    events: list[Any] = [
        sandbox.client.construct_event(b, s, SECRET) for path, b, s in receiver.got if path == "/v1"
    ]
    of = {event.type: event.to_dict().get("account") for event in events}
    assert of["payout.created"] == account and of["transfer.created"] is None


def test_what_is_refused_is_sent_again(sandbox: Sandbox, receiver: Receiver):
    receiver.answers = [500, 302]
    sandbox.client.v1.customers.create({})
    for attempts, state in ((1, "waiting"), (2, "waiting"), (3, "delivered")):
        [delivery] = sandbox.deliver()
        assert (delivery["attempts"], delivery["state"]) == (attempts, state)
    assert sandbox.deliver() == [] and len(receiver.got) == 3


def test_a_receiver_that_is_away_gets_it_later(sandbox: Sandbox):
    sandbox.webhooks("http://127.0.0.1:9/v1")
    sandbox.client.v1.customers.create({})
    [delivery] = sandbox.deliver()
    assert delivery["state"] == "waiting" and delivery["said"].startswith("no answer")


def test_without_being_told_nothing_waits_in_the_mode_normal(sandbox: Sandbox, receiver: Receiver):
    sandbox.hold_webhooks(on=False)
    arrived = threading.Event()
    receiver.told = arrived.set
    sandbox.client.v1.customers.create({})
    assert arrived.wait(20)


def test_duplicate(sandbox: Sandbox, receiver: Receiver):
    sandbox.webhook_mode("duplicate")
    sandbox.client.v1.customers.create({})
    sandbox.deliver()
    assert len(receiver.got) == 2 and len({body for _, body, _ in receiver.got}) == 1


def test_reorder(sandbox: Sandbox, receiver: Receiver):
    sandbox.client.v1.customers.create({})
    sandbox.client.v1.coupons.create({"percent_off": 5})
    assert [parcel.event for parcel in sandbox.take_webhooks()] == created(sandbox)
    sandbox.client.v1.customers.create({})
    sandbox.client.v1.coupons.create({"percent_off": 6})
    sandbox.webhook_mode("reorder")
    assert [parcel.event for parcel in sandbox.take_webhooks()] == created(sandbox)[:1:-1]


def created(sandbox: Sandbox) -> list[str]:
    """All events, oldest first."""
    return [event.id for event in sandbox.client.v1.events.list().data][::-1]


def test_drop_loses_them_but_the_list_of_events_does_not(sandbox: Sandbox, receiver: Receiver):
    sandbox.webhook_mode("drop")
    sandbox.client.v1.customers.create({})
    sandbox.deliver()
    assert receiver.got == []
    assert [event.type for event in sandbox.client.v1.events.list().data] == ["customer.created"]


def test_one_can_be_sent_once_more(sandbox: Sandbox, receiver: Receiver):
    sandbox.client.v1.customers.create({})
    [delivery] = sandbox.deliver()
    sandbox.post(f"webhooks/{delivery['id']}/again")
    sandbox.deliver()
    assert types(sandbox, receiver) == ["customer.created"] * 2


def test_an_endpoint_takes_only_what_it_asked_for(sandbox: Sandbox):
    made = sandbox.client.v1.webhook_endpoints.create(
        {"url": "http://127.0.0.1:9/", "enabled_events": ["coupon.created"]}
    )
    assert made.secret is not None
    sandbox.client.v1.customers.create({})
    sandbox.client.v1.coupons.create({"percent_off": 5})
    [parcel] = sandbox.take_webhooks()
    assert sandbox.client.construct_event(parcel.body, parcel.signature, made.secret).type == "coupon.created"
    sandbox.client.v1.webhook_endpoints.delete(made.id)
    sandbox.client.v1.coupons.create({"percent_off": 5})
    assert sandbox.take_webhooks() == []


def test_destinations_for_thin_events_by_the_api(sandbox: Sandbox):
    params: Any = {
        "name": "Thin", "type": "webhook_endpoint", "event_payload": "thin",
        "enabled_events": ["v2.core.account.created"],
        "webhook_endpoint": {"url": "http://127.0.0.1:9/"}, "include": ["webhook_endpoint.signing_secret"],
    }  # fmt: skip
    made = sandbox.client.v2.core.event_destinations.create(params)
    assert made.webhook_endpoint is not None and made.webhook_endpoint.signing_secret is not None
    sandbox.recipient()
    [parcel] = sandbox.take_webhooks()
    secret = made.webhook_endpoint.signing_secret
    assert (
        sandbox.client.parse_event_notification(parcel.body, parcel.signature, secret).type
        == "v2.core.account.created"
    )
