"""Payment intents and the charges they make: confirmed, declined, held and captured, cancelled."""

from __future__ import annotations

import secrets

from stripe_sandbox import balances, cards
from stripe_sandbox.charges import charge
from stripe_sandbox.currencies import demand_amount, fee, known
from stripe_sandbox.errors import Json, Problem, invalid
from stripe_sandbox.metadata import merged
from stripe_sandbox.shapes import blank
from stripe_sandbox.timeline import happens
from stripe_sandbox.world import World

DAY_S = 86_400
HELD_S = 7 * DAY_S
OPEN = ("requires_payment_method", "requires_confirmation", "requires_capture", "requires_action")


def new_intent(world: World, params: Json) -> Json:
    """An intent that nothing was paid on."""
    currency = known(params["currency"])
    demand_amount(params["amount"], currency, charge=True)
    if params.get("customer"):
        world.get("customer", params["customer"], param="customer")
    id = world.new_id("pi")
    body = blank(
        "payment_intent", id=id, amount=params["amount"], amount_capturable=0, amount_received=0,
        amount_details={"tip": {}}, automatic_payment_methods=params.get("automatic_payment_methods"),
        capture_method=params.get("capture_method", "automatic"),
        client_secret=f"{id}_secret_{secrets.token_urlsafe(18)}",
        confirmation_method=params.get("confirmation_method", "automatic"), created=world.now,
        currency=currency, customer=params.get("customer"), description=params.get("description"),
        livemode=False, metadata=merged({}, params), payment_method_options={}, payment_method_types=["card"],
        receipt_email=params.get("receipt_email"), setup_future_usage=params.get("setup_future_usage"),
        statement_descriptor=params.get("statement_descriptor"), status="requires_payment_method",
        transfer_group=params.get("transfer_group"),
    )  # fmt: skip
    return world.add(body, event="payment_intent.created")


def confirm(
    world: World, intent: Json, method: str | None, *, off_session: bool = False, invoice: str | None = None
) -> Json:
    """Charges a card.

    Raises:
        Problem: the intent is not open, no card is named, or it is declined (then intent and charge stay).
    """
    if intent["status"] not in ("requires_payment_method", "requires_confirmation"):
        raise unexpected(intent, "confirm")
    method = method or intent["payment_method"]
    if method is None:
        raise Problem(
            "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the "
            "PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a "
            "payment method.",
            code="payment_intent_unexpected_state",
        )
    found = cards.method(world, method, customer=intent["customer"])
    card = cards.behind(world, found["id"])
    intent["payment_method"] = found["id"]
    if card.declines and (off_session or not card.later):
        raise _decline(world, intent, card)
    return _accept(world, intent, card, invoice)


def _decline(world: World, intent: Json, card: cards.Card) -> Problem:
    id = world.new_id("ch")
    code, message = cards.SENTENCES[card.declines]
    refused = {"advice_code": "try_again_later", "network_advice_code": None, "network_decline_code": "01",
               "network_status": "declined_by_network", "reason": card.declines, "risk_level": "normal",
               "seller_message": "The bank did not return any further details with this decline.",
               "type": "issuer_declined"}  # fmt: skip
    failed = charge(
        world, id, amount=intent["amount"], currency=intent["currency"], amount_captured=0, captured=False,
        paid=False, status="failed", failure_code=code, failure_message=message, outcome=refused,
        **_origin(intent, card),
    )  # fmt: skip
    world.add(failed, event="charge.failed")
    error = {
        "charge": id,
        "code": code,
        "decline_code": card.declines,
        "message": message,
        "type": "card_error",
    }
    intent |= {
        "status": "requires_payment_method",
        "last_payment_error": error,
        "latest_charge": id,
        "payment_method": None,
    }
    world.save(intent, event="payment_intent.payment_failed")
    return cards.declined(card, charge=id, intent=intent)


def _origin(intent: Json, card: cards.Card) -> Json:
    return {
        "customer": intent["customer"], "description": intent["description"], "metadata": intent["metadata"],
        "payment_intent": intent["id"], "payment_method": intent["payment_method"],
        "transfer_group": intent["transfer_group"], "receipt_email": intent["receipt_email"],
        "payment_method_details": {"card": cards.used(card.number, intent["amount"]), "type": "card"},
    }  # fmt: skip


def _accept(world: World, intent: Json, card: cards.Card, invoice: str | None) -> Json:
    manual = intent["capture_method"] == "manual"
    made = charge(
        world, world.new_id("ch"), amount=intent["amount"], currency=intent["currency"],
        amount_captured=0 if manual else intent["amount"], captured=not manual, **_origin(intent, card),
    )  # fmt: skip
    if not manual:
        made["balance_transaction"] = _book(world, made, card, invoice)
    world.add(made, event="charge.succeeded")
    intent |= {"latest_charge": made["id"], "last_payment_error": None}
    if manual:
        intent |= {"status": "requires_capture", "amount_capturable": intent["amount"]}
        world.plan(world.now + HELD_S, "intent_expires", intent["id"])
        return world.save(intent, event="payment_intent.amount_capturable_updated")
    if card.disputed:
        world.plan(world.now + DAY_S, "dispute", made["id"])
    intent |= {"status": "succeeded", "amount_received": intent["amount"]}
    return world.save(intent, event="payment_intent.succeeded")


def _book(world: World, made: Json, card: cards.Card, invoice: str | None) -> str:
    amount, currency = made["amount_captured"], made["currency"]
    wait = 0 if card.at_once else balances.PENDING_DAYS * DAY_S
    line = balances.book(
        world, account="", type="charge", amount=amount, currency=currency, source=made["id"],
        fee=fee(amount, currency), available_on=world.now + wait,
        description=made["description"] or (f"Invoice {invoice}" if invoice else None),
    )  # fmt: skip
    return str(line["id"])


def capture(world: World, intent: Json, amount: int | None) -> Json:
    """Takes what was held, or a part of it; the rest is let go.

    Raises:
        Problem: nothing is held, or less.
    """
    if intent["status"] != "requires_capture":
        raise unexpected(intent, "capture")
    amount = intent["amount_capturable"] if amount is None else amount
    if not 1 <= amount <= intent["amount_capturable"]:
        raise invalid(
            "amount_to_capture",
            f"Amount to capture must be between 1 and the capturable amount {intent['amount_capturable']}.",
            "amount_too_large",
        )
    made = world.get("charge", intent["latest_charge"])
    card = cards.behind(world, intent["payment_method"])
    made |= {"captured": True, "amount_captured": amount}
    made["balance_transaction"] = _book(world, made, card, None)
    if amount < made["amount"]:
        made["amount_refunded"] = made["amount"] - amount
    world.save(made, event="charge.captured")
    world.unplan("intent_expires", intent["id"])
    if card.disputed:
        world.plan(world.now + DAY_S, "dispute", made["id"])
    intent |= {"status": "succeeded", "amount_received": amount, "amount_capturable": 0}
    return world.save(intent, event="payment_intent.succeeded")


def cancel(world: World, intent: Json, reason: str | None) -> Json:
    """Ends an open intent; what was held is let go.

    Raises:
        Problem: it is not open.
    """
    if intent["status"] not in OPEN:
        raise unexpected(intent, "cancel")
    if intent["status"] == "requires_capture":
        made = world.get("charge", intent["latest_charge"])
        made |= {"refunded": True, "amount_refunded": made["amount"]}
        world.save(made, event="charge.refunded" if reason != "automatic" else "charge.expired")
    world.unplan("intent_expires", intent["id"])
    intent |= {
        "status": "canceled",
        "canceled_at": world.now,
        "cancellation_reason": reason,
        "amount_capturable": 0,
    }
    return world.save(intent, event="payment_intent.canceled")


@happens("intent_expires")
def _expire(world: World, id: str) -> None:
    intent = world.get("payment_intent", id)
    if intent["status"] == "requires_capture":
        cancel(world, intent, "automatic")


def unexpected(intent: Json, verb: str) -> Problem:
    """The intent's state does not allow this."""
    return Problem(
        f"You cannot {verb} this PaymentIntent because it has a status of {intent['status']}.",
        code="payment_intent_unexpected_state", payment_intent=intent,
    )  # fmt: skip
