"""Invoices of subscriptions: made, finalised, paid by card, tried again, voided."""

from __future__ import annotations

from stripe_sandbox import lines, payments
from stripe_sandbox.errors import Json, Problem
from stripe_sandbox.shapes import blank, listed
from stripe_sandbox.world import World

DAY_S = 86_400
TRIES_AGAIN_S = (3 * DAY_S, 5 * DAY_S, 7 * DAY_S)


# long: one object of many fields
def make(world: World, subscription: Json, rows: list[Json], reason: str, *, start: int, end: int) -> Json:
    """A finalised, open invoice over these lines; what the customer has in credit is used first."""
    customer = world.get("customer", subscription["customer"])
    lines.take_off(world, rows, subscription["discounts"])
    lines.tax(world, rows, [rate["id"] for rate in subscription["default_tax_rates"] or []])
    id = world.new_id("in")
    for row in rows:
        row["invoice"] = id
    sums = lines.totals(rows)
    due, after = _credit(sums["total"], customer["balance"])
    number = customer["next_invoice_sequence"]
    body = blank(
        "invoice", id=id, amount_due=due, amount_overpaid=0, amount_paid=0, amount_remaining=due,
        amount_shipping=0, attempt_count=0, attempted=False,
        automatic_tax={
            "enabled": False, "liability": None, "status": None, "disabled_reason": None, "provider": None,
        },
        collection_method="charge_automatically", created=world.now, currency=subscription["currency"],
        default_tax_rates=[], discounts=subscription["discounts"], issuer={"type": "self"},
        lines=listed(rows, f"/v1/invoices/{id}/lines"), livemode=False,
        payment_settings={
            "default_mandate": None, "payment_method_options": None, "payment_method_types": None,
        },
        period_start=start, period_end=end, post_payment_credit_notes_amount=0,
        pre_payment_credit_notes_amount=0, starting_balance=customer["balance"], ending_balance=after,
        status_transitions={
            "finalized_at": world.now, "marked_uncollectible_at": None, "paid_at": None, "voided_at": None,
        },
        account_country="NL", account_name="Backline", auto_advance=True, billing_reason=reason,
        customer=customer["id"], customer_email=customer["email"], customer_name=customer["name"],
        customer_tax_exempt="none", customer_tax_ids=[], effective_at=world.now,
        hosted_invoice_url=f"{world.base_url}/invoice/{id}", metadata={}, status="open",
        number=f"{customer['invoice_prefix']}-{number:04d}",
        parent={
            "type": "subscription_details", "quote_details": None,
            "subscription_details": {"metadata": subscription["metadata"], "subscription": subscription["id"]},
        },
        **sums,
    )  # fmt: skip
    world.add(body, event="invoice.created")
    world.save(customer | {"next_invoice_sequence": number + 1, "balance": after})
    world.tell("invoice.finalized", body)
    return body


def _credit(total: int, balance: int) -> tuple[int, int]:
    """What is due of a total, and the customer's balance after it; a balance below 0 is credit.

    >>> _credit(1000, -300), _credit(-400, 0), _credit(200, -300)
    ((700, 0), (0, -400), (0, -100))
    """
    owed = total + balance
    return max(0, owed), min(0, owed)


def collect(world: World, invoice: Json, method: str | None, *, off_session: bool) -> Json:
    """Tries to have an open invoice paid.

    Raises:
        Problem: it is not open, or the card is declined (the attempt stays).
    """
    if invoice["status"] != "open":
        raise Problem(f"Invoice is already {invoice['status']}.", code="invoice_not_open")
    invoice |= {"attempted": True, "attempt_count": invoice["attempt_count"] + 1}
    if invoice["amount_due"] == 0:
        return _paid(world, invoice, None)
    intent = _intent(world, invoice)
    try:
        payments.confirm(world, intent, method, off_session=off_session, invoice=invoice["number"])
    except Problem as problem:
        problem.keeps = True
        _plan_next(world, invoice)
        raise
    return _paid(world, invoice, intent)


def _intent(world: World, invoice: Json) -> Json:
    """The invoice's payment intent, the same for every attempt."""
    if known := world.all("invoice_payment", invoice=invoice["id"]):
        return world.get("payment_intent", known[-1]["payment"]["payment_intent"])
    intent = payments.new_intent(world, {
        "amount": invoice["amount_due"], "currency": invoice["currency"], "customer": invoice["customer"],
        "description": f"Invoice {invoice['number']}",
    })  # fmt: skip
    world.add(blank(
        "invoice_payment", id=world.new_id("inpay"), amount_requested=invoice["amount_due"], created=world.now,
        currency=invoice["currency"], invoice=invoice["id"], is_default=True, livemode=False,
        payment={"type": "payment_intent", "payment_intent": intent["id"]}, status="open",
        status_transitions={"canceled_at": None, "paid_at": None},
    ))  # fmt: skip
    return intent


def _plan_next(world: World, invoice: Json) -> None:
    count = invoice["attempt_count"]
    invoice["next_payment_attempt"] = (
        world.now + TRIES_AGAIN_S[count - 1] if count <= len(TRIES_AGAIN_S) else None
    )
    world.plan(invoice["next_payment_attempt"] or world.now + DAY_S, "invoice_again", invoice["id"])
    world.save(invoice, event="invoice.payment_failed")


def _paid(world: World, invoice: Json, intent: Json | None) -> Json:
    world.unplan("invoice_again", invoice["id"])
    invoice |= {
        "status": "paid",
        "amount_paid": invoice["amount_due"],
        "amount_remaining": 0,
        "next_payment_attempt": None,
    }
    invoice["status_transitions"]["paid_at"] = world.now
    for payment in world.all("invoice_payment", invoice=invoice["id"]) if intent else []:
        payment |= {"status": "paid", "amount_paid": invoice["amount_due"]}
        payment["status_transitions"]["paid_at"] = world.now
        world.save(payment, event="invoice_payment.paid")
    world.save(invoice, event="invoice.paid")
    world.tell("invoice.payment_succeeded", invoice)
    return invoice


def void(world: World, invoice: Json) -> Json:
    """An open invoice that nobody shall pay any more."""
    if invoice["status"] != "open":
        raise Problem(
            f"You can only void an open invoice; this one is {invoice['status']}.", code="invoice_not_open"
        )
    world.unplan("invoice_again", invoice["id"])
    invoice |= {"status": "void", "next_payment_attempt": None, "amount_remaining": 0}
    invoice["status_transitions"]["voided_at"] = world.now
    return world.save(invoice, event="invoice.voided")


def uncollectible(world: World, invoice: Json) -> Json:
    """An open invoice that is given up."""
    if invoice["status"] != "open":
        raise Problem(
            f"You can only give up an open invoice; this one is {invoice['status']}.", code="invoice_not_open"
        )
    world.unplan("invoice_again", invoice["id"])
    invoice |= {"status": "uncollectible", "next_payment_attempt": None}
    invoice["status_transitions"]["marked_uncollectible_at"] = world.now
    return world.save(invoice, event="invoice.marked_uncollectible")
