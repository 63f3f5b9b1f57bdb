"""The pages of people who pay: Checkout, an invoice, and the billing portal."""

from __future__ import annotations

from stripe_sandbox import cards, checkout, invoices, plan_changes, subscriptions
from stripe_sandbox.currencies import shown
from stripe_sandbox.errors import Json, Problem
from stripe_sandbox.pages.hosted import day
from stripe_sandbox.pages.html import Html, choices, document, field, form, joined, table, tag, text
from stripe_sandbox.pages.routing import Desk, page
from stripe_sandbox.web import Said, moved
from stripe_sandbox.world import World

CARD_CHOICES = {card.number: f"•••• {card.number[-4:]} {card.does}" for card in cards.CARDS.values()}


@page("GET", "/pay/{id}")
def pay_page(desk: Desk, id: str) -> Said:
    """What is bought, and the card to pay with."""
    with desk.store.transaction():
        return _checkout(desk.world(), id, problem="")


def _checkout(world: World, id: str, *, problem: str) -> Said:
    session = world.get("checkout.session", id)
    if session["status"] != "open":
        gone = text("It cannot be paid any more.")
        return document(f"This checkout is {session['status']}", gone, status=410)
    total = shown(session["amount_total"], session["currency"])
    email: Html | str = ""
    if not session["customer"]:
        known = session["customer_email"] or ""
        email = field("E-mail", "email", type="email", value=known, required=True, autocomplete="email")
    cards_ = choices("Card", "card", CARD_CHOICES, chosen="4242424242424242")
    each = ", every month" if session["mode"] == "subscription" else ""
    return document(
        f"Pay {total}{each}",
        tag("p", problem, class_="notice", role="alert") if problem else "",
        table(("What", "How many", "Amount"), _order(world, session), caption="Your order"),
        tag("h2", "Card"),
        form(f"/pay/{id}", email, cards_, button=f"Pay {total}", class_="card"),
        form(f"/pay/{id}/back", button="Back without paying", quiet=True),
        status=402 if problem else 200,
    )


def _order(world: World, session: Json) -> list[tuple[object, ...]]:
    """What is bought, the discount and the tax, as rows."""
    currency, details = session["currency"], session["total_details"]
    rows: list[tuple[object, ...]] = [
        (row["description"], row["quantity"], shown(row["amount_subtotal"], currency))
        for row in checkout.items(world, session["id"])
    ]
    for name, amount in (("Discount", -details["amount_discount"]), ("Tax", details["amount_tax"])):
        if amount:
            rows.append((name, "", shown(amount, currency)))
    return rows


@page("POST", "/pay/{id}")
def pay(desk: Desk, id: str) -> Said:
    """Pays; a declined card leaves the session open."""
    fields = desk.asked.form()
    try:
        with desk.store.transaction():
            world = desk.world()
            session = world.get("checkout.session", id)
            target = session["success_url"].replace("{CHECKOUT_SESSION_ID}", id)
            checkout.pay(world, session, fields.get("card", ""), email=fields.get("email"))
        return moved(target)
    except Problem as problem:
        with desk.store.transaction():
            return _checkout(desk.world(), id, problem=problem.message)


@page("POST", "/pay/{id}/back")
def back(desk: Desk, id: str) -> Said:
    """Leaves it; it stays open until it expires."""
    with desk.store.transaction():
        session = desk.world().get("checkout.session", id)
    return moved(session["cancel_url"] or session["success_url"])


@page("GET", "/invoice/{id}")
def invoice_page(desk: Desk, id: str) -> Said:
    """An invoice to read."""
    with desk.store.transaction():
        body = desk.world().get("invoice", id)
    return document(
        f"Invoice {body['number']}: {shown(body['total'], body['currency'])}, {body['status']}",
        _invoice_lines(body),
        text(f"Made on {day(body['created'])}."),
    )


def _invoice_lines(body: Json) -> Html:
    rows = [(row["description"], shown(row["amount"], body["currency"])) for row in body["lines"]["data"]]
    rows += [
        ("Discount", shown(-part["amount"], body["currency"])) for part in body["total_discount_amounts"]
    ]
    rows += [("Tax", shown(part["amount"], body["currency"])) for part in body["total_taxes"]]
    return table(
        ("What", "Amount"), [*rows, ("Total", shown(body["total"], body["currency"]))], caption="Lines"
    )


def _visit(desk: Desk, secret: str) -> Json:
    """Whose portal it is.

    Raises:
        LookupError: the link is not known, or over.
    """
    found: Json | None = desk.store.setting(f"portal:{secret}")
    if found is None or desk.world().now > found["until"]:
        raise LookupError("This link is over; open the billing portal once more from where you came.")
    return found


@page("GET", "/portal/{secret}")
def portal(desk: Desk, secret: str) -> Said:
    """A customer's subscriptions, invoices and card."""
    with desk.store.transaction():
        visit = _visit(desk, secret)
        world = desk.world()
        held = [
            body for body in world.all("subscription", customer=visit["customer"]) if body["ended_at"] is None
        ]
        bills = world.all("invoice", customer=visit["customer"])[-20:][::-1]
        parts = [_subscription(world, body, secret) for body in held]
    card = choices("Card for renewals", "card", CARD_CHOICES, chosen="")
    return document(
        f"{len(held)} subscription{'' if len(held) == 1 else 's'}",
        *[_bill(body, secret) for body in bills if body["status"] == "open"],
        *parts,
        tag("h2", "Card"),
        form(f"/portal/{secret}/card", card, button="Save card", class_="card"),
        tag("h2", "Invoices"),
        _bills(bills),
        tag("p", tag("a", "Back", href=visit["return_url"])) if visit["return_url"] else "",
    )


def _bills(bills: list[Json]) -> Html:
    rows = [
        (
            tag("a", body["number"], href=f"/invoice/{body['id']}"),
            day(body["created"]),
            shown(body["total"], body["currency"]),
            body["status"],
        )
        for body in bills
    ]
    return table(("Number", "Date", "Total", "State"), rows, caption="Invoices")


def _subscription(world: World, body: Json, secret: str) -> Html:
    rows, ends = body["items"]["data"], body["cancel_at_period_end"]
    until = day(rows[0]["current_period_end"])
    hidden = tag("input", type="hidden", name="subscription", value=body["id"])
    if ends:
        button = form(f"/portal/{secret}/resume", hidden, button="Keep it after all", quiet=True)
    else:
        button = form(f"/portal/{secret}/cancel", hidden, button="Cancel", quiet=True)
    words = f"{'Ends' if ends else 'Renews'} on {until}. State: {body['status']}."
    name = " and ".join(_name(world, row["price"]) for row in rows)
    row = tag("div", button, _other_prices(world, body, secret, hidden), class_="row")
    return tag("section", tag("h2", name), tag("p", words), row)


def _name(world: World, price: Json) -> str:
    return str(price["nickname"] or world.get("product", price["product"])["name"])


def _other_prices(world: World, body: Json, secret: str, hidden: Html) -> Html:
    """Buttons to change the plan; Stripe's portal changes no subscription of several products, either."""
    rows = body["items"]["data"]
    others = [
        price
        for price in world.all("price", currency=body["currency"])
        if len(rows) == 1 and price["recurring"] and price["active"] and price["id"] != rows[0]["price"]["id"]
    ]
    return joined(
        form(
            f"/portal/{secret}/change",
            hidden,
            tag("input", type="hidden", name="price", value=price["id"]),
            button=f"Change to {_name(world, price)}",
            quiet=True,
        )
        for price in others
    )


def _bill(body: Json, secret: str) -> Html:
    due = shown(body["amount_due"], body["currency"])
    hidden = tag("input", type="hidden", name="invoice", value=body["id"])
    paying = form(
        f"/portal/{secret}/pay",
        hidden,
        choices("Card", "card", CARD_CHOICES, chosen="4242424242424242"),
        button=f"Pay {due}",
    )
    return tag("section", tag("h2", f"{due} is overdue"), tag("p", f"Invoice {body['number']}."), paying)


@page("POST", "/portal/{secret}/{action}")
def act(desk: Desk, secret: str, action: str) -> Said:
    """Cancels, resumes, changes, pays, or saves a card."""
    fields = desk.asked.form()
    with desk.store.transaction():
        visit = _visit(desk, secret)
        ACTIONS[action](desk.world(), visit["customer"], fields)
    return moved(f"/portal/{secret}")


def _own(world: World, customer: str, kind: str, id: str | None) -> Json:
    body = world.get(kind, id)
    if body["customer"] != customer:
        raise LookupError("That is somebody else's.")
    return body


def _cancel(world: World, customer: str, fields: dict[str, str]) -> None:
    subscriptions.set_end(
        world, _own(world, customer, "subscription", fields.get("subscription")), at_period_end=True
    )


def _resume(world: World, customer: str, fields: dict[str, str]) -> None:
    subscriptions.set_end(
        world, _own(world, customer, "subscription", fields.get("subscription")), at_period_end=False
    )


def _change(world: World, customer: str, fields: dict[str, str]) -> None:
    body = _own(world, customer, "subscription", fields.get("subscription"))
    first = body["items"]["data"][0]["id"]
    plan_changes.change(world, body, [{"id": first, "price": fields.get("price")}], "create_prorations")


def _card(world: World, customer: str, fields: dict[str, str]) -> None:
    method = cards.make_method(world, fields.get("card", ""), customer=customer)["id"]
    person = world.get("customer", customer)
    person["invoice_settings"]["default_payment_method"] = method
    world.save(person, event="customer.updated")
    for body in world.all("subscription", customer=customer):
        world.save(body | {"default_payment_method": None})


def _pay(world: World, customer: str, fields: dict[str, str]) -> None:
    _card(world, customer, fields)
    bill = _own(world, customer, "invoice", fields.get("invoice"))
    method = world.get("customer", customer)["invoice_settings"]["default_payment_method"]
    subscriptions.settle(world, invoices.collect(world, bill, method, off_session=False))


ACTIONS = {"cancel": _cancel, "resume": _resume, "change": _change, "card": _card, "pay": _pay}
