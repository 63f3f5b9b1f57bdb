"""Transfers to recipients and their reversals, balances, their transactions, payouts to banks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from backline.integrations.stripe.client import Credentials, client, plain
from backline.integrations.stripe.errors import speaking

PAGE = 100


@dataclass(frozen=True)
class Sent:
    """A transfer at Stripe. `payment` is what it is called in the recipient's own balance."""

    id: str
    amount_minor: int
    currency: str
    destination: str
    payment: str
    reversed_minor: int
    at: datetime


@dataclass(frozen=True)
class BankPayout:
    """A payout from a recipient's balance to the bank. `state`: pending, in_transit, paid, failed, canceled."""

    id: str
    amount_minor: int
    currency: str
    state: str
    failure: str
    arrives_at: datetime
    at: datetime
    automatic: bool


@dataclass(frozen=True)
class BalanceRow:
    """One balance transaction. `source` names the charge, refund, transfer or payout that made it."""

    id: str
    kind: str
    amount_minor: int
    fee_minor: int
    currency: str
    source: str
    payment: str
    at: datetime
    available_at: datetime


@dataclass(frozen=True)
class Funds:
    """What a balance holds, in minor units by currency."""

    available: dict[str, int]
    pending: dict[str, int]


def send_transfer(
    to: Credentials,
    *,
    amount_minor: int,
    currency: str,
    account: str,
    group: str,
    charge: str,
    key: str,
    reference: str,
) -> Sent:
    """Moves money from the platform's balance to a recipient's. `charge` ties it to the payment it comes from.

    Raises:
        StripeProblem: it was not sent, or nobody knows; the same `key` never sends twice.
    """
    params: Any = {
        "amount": amount_minor,
        "currency": currency.lower(),
        "destination": account,
        "transfer_group": group,
        "metadata": {"backline_transfer": reference},
    }
    if charge:
        params["source_transaction"] = charge
    with speaking():
        return _sent(plain(client(to).v1.transfers.create(params, {"idempotency_key": key})))


def transfer_in_group(to: Credentials, group: str, *, reference: str) -> Sent | None:
    """The transfer with this reference among those of its group; None: it was not sent. Raises StripeProblem."""
    params: Any = {"transfer_group": group, "limit": PAGE}
    with speaking():
        for row in client(to).v1.transfers.list(params).auto_paging_iter():
            found = plain(row)
            if (found.get("metadata") or {}).get("backline_transfer") == reference:
                return _sent(found)
    return None


def reverse_transfer(to: Credentials, transfer: str, *, amount_minor: int, reference: str, key: str) -> str:
    """Takes part of a transfer back from the recipient's balance; answers the reversal's id. Raises StripeProblem."""
    params: Any = {"amount": amount_minor, "metadata": {"backline_reversal": reference}}
    with speaking():
        return client(to).v1.transfers.reversals.create(transfer, params, {"idempotency_key": key}).id


def reversal_with(to: Credentials, transfer: str, *, reference: str) -> str:
    """The id of the transfer's reversal with this reference, or nothing: it was not made. Raises StripeProblem."""
    with speaking():
        for row in client(to).v1.transfers.reversals.list(transfer, {"limit": PAGE}).auto_paging_iter():
            found = plain(row)
            if (found.get("metadata") or {}).get("backline_reversal") == reference:
                return str(found["id"])
    return ""


def funds(to: Credentials, account: str = "") -> Funds:
    """The platform's balance, or that of a recipient. Raises StripeProblem."""
    with speaking():
        raw = plain(client(to).v1.balance.retrieve({}, _options(account)))
    return Funds(_amounts(raw.get("available")), _amounts(raw.get("pending")))


def balance_rows(
    to: Credentials, *, account: str = "", since: datetime | None = None, payout: str = ""
) -> Iterator[BalanceRow]:
    """Balance transactions, newest first: created since then, or paid by a payout. Raises StripeProblem."""
    params: Any = {"limit": PAGE, "expand": ["data.source"]}
    if since is not None:
        params["created"] = {"gte": int(since.timestamp())}
    if payout:
        params["payout"] = payout
    with speaking():
        found = client(to).v1.balance_transactions.list(params, _options(account))
        for row in found.auto_paging_iter():
            yield _balance_row(plain(row))


def payouts(to: Credentials, account: str, *, since: datetime) -> list[BankPayout]:
    """A recipient's payouts created since then, oldest first. Raises StripeProblem."""
    params: Any = {"limit": PAGE, "created": {"gte": int(since.timestamp())}}
    with speaking():
        rows = client(to).v1.payouts.list(params, _options(account)).auto_paging_iter()
        found = [_payout(plain(row)) for row in rows]
    return sorted(found, key=lambda row: (row.at, row.id))


def retrieve_payout(to: Credentials, account: str, payout: str) -> BankPayout:
    """One payout of a recipient as it is now. Raises StripeProblem."""
    with speaking():
        return _payout(plain(client(to).v1.payouts.retrieve(payout, {}, _options(account))))


def _options(account: str) -> Any:
    return {"stripe_account": account} if account else {}


def _sent(raw: dict[str, Any]) -> Sent:
    return Sent(
        id=raw["id"],
        amount_minor=raw["amount"],
        currency=raw["currency"].upper(),
        destination=named(raw.get("destination")),
        payment=named(raw.get("destination_payment")),
        reversed_minor=raw.get("amount_reversed") or 0,
        at=moment(raw["created"]),
    )


def _payout(raw: dict[str, Any]) -> BankPayout:
    return BankPayout(
        id=raw["id"],
        amount_minor=raw["amount"],
        currency=raw["currency"].upper(),
        state=raw["status"],
        failure=raw.get("failure_code") or "",
        arrives_at=moment(raw["arrival_date"]),
        at=moment(raw["created"]),
        automatic=bool(raw.get("automatic")),
    )


def _balance_row(raw: dict[str, Any]) -> BalanceRow:
    source = raw.get("source")
    payment = named(source.get("payment_intent") or source.get("charge")) if isinstance(source, dict) else ""
    return BalanceRow(
        id=raw["id"],
        kind=raw["type"],
        amount_minor=raw["amount"],
        fee_minor=raw.get("fee") or 0,
        currency=raw["currency"].upper(),
        source=named(source),
        payment=payment,
        at=moment(raw["created"]),
        available_at=moment(raw["available_on"]),
    )


def _amounts(rows: list[dict[str, Any]] | None) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in rows or []:
        found[row["currency"].upper()] = found.get(row["currency"].upper(), 0) + row["amount"]
    return found


def named(value: Any) -> str:
    """The id of an object that is expanded, or is its id already."""
    return value["id"] if isinstance(value, dict) else value or ""


def moment(seconds: int) -> datetime:
    """A time as version 1 of the interface writes it."""
    return datetime.fromtimestamp(seconds, UTC)
