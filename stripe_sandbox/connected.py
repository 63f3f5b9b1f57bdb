"""Connected accounts: what Stripe still asks of them, and what they may do because of it.

A body is what /v2 shows; `_sandbox` in it is what only the sandbox knows and never leaves it.
"""

from __future__ import annotations

from stripe_sandbox import account_v1, clock
from stripe_sandbox.charges import payment_for_transfer
from stripe_sandbox.errors import Json, Problem, missing
from stripe_sandbox.shapes import blank
from stripe_sandbox.timeline import happens
from stripe_sandbox.world import World

PERSONAS = {
    "fine": "Everything is right: the account becomes active.",
    "document": "An identity document is asked for: restricted until it is given.",
    "pending": "Stripe reviews for an hour of the sandbox's clock, then the account becomes active.",
    "rejected": "Stripe refuses this person.",
    "later": "Active now; a number is asked for within 14 days, then the account is restricted.",
}
BANKS = {
    "fine": "Payouts arrive.",
    "closed": "Payouts fail: the account is closed.",
    "late": "Payouts arrive, and are sent back by the bank two days later.",
}
PERSON = (
    "identity.individual.given_name", "identity.individual.surname", "identity.individual.date_of_birth",
    "identity.individual.address", "identity.attestations.terms_of_service.account",
)  # fmt: skip
BANK, DOCUMENT, NUMBER = (
    "external_account",
    "identity.individual.documents.primary_verification",
    "identity.individual.id_numbers",
)
WORDS = {BANK: "A bank account", DOCUMENT: "An identity document", NUMBER: "A tax or identity number"}
DEADLINE_S, REVIEW_S = 14 * 86_400, 3_600
TRANSFERS, PAYOUTS = "stripe_balance.stripe_transfers", "stripe_balance.payouts"
DETAILS = {
    "restricted": ("requirements_past_due", "provide_info"),
    "pending": ("requirements_pending_verification", "no_resolution"),
    "rejected": ("rejected_other", "contact_stripe"),
}
CHANGED = "v2.core.account[configuration.recipient].capability_status_updated"


def find(world: World, id: str, *, param: str = "id") -> Json:
    """The connected account.

    Raises:
        Problem: there is none.
    """
    body = world.store.get(id)
    if body is None or body["object"] != "v2.core.account":
        raise missing("account", id, param=param)
    return body


def demand_can_receive(world: World, id: str) -> None:
    """Lets pass an account to which transfers may go.

    Raises:
        Problem: there is none, or it is not allowed to receive.
    """
    body = world.store.get(id)
    if body is None or body["object"] != "v2.core.account" or body["closed"]:
        raise Problem(f"No such destination: '{id}'", code="resource_missing", param="destination")
    if status(body)[0] != "active":
        raise Problem(
            "Your destination account needs to have at least one of the following capabilities enabled: transfers, "
            "crypto_transfers, legacy_payments",
            code="insufficient_capabilities_for_transfer",
        )


def status(body: Json) -> tuple[str, str]:
    """The status of the two capabilities: transfers and payouts."""
    own = body["_sandbox"]
    if not own["requested"] or body["closed"]:
        return "unsupported", "unsupported"
    if own["status"] == "active" and own["bank_failed"]:
        return "active", "restricted"
    state = {"new": "restricted"}.get(own["status"], own["status"])
    return state, state


def refresh(world: World, body: Json, *, event: bool = True) -> Json:
    """Works out requirements and capabilities anew, keeps them, and tells of what changed."""
    before = body["configuration"], body["requirements"]
    transfers, payouts = status(body)
    body["configuration"] = {"customer": None, "merchant": None, "recipient": {
        "applied": body["_sandbox"]["requested"],
        "capabilities": {"bank_accounts": None, "cards": None, "stripe_balance": {
            "payouts": _capability(payouts), "stripe_transfers": _capability(transfers)}},
    } if body["_sandbox"]["requested"] else None}  # fmt: skip
    body["requirements"] = _requirements(body)
    world.save(body)
    if event and before[1] != body["requirements"]:
        world.tell_thin("v2.core.account[requirements].updated", body)
    if event and before[0] != body["configuration"]:
        world.tell_thin(CHANGED, body)
    if event and before != (body["configuration"], body["requirements"]):
        world.tell("account.updated", as_v1(world, body), account=body["id"])
    return body


def as_v1(world: World, body: Json) -> Json:
    """The account in the older shape, its bank account masked."""
    transfers, payouts = status(body)
    return account_v1.as_v1(world, body, transfers=transfers, payouts=payouts)


def _capability(state: str) -> Json:
    details = (
        [{"code": code, "resolution": resolution} for code, resolution in [DETAILS[state]]]
        if state in DETAILS
        else []
    )
    return {"status": state, "status_details": details}


def _requirements(body: Json) -> Json:
    own = body["_sandbox"]
    entries = [_entry(need, own) for need in own["asked"]]
    due = (
        {"status": _worst(own), "time": clock.stamp(own["deadline"]) if own["deadline"] else None}
        if entries
        else None
    )
    return {"alternatives": [], "entries": entries, "summary": {"minimum_deadline": due}}


def _worst(own: Json) -> str:
    found = {need["due"] for need in own["asked"]}
    return next((due for due in ("past_due", "currently_due") if due in found), "eventually_due")


def _entry(need: Json, own: Json) -> Json:
    capabilities = (PAYOUTS,) if need["description"] == BANK and own["submitted"] else (TRANSFERS, PAYOUTS)
    deadline = {"status": need["due"]}
    return {
        "awaiting_action_from": need["from"], "description": need["description"],
        "errors": [{"code": code, "description": text} for code, text in need["errors"]],
        "impact": {"restricts_capabilities": [
            {"capability": name, "configuration": "recipient", "deadline": deadline} for name in capabilities]},
        "minimum_deadline": deadline, "reference": None,
        "requested_reasons": [{"code": "routine_verification" if own["submitted"] else "routine_onboarding"}],
    }  # fmt: skip


def asks(
    description: str,
    *,
    due: str = "currently_due",
    of: str = "user",
    errors: tuple[tuple[str, str], ...] = (),
) -> Json:
    """One thing that is asked for."""
    return {"description": description, "due": due, "from": of, "errors": list(errors)}


def onboard(world: World, body: Json, *, persona: str, bank: str) -> Json:
    """The hosted page was filled in by such a person with such a bank account.

    Raises:
        ValueError: there is no such persona or bank.
    """
    if persona not in PERSONAS or bank not in BANKS:
        raise ValueError(f"A persona is one of {', '.join(PERSONAS)}; a bank one of {', '.join(BANKS)}.")
    own = body["_sandbox"]
    own |= {"persona": persona, "submitted": True, "asked": [], "deadline": None, "bank_failed": False}
    add_bank(world, body, bank)
    if persona == "fine":
        own["status"] = "active"
    elif persona == "document":
        own["status"] = "restricted"
        own["asked"] = [asks(DOCUMENT, errors=(
            ("verification_document_not_uploaded",
            "An identity document could not be checked yet. Please upload one."),))]  # fmt: skip
    elif persona == "pending":
        own |= {"status": "pending", "asked": [asks(DOCUMENT, of="stripe")]}
        world.plan(world.now + REVIEW_S, "reviewed", body["id"])
    elif persona == "rejected":
        own["status"] = "rejected"
    else:
        own |= {"status": "active", "asked": [asks(NUMBER)], "deadline": world.now + DEADLINE_S}
        world.plan(own["deadline"], "account_deadline", body["id"])
    return refresh(world, body)


def give_all(world: World, body: Json) -> Json:
    """All that was asked for is given, and right."""
    own = body["_sandbox"]
    own |= {"asked": [], "deadline": None, "submitted": True}
    if own["status"] != "rejected":
        own["status"] = "active"
    world.unplan("account_deadline", body["id"])
    if own["bank"] is None or own["bank_failed"]:
        change_bank(world, body, "fine")
    return refresh(world, body)


def restrict(world: World, body: Json) -> Json:
    """A document is asked for, and is late already."""
    own = body["_sandbox"]
    own |= {"status": "restricted", "asked": [asks(DOCUMENT, due="past_due", errors=(
        ("verification_document_expired", "The identity document has expired."),))]}  # fmt: skip
    own["deadline"] = world.now
    return refresh(world, body)


def reject(world: World, body: Json) -> Json:
    """Stripe ends its business with this person."""
    body["_sandbox"] |= {"status": "rejected", "asked": [], "deadline": None}
    return refresh(world, body)


@happens("reviewed")
def _reviewed(world: World, id: str) -> None:
    body = find(world, id)
    if body["_sandbox"]["status"] == "pending":
        give_all(world, body)


@happens("account_deadline")
def _deadline(world: World, id: str) -> None:
    body = find(world, id)
    own = body["_sandbox"]
    if own["status"] == "active" and own["asked"]:
        own["status"] = "restricted"
        own["asked"] = [need | {"due": "past_due"} for need in own["asked"]]
        refresh(world, body)


def add_bank(world: World, body: Json, bank: str) -> None:
    """Attaches a bank account, which replaces the one before."""
    country = body["identity"]["country"].upper()
    last4 = {"fine": "3000", "closed": "3004", "late": "3007"}[bank]
    account = blank(
        "bank_account", id=world.new_id("ba"), account=body["id"], account_holder_name=body["display_name"],
        account_holder_type="individual", bank_name="STRIPE TEST BANK", country=country,
        currency=body["defaults"]["currency"], fingerprint=world.new_id("fp", 16), last4=last4, metadata={},
        status="new", available_payout_methods=["standard"], default_for_currency=True,
    )  # fmt: skip
    world.store.add(account, account=body["id"], created=world.now)
    body["_sandbox"] |= {"bank": bank, "bank_id": account["id"], "bank_failed": False}


def change_bank(world: World, body: Json, bank: str) -> Json:
    """Another bank account takes the place of the one before; payouts go on."""
    add_bank(world, body, bank)
    own = body["_sandbox"]
    own["asked"] = [need for need in own["asked"] if need["description"] != BANK]
    world.plan(world.now, "payout", body["id"])
    return refresh(world, body)


def bank_failed(world: World, body: Json) -> None:
    """The bank sent money back: payouts stop until there is another account."""
    own = body["_sandbox"]
    own["bank_failed"] = True
    own["asked"] = [need for need in own["asked"] if need["description"] != BANK]
    own["asked"].append(
        asks(BANK, due="past_due", errors=(("invalid_value_other", "The bank account could not be paid."),))
    )
    if account := world.store.get(own["bank_id"]):
        world.save(
            account | {"status": "errored"}, account=body["id"], event="account.external_account.updated"
        )
    refresh(world, body)


def add_payment(world: World, account: str, id: str, line: Json, *, transfer: str) -> None:
    """The payment by which a connected account sees a transfer."""
    world.add(payment_for_transfer(world, id, line, transfer), account=account)
    soonest = max(line["available_on"], world.now)
    midnight = (soonest // 86_400 + 1) * 86_400
    row = world.store.row("select at from due where what = 'payout' and subject = ?", account)
    if row is None or row["at"] > midnight:
        world.plan(midnight, "payout", account)
