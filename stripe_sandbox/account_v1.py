"""A connected account as /v1 shows it."""

from __future__ import annotations

from typing import Any

from stripe_sandbox.errors import Json
from stripe_sandbox.shapes import blank, listed
from stripe_sandbox.world import World

WORDING = dict.fromkeys((
    "statement_descriptor", "statement_descriptor_kana", "statement_descriptor_kanji",
    "statement_descriptor_prefix_kana",
    "statement_descriptor_prefix_kanji",
))  # fmt: skip
SETTINGS: Json = {
    "bacs_debit_payments": {"display_name": None, "service_user_number": None},
    "branding": {"icon": None, "logo": None, "primary_color": None, "secondary_color": None},
    "card_issuing": {"tos_acceptance": {"date": None, "ip": None}},
    "card_payments": {
        "decline_on": {"avs_failure": False, "cvc_failure": False}, "statement_descriptor_prefix": None,
        "statement_descriptor_prefix_kana": None, "statement_descriptor_prefix_kanji": None,
    },
    "dashboard": {"display_name": None, "timezone": "Etc/UTC"},
    "invoices": {"default_account_tax_ids": None, "hosted_payment_method_save": None}, "payments": WORDING,
    "payouts": {
        "debit_negative_balances": True, "schedule": {"delay_days": 2, "interval": "daily"},
        "statement_descriptor": None,
    },
    "sepa_debit_payments": {},
}  # fmt: skip


def as_v1(world: World, body: Json, *, transfers: str, payouts: str) -> Json:
    """The account in the older shape, its bank account masked; the two are the statuses of its capabilities."""
    own = body["_sandbox"]
    banks = [world.get("bank_account", own["bank_id"], account=body["id"])] if own["bank_id"] else []
    url = f"/v1/accounts/{body['id']}/external_accounts"
    made = blank(
        "account", id=body["id"], capabilities={"transfers": "active" if transfers == "active" else "inactive"},
        charges_enabled=transfers == "active", payouts_enabled=payouts == "active",
        details_submitted=own["submitted"], country=body["identity"]["country"].upper(),
        default_currency=body["defaults"]["currency"], email=body["contact_email"],
        external_accounts=listed(banks, url), metadata=body["metadata"], type="none",
        controller={"type": "application", "is_controller": True}, requirements=_v1_needs(own),
        future_requirements=_v1_needs(own | {"asked": []}), settings=SETTINGS,
    )  # fmt: skip
    for name in ("company", "individual", "groups", "created"):
        made.pop(name, None)
    return made


def _v1_needs(own: Json) -> Json:
    def named(**how: Any) -> list[str]:
        return [need["description"] for need in own["asked"] if how.items() <= need.items()]

    reason = {
        "restricted": "requirements.past_due",
        "rejected": "rejected.other",
        "new": "requirements.past_due",
    }
    return {
        "alternatives": [], "current_deadline": own["deadline"], "currently_due": named(**{"from": "user"}),
        "disabled_reason": reason.get(own["status"]) if own["asked"] or own["status"] == "rejected" else None,
        "errors": [], "eventually_due": named(**{"from": "user"}), "past_due": named(due="past_due"),
        "pending_verification": named(**{"from": "stripe"}),
    }  # fmt: skip
