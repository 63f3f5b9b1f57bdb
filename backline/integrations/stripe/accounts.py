"""Connected accounts: recipients who get transfers and are paid out to their bank."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from backline.integrations.stripe.client import Credentials, client, plain
from backline.integrations.stripe.errors import speaking

INCLUDE = ["configuration.recipient", "identity", "defaults", "requirements"]


@dataclass(frozen=True)
class Ask:
    """Something that is still asked for. `code` is Stripe's path of the field; `due` when it must be there."""

    code: str
    past_due: bool
    due: datetime | None
    from_user: bool
    error: str = ""


@dataclass(frozen=True)
class Recipient:
    """A connected account as it is now. Capabilities: active, pending, restricted, rejected, unsupported, or empty.

    `submitted`: the form was sent in. `banks`: currency and last digits of each bank account, such as `EUR 4417`.
    """

    id: str
    country: str
    closed: bool
    transfers: str
    payouts: str
    reasons: tuple[str, ...]
    asks: tuple[Ask, ...]
    submitted: bool = False
    banks: tuple[str, ...] = ()


def create_recipient(
    to: Credentials, *, country: str, email: str, name: str, reference: str, key: str
) -> Recipient:
    """A new account that receives transfers and has Stripe's hosted screens.

    Raises:
        StripeProblem: it was not made, or nobody knows.
    """
    params: Any = {
        "contact_email": email,
        "display_name": name,
        "dashboard": "express",
        "identity": {"country": country.lower()},
        "defaults": {
            "responsibilities": {"fees_collector": "application", "losses_collector": "application"}
        },
        "configuration": {
            "recipient": {"capabilities": {"stripe_balance": {"stripe_transfers": {"requested": True}}}}
        },
        "metadata": {"backline_artist": reference},
        "include": INCLUDE,
    }
    with speaking():
        return _recipient(plain(client(to).v2.core.accounts.create(params, {"idempotency_key": key})))


def retrieve_recipient(to: Credentials, account: str) -> Recipient:
    """The account as Stripe knows it now. Two calls: only the older interface knows the form and the banks.

    Raises:
        StripeProblem: it is not known.
    """
    params: Any = {"include": INCLUDE}
    with speaking():
        found = _recipient(plain(client(to).v2.core.accounts.retrieve(account, params)))
        if found.closed:
            return found
        older = plain(client(to).v1.accounts.retrieve(account))
    banks = [row for row in (older.get("external_accounts") or {}).get("data") or [] if row.get("last4")]
    banks.sort(key=lambda row: not row.get("default_for_currency"))
    return replace(
        found,
        submitted=bool(older.get("details_submitted")),
        banks=tuple(f"{row['currency'].upper()} {row['last4']}" for row in banks),
    )


def close_recipient(to: Credentials, account: str) -> None:
    """Closes it for good. Raises StripeProblem."""
    params: Any = {"applied_configurations": ["recipient"]}
    with speaking():
        client(to).v2.core.accounts.close(account, params)


def hosted_link(to: Credentials, account: str, *, update: bool, return_url: str, refresh_url: str) -> str:
    """The address of Stripe's form, for one visit within minutes. `update`: to change what was given before.

    Raises:
        StripeProblem: there is none.
    """
    kind = "account_update" if update else "account_onboarding"
    flow = {"return_url": return_url, "refresh_url": refresh_url}
    params: Any = {"account": account, "use_case": {"type": kind, kind: flow}}
    with speaking():
        return client(to).v2.core.account_links.create(params).url


def dashboard_link(to: Credentials, account: str) -> str:
    """The address that opens the account's own Stripe screens, once. Raises StripeProblem."""
    with speaking():
        return client(to).v1.accounts.login_links.create(account).url


def _recipient(raw: dict[str, Any]) -> Recipient:
    recipient = (raw.get("configuration") or {}).get("recipient") or {}
    balance = (recipient.get("capabilities") or {}).get("stripe_balance") or {}
    capabilities = [balance.get(name) or {} for name in ("stripe_transfers", "payouts")]
    details = [detail for found in capabilities for detail in found.get("status_details") or []]
    entries = (raw.get("requirements") or {}).get("entries") or []
    deadline = (((raw.get("requirements") or {}).get("summary") or {}).get("minimum_deadline")) or {}
    return Recipient(
        id=raw["id"],
        country=((raw.get("identity") or {}).get("country") or "").upper(),
        closed=bool(raw.get("closed")),
        transfers=capabilities[0].get("status", ""),
        payouts=capabilities[1].get("status", ""),
        reasons=tuple(dict.fromkeys(detail["code"] for detail in details)),
        asks=tuple(_ask(entry, deadline.get("time")) for entry in entries),
    )


def _ask(entry: dict[str, Any], summary_time: str | None) -> Ask:
    deadline = entry.get("minimum_deadline") or {}
    status = deadline.get("status", "")
    time = deadline.get("time") or (summary_time if status in ("currently_due", "past_due") else None)
    errors = entry.get("errors") or []
    return Ask(
        code=entry.get("description") or "",
        past_due=status == "past_due",
        due=instant(time) if time else None,
        from_user=entry.get("awaiting_action_from") != "stripe",
        error=errors[0].get("description", "") if errors else "",
    )


def instant(text: str) -> datetime:
    """A time as version 2 of the interface writes it."""
    return datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(UTC)
