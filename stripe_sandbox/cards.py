"""Cards that behave as their number says, after Stripe's test cards; payment methods made from them."""

from __future__ import annotations

from dataclasses import dataclass

from stripe_sandbox.charges import NOBODY
from stripe_sandbox.errors import Json, Problem, invalid
from stripe_sandbox.shapes import blank
from stripe_sandbox.world import World


@dataclass(frozen=True)
class Card:
    """`declines` is the decline code; `later`: only when nobody is there to see it."""

    number: str
    does: str
    declines: str = ""
    later: bool = False
    at_once: bool = False
    disputed: bool = False
    refund_fails: bool = False


CARDS = {
    card.number: card
    for card in (
        Card("4242424242424242", "pays"),
        Card("4000000000000077", "pays, and the money is available at once", at_once=True),
        Card("4000000000000002", "is declined", declines="generic_decline"),
        Card("4000000000009995", "is declined: insufficient funds", declines="insufficient_funds"),
        Card("4000000000000069", "is declined: expired", declines="expired_card"),
        Card("4000000000000341", "pays once; renewals are declined", declines="generic_decline", later=True),
        Card("4000000000000259", "pays, and is disputed a day later", disputed=True),
        Card("4000000000005126", "pays; a refund fails a day later", refund_fails=True),
    )
}
MAGIC = {
    "pm_card_visa": "4242424242424242", "pm_card_bypassPending": "4000000000000077",
    "pm_card_chargeDeclined": "4000000000000002", "pm_card_chargeDeclinedInsufficientFunds": "4000000000009995",
    "pm_card_visa_chargeDeclined": "4000000000000002", "pm_card_chargeCustomerFail": "4000000000000341",
    "pm_card_createDispute": "4000000000000259", "pm_card_pendingRefund": "4000000000005126",
}  # fmt: skip
SENTENCES = {
    "generic_decline": ("card_declined", "Your card was declined."),
    "insufficient_funds": ("card_declined", "Your card has insufficient funds."),
    "expired_card": ("expired_card", "Your card has expired."),
}


def make_method(world: World, number: str, *, customer: str | None, email: str | None = None) -> Json:
    """A payment method for a card.

    Raises:
        Problem: the sandbox does not know the number.
    """
    number = number.replace(" ", "")
    if number not in CARDS:
        raise invalid(
            "number", "Your card number is incorrect; use one of the sandbox's cards.", "incorrect_number"
        )
    body = blank(
        "payment_method", id=world.new_id("pm"), billing_details=NOBODY | {"email": email}, created=world.now,
        livemode=False, type="card", customer=customer, metadata={}, allow_redisplay="unspecified",
        card=_kept(number),
    )  # fmt: skip
    for name in [
        name for name, value in body.items() if value is None and name not in ("customer", "customer_account")
    ]:
        del body[name]
    world.store.set(f"card:{body['id']}", number)
    return world.add(body, event="payment_method.attached" if customer else None)


def shown(number: str) -> Json:
    """What may be seen of a card, wherever it stands."""
    checks = {"address_line1_check": None, "address_postal_code_check": None, "cvc_check": "pass"}
    return {
        "brand": "visa", "checks": checks, "country": "DE", "exp_month": 8, "exp_year": 2034,
        "fingerprint": f"fp{number[-8:]}", "funding": "credit", "last4": number[-4:], "regulated_status": None,
        "wallet": None,
    }  # fmt: skip


def _kept(number: str) -> Json:
    """A card as a payment method shows it."""
    return shown(number) | {
        "display_brand": "visa", "generated_from": None, "networks": {"available": ["visa"], "preferred": None},
        "three_d_secure_usage": {"supported": True},
    }  # fmt: skip


def used(number: str, amount: int) -> Json:
    """A card as the charge of an amount shows it."""
    cannot = {"status": "unavailable"}
    return shown(number) | {
        "amount_authorized": amount, "authorization_code": None,
        "extended_authorization": {"status": "disabled"}, "incremental_authorization": cannot,
        "installments": None, "mandate": None, "multicapture": cannot, "network": "visa",
        "network_token": {"used": False}, "network_transaction_id": None,
        "overcapture": cannot | {"maximum_amount_capturable": amount}, "three_d_secure": None,
        "transaction_link_id": None,
    }  # fmt: skip


def method(world: World, id: str, *, customer: str | None = None) -> Json:
    """The payment method with this id; the magic ids make a new one.

    Raises:
        Problem: there is none.
    """
    if id in MAGIC:
        return make_method(world, MAGIC[id], customer=customer)
    return world.get("payment_method", id, param="payment_method")


def behind(world: World, id: str) -> Card:
    """The card behind a payment method."""
    return CARDS[world.store.setting(f"card:{id}")]


def declined(card: Card, *, charge: str, intent: Json) -> Problem:
    """The error of a declined card; what it left behind stays."""
    code, message = SENTENCES[card.declines]
    return Problem(
        message, status=402, type="card_error", code=code, param="" if code == "card_declined" else "exp_month",
        keeps=True, decline_code=card.declines, charge=charge, payment_intent=intent,
    )  # fmt: skip
