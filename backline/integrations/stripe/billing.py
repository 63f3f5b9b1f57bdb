"""Plans at Stripe: products and prices, customers, Checkout, the portal, invoices, refunds, disputes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from backline.integrations.stripe.client import Credentials, client, plain
from backline.integrations.stripe.errors import Refused, speaking
from backline.integrations.stripe.transfers import PAGE, moment, named


@dataclass(frozen=True)
class Checkout:
    """A Checkout session. `state`: open, complete, expired."""

    id: str
    url: str
    state: str
    subscription: str
    payment: str


@dataclass(frozen=True)
class Held:
    """A subscription at Stripe. `state`: active, past_due, canceled, incomplete …"""

    id: str
    customer: str
    state: str
    price: str
    currency: str
    started_at: datetime
    ended_at: datetime | None
    cancels_at: datetime | None
    metadata: dict[str, str]


@dataclass(frozen=True)
class Line:
    """A line of an invoice: what was paid for a price and a period, after discounts, without tax."""

    price: str
    net_minor: int
    proration: bool
    first_at: datetime
    end_at: datetime


@dataclass(frozen=True)
class Bill:
    """An invoice. `paid_minor` is what the payer gave, `charge` and `payment` by which it was given."""

    id: str
    subscription: str
    state: str
    currency: str
    paid_minor: int
    tax_minor: int
    paid_at: datetime | None
    payment: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class GoneBack:
    """A refund (`state` succeeded, pending, failed, canceled) or a dispute (won, lost, others)."""

    id: str
    payment: str
    charge: str
    amount_minor: int
    currency: str
    state: str
    at: datetime


def ensure_price(
    to: Credentials, *, lookup: str, product: str, name: str, amount_minor: int, currency: str
) -> str:
    """The id of the monthly price with this lookup key, made where there is none. Raises StripeProblem."""
    with speaking():
        found = client(to).v1.prices.list({"lookup_keys": [lookup], "active": True, "limit": 1}).data
        if found:
            return found[0].id
        params: Any = {
            "currency": currency.lower(),
            "unit_amount": amount_minor,
            "recurring": {"interval": "month"},
            "lookup_key": lookup,
            "product_data": {"name": name, "metadata": {"backline": product}},
        }
        return client(to).v1.prices.create(params, {"idempotency_key": f"price {lookup}"}).id


def lookup_of(to: Credentials, price: str) -> str:
    """The lookup key of a price, or nothing. Raises StripeProblem."""
    with speaking():
        return client(to).v1.prices.retrieve(price).lookup_key or ""


def create_customer(to: Credentials, *, email: str, name: str, reference: str, key: str) -> str:
    """A customer for an account of ours; answers its id. Raises StripeProblem."""
    params: Any = {"email": email, "metadata": {"backline_account": reference}}
    if name:
        params["name"] = name
    with speaking():
        return client(to).v1.customers.create(params, {"idempotency_key": key}).id


def delete_customer(to: Credentials, customer: str) -> None:
    """Ends its subscriptions at once and forgets it; one that is gone already is no error. Raises StripeProblem."""
    try:
        with speaking():
            client(to).v1.customers.delete(customer)
    except Refused as problem:
        if problem.code != "resource_missing":
            raise


def open_checkout(
    to: Credentials,
    *,
    customer: str,
    prices: Sequence[str],
    reference: str,
    metadata: dict[str, str],
    success_url: str,
    cancel_url: str,
    key: str,
) -> Checkout:
    """A hosted page to subscribe to these prices. Raises StripeProblem."""
    params: Any = {
        "mode": "subscription",
        "customer": customer,
        "line_items": [{"price": price, "quantity": 1} for price in prices],
        "client_reference_id": reference,
        "metadata": metadata,
        "subscription_data": {"metadata": metadata},
        "success_url": success_url,
        "cancel_url": cancel_url,
    }
    with speaking():
        return _checkout(plain(client(to).v1.checkout.sessions.create(params, {"idempotency_key": key})))


def retrieve_checkout(to: Credentials, session: str) -> Checkout:
    """A Checkout session as it is now. Raises StripeProblem."""
    with speaking():
        return _checkout(plain(client(to).v1.checkout.sessions.retrieve(session)))


def portal_link(to: Credentials, *, customer: str, return_url: str) -> str:
    """The address of the hosted page where a customer changes or ends plans. Raises StripeProblem."""
    params: Any = {"customer": customer, "return_url": return_url}
    with speaking():
        return client(to).v1.billing_portal.sessions.create(params).url


def retrieve_subscription(to: Credentials, subscription: str) -> Held:
    """A subscription as it is now. Raises StripeProblem."""
    with speaking():
        return _held(plain(client(to).v1.subscriptions.retrieve(subscription)))


def retrieve_bill(to: Credentials, invoice: str) -> Bill:
    """An invoice with all of its lines as it is now. Raises StripeProblem."""
    with speaking():
        raw = plain(client(to).v1.invoices.retrieve(invoice, {"expand": ["payments"]}))
        lines = [plain(row) for row in _all_lines(to, raw)]
    return _bill(raw, lines)


def bill_of_payment(to: Credentials, payment: str) -> str:
    """The id of the invoice that a payment paid, or nothing. Raises StripeProblem."""
    params: Any = {"payment": {"type": "payment_intent", "payment_intent": payment}, "limit": 1}
    with speaking():
        found = client(to).v1.invoice_payments.list(params).data
    return named(plain(found[0]).get("invoice")) if found else ""


def retrieve_refund(to: Credentials, refund: str) -> GoneBack:
    """A refund as it is now. Raises StripeProblem."""
    with speaking():
        return _gone_back(plain(client(to).v1.refunds.retrieve(refund)))


def refunds_of(to: Credentials, charge: str) -> list[GoneBack]:
    """All refunds of a charge, oldest first. Raises StripeProblem."""
    with speaking():
        rows = client(to).v1.refunds.list({"charge": charge, "limit": PAGE}).auto_paging_iter()
        found = [_gone_back(plain(row)) for row in rows]
    return sorted(found, key=lambda row: (row.at, row.id))


def retrieve_dispute(to: Credentials, dispute: str) -> GoneBack:
    """A dispute as it is now. Raises StripeProblem."""
    with speaking():
        return _gone_back(plain(client(to).v1.disputes.retrieve(dispute)))


def charge_of(to: Credentials, payment: str) -> str:
    """The charge by which a payment was made. Raises StripeProblem."""
    with speaking():
        return named(plain(client(to).v1.payment_intents.retrieve(payment)).get("latest_charge"))


def _all_lines(to: Credentials, raw: dict[str, Any]) -> list[Any]:
    if not (raw.get("lines") or {}).get("has_more"):
        return [_Plain(row) for row in (raw.get("lines") or {}).get("data") or []]
    return list(client(to).v1.invoices.line_items.list(raw["id"], {"limit": PAGE}).auto_paging_iter())


class _Plain(dict[str, Any]):
    """A line that is plain already, beside those of the SDK."""

    def to_dict(self) -> dict[str, Any]:
        return self


def _checkout(raw: dict[str, Any]) -> Checkout:
    return Checkout(
        raw["id"],
        raw.get("url") or "",
        raw.get("status") or "",
        named(raw.get("subscription")),
        named(raw.get("payment_intent")),
    )


def _held(raw: dict[str, Any]) -> Held:
    item = raw["items"]["data"][0]
    return Held(
        id=raw["id"],
        customer=named(raw.get("customer")),
        state=raw["status"],
        price=named(item.get("price")),
        currency=raw["currency"].upper(),
        started_at=moment(raw.get("start_date") or raw["created"]),
        ended_at=moment(raw["ended_at"]) if raw.get("ended_at") else None,
        cancels_at=moment(raw["cancel_at"]) if raw.get("cancel_at") else None,
        metadata=raw.get("metadata") or {},
    )


def _bill(raw: dict[str, Any], lines: list[dict[str, Any]]) -> Bill:
    parent = (raw.get("parent") or {}).get("subscription_details") or {}
    payments = [row.get("payment") or {} for row in (raw.get("payments") or {}).get("data") or []]
    paid_at = (raw.get("status_transitions") or {}).get("paid_at")
    return Bill(
        id=raw["id"],
        subscription=named(parent.get("subscription")),
        state=raw["status"],
        currency=raw["currency"].upper(),
        paid_minor=raw.get("amount_paid") or 0,
        tax_minor=sum(row["amount"] for row in raw.get("total_taxes") or []),
        paid_at=moment(paid_at) if paid_at else None,
        payment=next((named(row["payment_intent"]) for row in payments if row.get("payment_intent")), ""),
        lines=tuple(_line(line) for line in lines),
    )


def _line(raw: dict[str, Any]) -> Line:
    pricing = (raw.get("pricing") or {}).get("price_details") or {}
    taxes = sum(row["amount"] for row in raw.get("taxes") or [] if row.get("tax_behavior") == "inclusive")
    details = (raw.get("parent") or {}).get("subscription_item_details") or {}
    return Line(
        price=named(pricing.get("price")),
        net_minor=raw["amount"] - sum(row["amount"] for row in raw.get("discount_amounts") or []) - taxes,
        proration=bool(details.get("proration")),
        first_at=moment(raw["period"]["start"]),
        end_at=moment(raw["period"]["end"]),
    )


def _gone_back(raw: dict[str, Any]) -> GoneBack:
    return GoneBack(
        id=raw["id"],
        payment=named(raw.get("payment_intent")),
        charge=named(raw.get("charge")),
        amount_minor=raw["amount"],
        currency=raw["currency"].upper(),
        state=raw.get("status") or "",
        at=moment(raw["created"]),
    )
