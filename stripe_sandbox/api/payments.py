"""/v1/payment_intents, /v1/charges, /v1/refunds, /v1/payment_methods."""

from __future__ import annotations

from stripe_sandbox import cards, payments, refunds
from stripe_sandbox.errors import Json, Problem, invalid
from stripe_sandbox.metadata import merged
from stripe_sandbox.paging import page
from stripe_sandbox.routes import route
from stripe_sandbox.world import World


@route("POST", "/v1/payment_intents", "PaymentIntentCreateParams")
def create(world: World, params: Json) -> Json:
    """An intent, confirmed at once when asked to."""
    _demand_simple(params)
    intent = payments.new_intent(world, params)
    if params.get("payment_method"):
        intent |= {
            "payment_method": cards.method(world, params["payment_method"], customer=intent["customer"])[
                "id"
            ],
            "status": "requires_confirmation",
        }
        world.save(intent)
    if params.get("confirm"):
        return payments.confirm(world, intent, None, off_session=bool(params.get("off_session")))
    return intent


def _demand_simple(params: Json) -> None:
    """Money goes to the platform and from there by transfers; nothing else is built here."""
    for name in ("transfer_data", "on_behalf_of", "application_fee_amount", "confirmation_token"):
        if name in params:
            raise invalid(name, f"The sandbox does not know {name}.")


@route("GET", "/v1/payment_intents", "PaymentIntentListParams")
def index(world: World, params: Json) -> Json:
    """Intents, newest first."""
    return page(world, "payment_intent", params, "/v1/payment_intents", by=("customer",))


@route("GET", "/v1/payment_intents/{id}", "PaymentIntentRetrieveParams")
def show(world: World, _params: Json, id: str) -> Json:
    """One intent."""
    return world.get("payment_intent", id)


@route("POST", "/v1/payment_intents/{id}", "PaymentIntentUpdateParams")
def update(world: World, params: Json, id: str) -> Json:
    """Changes an intent: its description, metadata and group, and before it is paid its amount and card."""
    intent = world.get("payment_intent", id)
    _demand_simple(params)
    if intent["status"] not in payments.OPEN and params.keys() & {"amount", "currency", "payment_method"}:
        raise payments.unexpected(intent, "update")
    for name in ("amount", "description", "transfer_group", "receipt_email"):
        if name in params:
            intent[name] = params[name]
    if "payment_method" in params:
        intent["payment_method"] = cards.method(world, params["payment_method"], customer=intent["customer"])[
            "id"
        ]
        intent["status"] = "requires_confirmation"
    return world.save(intent | {"metadata": merged(intent["metadata"], params)})


@route("POST", "/v1/payment_intents/{id}/confirm", "PaymentIntentConfirmParams")
def confirm(world: World, params: Json, id: str) -> Json:
    """Charges the card."""
    off_session = bool(params.get("off_session"))
    return payments.confirm(
        world, world.get("payment_intent", id), params.get("payment_method"), off_session=off_session
    )


@route("POST", "/v1/payment_intents/{id}/capture", "PaymentIntentCaptureParams")
def capture(world: World, params: Json, id: str) -> Json:
    """Takes what was held."""
    return payments.capture(world, world.get("payment_intent", id), params.get("amount_to_capture"))


@route("POST", "/v1/payment_intents/{id}/cancel", "PaymentIntentCancelParams")
def cancel(world: World, params: Json, id: str) -> Json:
    """Ends it."""
    return payments.cancel(world, world.get("payment_intent", id), params.get("cancellation_reason"))


@route("GET", "/v1/charges", "ChargeListParams")
def charges(world: World, params: Json) -> Json:
    """The account's charges, newest first."""
    return page(
        world,
        "charge",
        params,
        "/v1/charges",
        account=world.account,
        by=("customer", "payment_intent", "transfer_group"),
    )


@route("GET", "/v1/charges/{id}", "ChargeRetrieveParams")
def charge(world: World, _params: Json, id: str) -> Json:
    """One charge."""
    return world.get("charge", id, account=world.account)


@route("POST", "/v1/charges/{id}", "ChargeUpdateParams")
def update_charge(world: World, params: Json, id: str) -> Json:
    """Changes a charge's description, group or metadata."""
    body = world.get("charge", id)
    for name in ("description", "transfer_group"):
        if name in params:
            body[name] = params[name]
    return world.save(body | {"metadata": merged(body["metadata"], params)}, event="charge.updated")


@route("POST", "/v1/refunds", "RefundCreateParams")
def refund(world: World, params: Json) -> Json:
    """Gives a charge back, or a part of it."""
    if params.get("payment_intent"):
        intent = world.get("payment_intent", params["payment_intent"], param="payment_intent")
        id = intent["latest_charge"]
        if id is None:
            raise Problem(
                "This PaymentIntent does not have a successful charge to refund.", param="payment_intent"
            )
    elif params.get("charge"):
        id = params["charge"]
    else:
        raise invalid("charge",
        "One of the following params should be provided for this request: payment_intent or charge.",
                      "parameter_missing")  # fmt: skip
    for name in ("reverse_transfer", "refund_application_fee"):
        if params.get(name):
            raise invalid(name, f"The sandbox does not know {name}: reverse the transfer by its own request.")
    return refunds.refund(world, world.get("charge", id, param="charge"), params)


@route("GET", "/v1/refunds", "RefundListParams")
def list_refunds(world: World, params: Json) -> Json:
    """Refunds, newest first."""
    return page(world, "refund", params, "/v1/refunds", by=("charge", "payment_intent"))


@route("GET", "/v1/refunds/{id}", "RefundRetrieveParams")
def show_refund(world: World, _params: Json, id: str) -> Json:
    """One refund."""
    return world.get("refund", id)


@route("GET", "/v1/disputes", "DisputeListParams")
def disputes(world: World, params: Json) -> Json:
    """Disputes, newest first."""
    return page(world, "dispute", params, "/v1/disputes", by=("charge", "payment_intent"))


@route("GET", "/v1/disputes/{id}", "DisputeRetrieveParams")
def dispute(world: World, _params: Json, id: str) -> Json:
    """One dispute."""
    return world.get("dispute", id)


@route("POST", "/v1/disputes/{id}", "DisputeUpdateParams")
def answer_dispute(world: World, params: Json, id: str) -> Json:
    """Sends evidence; the words `winning_evidence` and `losing_evidence` decide it at once."""
    body = world.get("dispute", id)
    evidence = params.get("evidence") or {}
    body["evidence"] |= evidence
    body["metadata"] = merged(body["metadata"], params)
    details = body["evidence_details"]
    details["has_evidence"] = details["has_evidence"] or bool(evidence)
    if params.get("submit", True):
        body["status"] = "under_review" if body["status"] == "needs_response" else body["status"]
        details |= {"submission_count": details["submission_count"] + 1, "submission_method": "manual"}
    world.save(body, event="charge.dispute.updated")
    words = str(evidence.get("uncategorized_text", ""))
    if params.get("submit", True) and words in ("winning_evidence", "losing_evidence"):
        return refunds.close_dispute(world, body, won=words == "winning_evidence")
    return body


@route("POST", "/v1/disputes/{id}/close", "DisputeCloseParams")
def give_up(world: World, _params: Json, id: str) -> Json:
    """Gives the money up."""
    body = world.get("dispute", id)
    if body["status"] in ("won", "lost"):
        raise Problem("This dispute is already closed.", code="dispute_closed")
    return refunds.close_dispute(world, body, won=False)


@route("GET", "/v1/payment_methods/{id}", "PaymentMethodRetrieveParams")
def method(world: World, _params: Json, id: str) -> Json:
    """One payment method."""
    return world.get("payment_method", id)


@route("POST", "/v1/payment_methods/{id}/attach", "PaymentMethodAttachParams")
def attach(world: World, params: Json, id: str) -> Json:
    """Gives a payment method to a customer."""
    world.get("customer", params.get("customer"), param="customer")
    body = cards.method(world, id, customer=params["customer"])
    return world.save(body | {"customer": params["customer"]})
