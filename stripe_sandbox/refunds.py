"""Money that goes back to the payer: refunds, and disputes that the payer's bank opens."""

from __future__ import annotations

from stripe_sandbox import balances, cards
from stripe_sandbox.currencies import digits, shown
from stripe_sandbox.errors import Json, Problem, invalid
from stripe_sandbox.metadata import merged
from stripe_sandbox.shapes import blank
from stripe_sandbox.timeline import happens
from stripe_sandbox.world import World

DAY_S = 86_400
ANSWER_WITHIN_S = 7 * DAY_S
DISPUTE_FEE = 15
EVIDENCE = (
    "access_activity_log", "billing_address", "cancellation_policy", "cancellation_policy_disclosure",
    "cancellation_rebuttal", "customer_communication", "customer_email_address", "customer_name",
    "customer_purchase_ip", "customer_signature", "duplicate_charge_documentation",
    "duplicate_charge_explanation", "duplicate_charge_id", "product_description", "receipt", "refund_policy",
    "refund_policy_disclosure", "refund_refusal_explanation", "service_date", "service_documentation",
    "shipping_address", "shipping_carrier", "shipping_date", "shipping_documentation",
    "shipping_tracking_number", "uncategorized_file", "uncategorized_text",
)  # fmt: skip


def refund(world: World, charge: Json, params: Json) -> Json:
    """Gives back what is left of a charge, or `amount` of it; the balance may go below zero.

    Raises:
        Problem: nothing is left, or less.
    """
    rest = charge["amount_captured"] - charge["amount_refunded"]
    if charge["status"] != "succeeded" or not charge["captured"]:
        raise Problem(f"Charge {charge['id']} was not captured and cannot be refunded.", param="charge")
    if charge["disputed"]:
        raise Problem(
            f"Charge {charge['id']} has been charged back; cannot issue a refund.", code="charge_disputed"
        )
    if rest == 0:
        raise Problem(f"Charge {charge['id']} has already been refunded.", code="charge_already_refunded")
    amount = params.get("amount", rest)
    if not 1 <= amount <= rest:
        raise invalid(
            "amount",
            f"Refund amount ({shown(amount, charge['currency'])}) is greater than unrefunded amount on charge "
            f"({shown(rest, charge['currency'])})",
        )
    return _book(world, charge, amount, params)


def _book(world: World, charge: Json, amount: int, params: Json) -> Json:
    id = world.new_id("re")
    line = balances.book(
        world, account="", type="refund", amount=-amount, currency=charge["currency"], source=id,
        description=f"REFUND FOR CHARGE ({charge['description'] or charge['id']})",
    )  # fmt: skip
    body = blank(
        "refund", id=id, amount=amount, balance_transaction=line["id"], charge=charge["id"], created=world.now,
        currency=charge["currency"], customer=charge["customer"], metadata=merged({}, params),
        payment_intent=charge["payment_intent"], payment_method=charge["payment_method"],
        reason=params.get("reason"), status="succeeded",
        destination_details={"card": {"type": "refund"}, "type": "card"},
    )  # fmt: skip
    world.add(body, event="refund.created")
    before = charge["amount_refunded"]
    charge["amount_refunded"] += amount
    charge["refunded"] = charge["amount_refunded"] == charge["amount_captured"]
    charge["refunds"]["data"] = [body, *charge["refunds"]["data"]][:10]
    world.save(charge, event="charge.refunded", before={"amount_refunded": before})
    if charge["payment_method"] and cards.behind(world, charge["payment_method"]).refund_fails:
        world.plan(world.now + DAY_S, "refund_fails", id)
    return body


@happens("refund_fails")
def _fail(world: World, id: str) -> None:
    body = world.get("refund", id)
    line = balances.book(
        world, account="", type="refund_failure", amount=body["amount"], currency=body["currency"], source=id
    )
    body |= {
        "status": "failed",
        "failure_reason": "expired_or_canceled_card",
        "failure_balance_transaction": line["id"],
    }
    charge = world.get("charge", body["charge"])
    charge |= {"amount_refunded": charge["amount_refunded"] - body["amount"], "refunded": False}
    world.save(charge, event="charge.updated")
    world.save(body, event="refund.failed")


@happens("dispute")
def _dispute(world: World, charge_id: str) -> None:
    charge = world.get("charge", charge_id)
    amount = charge["amount_captured"] - charge["amount_refunded"]
    if amount > 0:
        open_dispute(world, charge, amount)


def open_dispute(world: World, charge: Json, amount: int) -> Json:
    """The payer's bank takes an amount of a charge back, and a fee with it, until it is decided."""
    charge_id, id, currency = charge["id"], world.new_id("dp"), charge["currency"]
    line = balances.book(
        world, account="", type="adjustment", amount=-amount, fee=DISPUTE_FEE * 10 ** digits(currency),
        currency=currency, source=id, description=f"Chargeback withdrawal for {charge_id}", category="dispute",
    )  # fmt: skip
    due = world.now + ANSWER_WITHIN_S
    body = blank(
        "dispute", id=id, amount=amount, balance_transactions=[line], charge=charge_id, created=world.now,
        currency=currency, enhanced_eligibility_types=[],
        evidence=dict.fromkeys(EVIDENCE) | {"enhanced_evidence": {}},
        evidence_details={
            "due_by": due, "has_evidence": False, "past_due": False, "submission_count": 0,
            "submission_method": "not_submitted", "enhanced_eligibility": {},
        },
        is_charge_refundable=False, livemode=False, metadata={}, payment_intent=charge["payment_intent"],
        reason="fraudulent", status="needs_response",
        payment_method_details={
            "card": {
                "brand": "visa", "case_type": "chargeback", "network_reason_code": "10.4", "network": "visa",
            },
            "type": "card",
        },
    )  # fmt: skip
    world.add(body, event="charge.dispute.created")
    world.tell("charge.dispute.funds_withdrawn", body)
    world.save(charge | {"disputed": True}, event="charge.updated")
    world.plan(due, "dispute_due", id)
    return body


@happens("dispute_due")
def _overdue(world: World, id: str) -> None:
    body = world.get("dispute", id)
    if body["status"] in ("needs_response", "under_review"):
        body["evidence_details"]["past_due"] = True
        close_dispute(world, body, won=False)


def close_dispute(world: World, body: Json, *, won: bool) -> Json:
    """The bank decides: the money stays away, or comes back with the fee."""
    world.unplan("dispute_due", body["id"])
    body["status"] = "won" if won else "lost"
    if won:
        currency = body["currency"]
        line = balances.book(
            world, account="", type="adjustment", amount=body["amount"], fee=-DISPUTE_FEE * 10 ** digits(currency),
            currency=currency, source=body["id"], description=f"Chargeback reversal for {body['charge']}",
            category="dispute_reversal",
        )  # fmt: skip
        body["balance_transactions"].append(line)
        world.tell("charge.dispute.funds_reinstated", body)
    return world.save(body, event="charge.dispute.closed")
