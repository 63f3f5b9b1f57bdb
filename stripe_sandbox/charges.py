"""Charges in their shape: what a card paid, and the payment by which a connected account sees a transfer."""

from __future__ import annotations

from stripe_sandbox.errors import Json
from stripe_sandbox.shapes import blank, listed
from stripe_sandbox.world import World

NOBODY: Json = {
    "address": {
        "city": None, "country": None, "line1": None, "line2": None, "postal_code": None, "state": None,
    },
    "email": None, "name": None, "phone": None, "tax_id": None,
}  # fmt: skip
ACCEPTED: Json = {
    "advice_code": None, "network_advice_code": None, "network_decline_code": None,
    "network_status": "approved_by_network", "reason": None, "risk_level": "normal",
    "seller_message": "Payment complete.", "type": "authorized",
}  # fmt: skip


def charge(world: World, id: str, *, amount: int, currency: str, **values: object) -> Json:
    """A charge that succeeded and was captured, unless `values` say otherwise."""
    usual: Json = {
        "amount_captured": amount, "amount_refunded": 0, "billing_details": NOBODY, "captured": True,
        "created": world.now, "disputed": False, "fraud_details": {}, "livemode": False, "metadata": {},
        "outcome": ACCEPTED, "paid": True, "refunded": False,
        "refunds": listed([], f"/v1/charges/{id}/refunds"), "status": "succeeded",
    }  # fmt: skip
    return blank("charge", id=id, amount=amount, currency=currency, **(usual | values))


def payment_for_transfer(world: World, id: str, line: Json, transfer: str) -> Json:
    """What a connected account sees of a transfer."""
    return charge(
        world,
        id,
        amount=line["amount"],
        currency=line["currency"],
        balance_transaction=line["id"],
        source_transfer=transfer,
    )
