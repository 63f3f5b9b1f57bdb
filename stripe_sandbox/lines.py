"""Invoice lines: prices, what is taken off them, the tax on them, and what they add up to."""

from __future__ import annotations

from fractions import Fraction
from math import floor

from stripe_sandbox.errors import Json, invalid
from stripe_sandbox.shapes import blank
from stripe_sandbox.world import World, new_id


def half_up(value: Fraction) -> int:
    """The nearest whole number; a half goes away from zero.

    >>> half_up(Fraction(5, 2)), half_up(Fraction(-5, 2))
    (3, -3)
    """
    size = floor(abs(value) + Fraction(1, 2))
    return size if value >= 0 else -size


def line(
    price: Json,
    quantity: int,
    *,
    amount: int,
    description: str,
    start: int,
    end: int,
    subscription: str | None = None,
    item: str | None = None,
    proration: bool = False,
) -> Json:
    """A line without discount and tax; `amount` may be a part of the price, or negative."""
    details = {
        "subscription": subscription, "subscription_item": item, "proration": proration, "invoice_item": None,
        "proration_details": {"credited_items": None},
    }  # fmt: skip
    parent = {
        "type": "subscription_item_details", "invoice_item_details": None, "subscription_item_details": details,
    }  # fmt: skip
    return blank(
        "line_item", id=new_id("il"), amount=amount, currency=price["currency"], discountable=not proration,
        discounts=[], livemode=False, metadata={}, period={"start": start, "end": end}, subtotal=amount,
        description=description, discount_amounts=[], quantity=quantity, quantity_decimal=str(quantity),
        subscription=subscription, taxes=[], pretax_credit_amounts=[],
        parent=parent if item else None,
        pricing={
            "type": "price_details", "price_details": {"price": price["id"], "product": price["product"]},
            "unit_amount_decimal": price["unit_amount_decimal"],
        },
    )  # fmt: skip


def take_off(world: World, lines: list[Json], discounts: list[str]) -> None:
    """Takes discounts off the lines, one after the other: a percentage of each line, or an amount spread over them."""
    for id in discounts:
        discount = world.store.get(id)
        coupon = world.get("coupon", discount["source"]["coupon"]) if discount else None
        if coupon is None:
            continue
        lines_left = [row for row in lines if row["discountable"] and row["amount"] > 0]
        rests = [
            row["amount"] - sum(part["amount"] for part in row["discount_amounts"]) for row in lines_left
        ]
        if coupon["percent_off"] is not None:
            share = Fraction(str(coupon["percent_off"])) / 100
            parts = [half_up(rest * share) for rest in rests]
        else:
            if lines_left and coupon["currency"] != lines_left[0]["currency"]:
                raise invalid("discounts", "The coupon's currency is not the currency of the price.")
            parts = spread(min(coupon["amount_off"], sum(rests)), rests)
        for row, part in zip(lines_left, parts, strict=True):
            row["discount_amounts"].append({"amount": part, "discount": id})
            row["discounts"].append(id)


def spread(amount: int, over: list[int]) -> list[int]:
    """Divides an amount in proportion, by largest remainder.

    >>> spread(10, [1, 1, 1])
    [4, 3, 3]
    """
    total = sum(over)
    if total == 0:
        return [0] * len(over)
    exact = [Fraction(amount * part, total) for part in over]
    parts = [floor(value) for value in exact]
    order = sorted(range(len(over)), key=lambda place: (-(exact[place] - parts[place]), place))
    for place in order[: amount - sum(parts)]:
        parts[place] += 1
    return parts


def tax(world: World, lines: list[Json], rates: list[str]) -> None:
    """Puts tax on each line's amount after discounts, each rate by itself."""
    for id in rates:
        rate = world.get("tax_rate", id, param="tax_rates")
        share = Fraction(str(rate["percentage"])) / 100
        for row in lines:
            net = row["amount"] - sum(part["amount"] for part in row["discount_amounts"])
            amount = half_up(net * share / (1 + share)) if rate["inclusive"] else half_up(net * share)
            row["taxes"].append({
                "amount": amount, "tax_behavior": "inclusive" if rate["inclusive"] else "exclusive",
                "tax_rate_details": {"tax_rate": id}, "taxability_reason": "not_available",
                "taxable_amount": net - amount if rate["inclusive"] else net, "type": "tax_rate_details",
            })  # fmt: skip


def totals(lines: list[Json]) -> Json:
    """What lines add up to, as an invoice writes it."""
    off = [part for row in lines for part in row["discount_amounts"]]
    taxes = [part for row in lines for part in row["taxes"]]
    subtotal = sum(row["amount"] for row in lines)
    on_top = sum(part["amount"] for part in taxes if part["tax_behavior"] == "exclusive")
    within = sum(part["amount"] for part in taxes) - on_top
    total = subtotal - sum(part["amount"] for part in off) + on_top
    return {
        "subtotal": subtotal, "subtotal_excluding_tax": subtotal - within, "total": total,
        "total_excluding_tax": total - on_top - within,
        "total_discount_amounts": _merged(off, "discount", "amount"), "total_taxes": _merged_taxes(taxes),
    }  # fmt: skip


def _merged(parts: list[Json], by: str, what: str) -> list[Json]:
    found: dict[str, int] = {}
    for part in parts:
        found[part[by]] = found.get(part[by], 0) + part[what]
    return [{what: amount, by: name} for name, amount in found.items()]


def _merged_taxes(parts: list[Json]) -> list[Json]:
    found: dict[str, Json] = {}
    for part in parts:
        sum_ = found.setdefault(
            part["tax_rate_details"]["tax_rate"], part | {"amount": 0, "taxable_amount": 0}
        )
        sum_["amount"] += part["amount"]
        sum_["taxable_amount"] += part["taxable_amount"]
    return list(found.values())
