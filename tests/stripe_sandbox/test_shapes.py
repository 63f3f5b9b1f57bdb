"""Every kind of answer conforms to the SDK's typed class, and has the fields of Stripe's published example."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from stripe import CardError

from stripe_sandbox.shapes import CLASSES, ONLY_SOMETIMES, typed_class
from tests.sandbox import Sandbox
from tests.stripe_sandbox.conformance import differences, fields
from tests.stripe_sandbox.world import subscribed

EXAMPLES = json.loads((Path(__file__).parent / "examples.json").read_text(encoding="utf-8"))["resources"]
OTHERWISE = {
    "balance": {"connect_reserved"},
    "account": {"individual", "company", "business_type", "created", "external_accounts", "groups"},
    "billing_portal.session": {"after_expiration"},
}
"""Fields that Stripe shows or leaves out by the kind of account; ours is a recipient."""
WITHOUT_ID = {"balance", "login_link", "v2.core.account_link"}


@pytest.fixture(scope="module")
def seen(sandbox_process: str) -> dict[str, list[dict[str, Any]]]:
    """Everything that a whole life leaves in the sandbox's answers, by kind."""
    sandbox = Sandbox(sandbox_process)
    sandbox.reset()
    live(sandbox)
    found: dict[str, list[dict[str, Any]]] = {}
    for body in answers(sandbox):
        for part in inside(body):
            found.setdefault(part["object"], []).append(part)
    return found


def live(sandbox: Sandbox) -> None:
    """One of everything."""
    client = sandbox.client
    sandbox.fund("eur", 1_000_000)
    for persona in ("fine", "document", "pending", "rejected", "later"):
        account = sandbox.recipient(persona=persona)
    fine = sandbox.recipient(bank="late")
    assert account != fine
    transfer = client.v1.transfers.create({"amount": 5_000, "currency": "eur", "destination": fine})
    client.v1.transfers.reversals.create(transfer.id, {"amount": 500})
    client.v1.coupons.create({"percent_off": 50, "duration": "once"})
    rate = client.v1.tax_rates.create({"display_name": "VAT", "percentage": 21, "inclusive": False})
    held = subscribed(sandbox, card="4000000000000341", taxes=(rate.id,))
    client.v1.subscriptions.update(held.subscription, {"cancel_at_period_end": True})
    client.v1.subscriptions.update(held.subscription, {"cancel_at_period_end": False})
    intent = client.v1.payment_intents.create(
        {"amount": 4_000, "currency": "eur", "payment_method": "pm_card_createDispute", "confirm": True}
    )
    client.v1.refunds.create({"payment_intent": intent.id, "amount": 1_000})
    with pytest.raises(CardError):
        client.v1.payment_intents.create(
            {"amount": 4_000, "currency": "eur", "payment_method": "pm_card_chargeDeclined", "confirm": True}
        )
    sandbox.advance(days=40)


def answers(sandbox: Sandbox) -> Iterator[dict[str, Any]]:
    """All lists, as JSON; events hold the rest."""
    client = sandbox.client
    everything: dict[str, Any] = {
        "include": ["configuration.recipient", "defaults", "identity", "requirements"]
    }
    for account in client.v2.core.accounts.list({"limit": 20}).data:
        yield client.v2.core.accounts.retrieve(account.id, everything).to_dict()  # type: ignore[arg-type]
        yield client.v1.accounts.retrieve(account.id).to_dict()
        of = {"stripe_account": account.id}
        yield client.v1.payouts.list({}, of).to_dict()  # type: ignore[arg-type]
        yield client.v1.balance.retrieve({}, of).to_dict()  # type: ignore[arg-type]
        yield client.v1.charges.list({}, of).to_dict()  # type: ignore[arg-type]
        case: Any = {"type": "account_onboarding", "account_onboarding": {"refresh_url": "https://x/r"}}
        yield client.v2.core.account_links.create({"account": account.id, "use_case": case}).to_dict()
    customer = client.v1.customers.list().data[0]
    yield client.v1.accounts.login_links.create(account.id).to_dict()
    yield client.v1.billing_portal.sessions.create({"customer": customer.id}).to_dict()
    yield client.v1.balance.retrieve().to_dict()
    yield client.v1.balance_transactions.list({"limit": 100}).to_dict()
    yield client.v1.subscriptions.list({"status": "all"}).to_dict()
    yield client.v1.invoice_payments.list().to_dict()
    yield client.v1.checkout.sessions.list({"expand": ["data.line_items"]}).to_dict()
    yield client.v1.webhook_endpoints.create({"url": "https://x/", "enabled_events": ["*"]}).to_dict()
    thin: Any = {"name": "x", "type": "webhook_endpoint", "event_payload": "thin", "enabled_events": ["*"],
                 "webhook_endpoint": {"url": "https://x/"}}  # fmt: skip
    yield client.v2.core.event_destinations.create(thin).to_dict()
    yield client.v2.core.events.list({"limit": 100}).to_dict()
    for event in client.v1.events.list({"limit": 100}).auto_paging_iter():
        yield event.to_dict()


def inside(value: Any) -> Iterator[dict[str, Any]]:
    """All objects of kinds that we make, wherever they stand."""
    if isinstance(value, dict):
        kind = value.get("object")
        if isinstance(kind, str) and kind in CLASSES and ("id" in value or kind in WITHOUT_ID):
            yield value
        for item in value.values():
            yield from inside(item)
    elif isinstance(value, list):
        for item in value:
            yield from inside(item)


def test_every_answer_is_what_the_typed_classes_say(seen: dict[str, list[dict[str, Any]]]):
    assert set(CLASSES) - set(seen) == set()
    wrong = {line for kind, bodies in seen.items() for body in bodies for line in differences(body, kind)}
    assert sorted(wrong - ALLOWED) == [], "\n".join(sorted(wrong))


ALLOWED = {
    # The SDK's class of thin events leaves the related object to the classes by type.
    "v2.core.event.related_object: not in the SDK's class",
}


def test_every_answer_has_the_fields_of_the_published_example(seen: dict[str, list[dict[str, Any]]]):
    missing = {
        f"{kind}.{name}"
        for kind, bodies in seen.items()
        for body in bodies
        for name in EXAMPLES.get(kind, {}).keys() - body.keys() - OTHERWISE.get(kind, set())
        # What left the API since the example was published is not in the SDK's class any more.
        if name in fields(typed_class(kind)) and name not in ONLY_SOMETIMES.get(kind, set())
    }
    assert sorted(missing) == []
