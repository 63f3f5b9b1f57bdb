"""What several tests here begin with."""

from __future__ import annotations

from dataclasses import dataclass

from tests.sandbox import Sandbox


@dataclass(frozen=True)
class Subscribed:
    """A customer with a running subscription of a plan and its fee."""

    customer: str
    subscription: str
    plan: str
    fee: str
    session: str


def price(sandbox: Sandbox, name: str, amount: int, currency: str = "eur") -> str:
    """A monthly price of a new product."""
    made = sandbox.client.v1.prices.create(
        {
            "currency": currency,
            "unit_amount": amount,
            "recurring": {"interval": "month"},
            "product_data": {"name": name},
            "nickname": name,
        }
    )
    return made.id


def subscribed(
    sandbox: Sandbox, *, card: str = "4242424242424242", taxes: tuple[str, ...] = ()
) -> Subscribed:
    """Buys a plan of 9.00 and its fee of 3.00 by Checkout."""
    client = sandbox.client
    plan, fee = price(sandbox, "Plus", 900), price(sandbox, "Fee", 300)
    customer = client.v1.customers.create({"email": "lee@example.com"})
    session = client.v1.checkout.sessions.create(
        {
            "mode": "subscription",
            "customer": customer.id,
            "line_items": [{"price": plan, "quantity": 1}, {"price": fee, "quantity": 1}],
            "subscription_data": {"default_tax_rates": list(taxes)},
            "success_url": "https://example.com/?session={CHECKOUT_SESSION_ID}",
        }
    )
    sandbox.pay_checkout(session.id, card=card)
    paid = client.v1.checkout.sessions.retrieve(session.id)
    assert isinstance(paid.subscription, str)
    return Subscribed(customer.id, paid.subscription, plan, fee, session.id)
