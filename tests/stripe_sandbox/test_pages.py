"""The pages: they show what is there, do what a form says, and let no other site's form through."""

from __future__ import annotations

import http.client
from urllib.parse import urlencode, urlsplit

import pytest

from tests.sandbox import Sandbox
from tests.stripe_sandbox.world import price, subscribed


def ask(
    sandbox: Sandbox, path: str, form: dict[str, str] | None = None, **headers: str
) -> tuple[int, dict[str, str], str]:
    connection = http.client.HTTPConnection(urlsplit(sandbox.url).netloc, timeout=20)
    try:
        body = urlencode(form) if form is not None else None
        connection.request("GET" if form is None else "POST", path.removeprefix(sandbox.url), body, headers)
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read().decode()
    finally:
        connection.close()


@pytest.mark.parametrize(
    "path",
    ["/_sandbox/", "/_sandbox/accounts", "/_sandbox/requests", "/_sandbox/webhooks", "/_sandbox/faults"],
)
def test_control_pages_show_a_world_and_an_empty_one(sandbox: Sandbox, path: str):
    assert ask(sandbox, path)[0] == 200
    sandbox.webhooks("http://127.0.0.1:9/", "http://127.0.0.1:9/")
    sandbox.fund("eur", 1_000)
    sandbox.recipient(persona="document")
    status, headers, page = ask(sandbox, path)
    assert status == 200 and "default-src 'none'" in headers["Content-Security-Policy"]
    assert "<script" not in page and " style=" not in page


def test_one_request_is_shown_with_its_answer(sandbox: Sandbox):
    made = sandbox.client.v1.customers.create({"email": "<b>lee</b>@example.com"})
    assert made.last_response is not None
    status, _, page = ask(sandbox, f"/_sandbox/requests/{made.last_response.request_id}")
    assert status == 200 and "/v1/customers" in page and made.id in page
    assert "<b>lee" not in page


def test_text_from_outside_is_escaped(sandbox: Sandbox):
    client = sandbox.client
    session = client.v1.checkout.sessions.create(
        {
            "mode": "subscription",
            "line_items": [{"price": price(sandbox, "<img src=x>", 900), "quantity": 1}],
            "success_url": "https://example.com/",
        }
    )
    _, _, page = ask(sandbox, str(session.url))
    assert "&lt;img src=x&gt;" in page and "<img" not in page


def test_forms_of_other_sites_are_refused(sandbox: Sandbox):
    status, _, _ = ask(sandbox, "/_sandbox/clock", {"step": "day"}, Origin="https://evil.example")
    assert status == 403
    status, headers, _ = ask(sandbox, "/_sandbox/clock", {"step": "day"}, Origin=sandbox.url)
    assert (status, headers["Location"]) == (303, "/_sandbox/")


def test_a_foreign_name_for_this_machine_is_refused(sandbox: Sandbox):
    assert ask(sandbox, "/_sandbox/", Host="evil.example")[0] == 421
    assert (
        ask(sandbox, "/_sandbox/clock", {"step": "day"}, Host="evil.example", Origin="http://evil.example")[0]
        == 421
    )


def test_checkout_by_its_page(sandbox: Sandbox):
    client = sandbox.client
    session = client.v1.checkout.sessions.create(
        {
            "mode": "payment",
            "line_items": [
                {
                    "price_data": {"currency": "eur", "unit_amount": 2_500, "product_data": {"name": "Beat"}},
                    "quantity": 1,
                }
            ],
            "success_url": "https://example.com/?session={CHECKOUT_SESSION_ID}",
            "cancel_url": "https://example.com/cancel",
        }
    )
    path = str(session.url)
    assert "25.00 EUR" in ask(sandbox, path)[2]
    status, _, page = ask(sandbox, path, {"card": "4000000000000002", "email": "a@example.com"})
    assert status == 402 and "Your card was declined." in page
    assert ask(sandbox, f"{path}/back", {})[1]["Location"] == "https://example.com/cancel"
    status, headers, _ = ask(sandbox, path, {"card": "4242424242424242", "email": "a@example.com"})
    assert (status, headers["Location"]) == (303, f"https://example.com/?session={session.id}")
    assert ask(sandbox, path)[0] == 410
    paid = client.v1.checkout.sessions.retrieve(
        session.id, {"expand": ["payment_intent", "line_items"]}
    ).to_dict()
    assert paid["payment_intent"]["status"] == "succeeded"
    assert paid["line_items"]["data"][0]["amount_total"] == 2_500


def test_the_portal_cancels_resumes_and_pays_what_is_overdue(sandbox: Sandbox):
    held = subscribed(sandbox, card="4000000000000341")
    path = sandbox.client.v1.billing_portal.sessions.create({"customer": held.customer}).url
    assert "Plus and Fee" in ask(sandbox, path)[2]
    ask(sandbox, f"{path}/cancel", {"subscription": held.subscription})
    assert sandbox.client.v1.subscriptions.retrieve(held.subscription).cancel_at_period_end
    ask(sandbox, f"{path}/resume", {"subscription": held.subscription})
    sandbox.advance(days=32)
    path = sandbox.client.v1.billing_portal.sessions.create({"customer": held.customer}).url
    assert "12.00 EUR is overdue" in ask(sandbox, path)[2]
    late = sandbox.client.v1.invoices.list({"status": "open"}).data[0]
    ask(sandbox, f"{path}/pay", {"invoice": late.id, "card": "4242424242424242"})
    assert sandbox.client.v1.subscriptions.retrieve(held.subscription).status == "active"


def test_the_portal_of_one_customer_does_not_touch_another(sandbox: Sandbox):
    mine, theirs = subscribed(sandbox), subscribed(sandbox)
    path = sandbox.client.v1.billing_portal.sessions.create({"customer": mine.customer}).url
    assert ask(sandbox, f"{path}/cancel", {"subscription": theirs.subscription})[0] == 400
    assert not sandbox.client.v1.subscriptions.retrieve(theirs.subscription).cancel_at_period_end


def test_unknown_and_expired_addresses(sandbox: Sandbox):
    assert ask(sandbox, "/nothing")[0] == 404
    assert ask(sandbox, "/setup/unknown")[0] == 404
    assert ask(sandbox, "/express/unknown")[0] == 410
    assert ask(sandbox, "/portal/unknown")[0] == 400
    assert ask(sandbox, "/pay/unknown")[0] == 400


def test_the_clock_goes_forward_only(sandbox: Sandbox):
    before = sandbox.now
    ask(sandbox, "/_sandbox/clock", {"step": "week"})
    assert (sandbox.now - before).days == 7
    sandbox.client.v1.customers.create({})
    with pytest.raises(ValueError, match="forward only"):
        sandbox.set_clock(before)
