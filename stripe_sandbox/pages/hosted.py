"""The hosted pages of connected accounts: filling in what Stripe asks for, and the account's own small dashboard."""

from __future__ import annotations

from datetime import UTC, datetime

from stripe_sandbox import balances, connected
from stripe_sandbox.currencies import shown
from stripe_sandbox.errors import Json
from stripe_sandbox.pages.html import Html, choices, document, field, form, joined, table, tag, text
from stripe_sandbox.pages.routing import Desk, page
from stripe_sandbox.web import Said, moved
from stripe_sandbox.world import World

SESSION_S = 3_600


def day(at: int) -> str:
    """A day for people."""
    return datetime.fromtimestamp(at, UTC).strftime("%-d %b %Y, %H:%M UTC")


@page("GET", "/setup/{secret}")
def setup(desk: Desk, secret: str) -> Said:
    """The link opens once; then its visit lasts an hour under the same address."""
    with desk.store.transaction():
        link = desk.store.setting(f"link:{secret}")
        if link is None:
            return document(
                "This link is not known", text("Go back to where you came from and begin again."), status=404
            )
        world = desk.world()
        if link["used"] and "visit" not in desk.asked.query:
            return moved(link["refresh_url"])
        if not link["used"]:
            if world.now > link["until"]:
                return moved(link["refresh_url"])
            desk.store.set(f"link:{secret}", link | {"used": True, "visit_until": world.now + SESSION_S})
            return moved(f"/setup/{secret}?visit=1")
        if world.now > link["visit_until"]:
            return moved(link["refresh_url"])
        return _setup_page(connected.find(world, link["account"]), link, secret)


def _setup_page(body: Json, link: Json, secret: str) -> Said:
    own = body["_sandbox"]
    back = form(f"/setup/{secret}/leave", button="Back without finishing", quiet=True)
    if own["status"] == "rejected":
        return document("Stripe does not accept this account", text("Nothing more can be done here."), back)
    if link["kind"] == "account_update" or (own["submitted"] and own["bank_failed"]):
        hidden = tag("input", type="hidden", name="what", value="bank")
        bank = choices("The new bank account", "bank", connected.BANKS, chosen="fine")
        saving = form(f"/setup/{secret}", bank, hidden, button="Save bank account", class_="card")
        return document("Your bank account", saving, back)
    if own["submitted"]:
        return _asked_page(own, secret, back)
    country = body["identity"]["country"].upper()
    return document(f"Tell Stripe who is paid, in {country}", _person_form(country, secret), back)


def _person_form(country: str, secret: str) -> Html:
    """What a person fills in, and what shall become of it."""
    note = f"In {country}. The sandbox keeps none."
    return form(
        f"/setup/{secret}",
        field("First name", "given_name", value="Alex", autocomplete="given-name", required=True),
        field("Last name", "surname", value="Example", autocomplete="family-name", required=True),
        field("Date of birth", "born", value="1990-01-31", type="date", required=True),
        field("Bank account", "iban", value="•••• 3000", hint=note, readonly=True),
        choices("What shall happen", "persona", connected.PERSONAS, chosen="fine"),
        choices("The bank account", "bank", connected.BANKS, chosen="fine"),
        tag("input", type="hidden", name="what", value="person"),
        button="Agree and submit",
        class_="card",
    )


def _asked_page(own: Json, secret: str, back: Html) -> Said:
    wanted = [need for need in own["asked"] if need["from"] == "user"]
    if not wanted:
        words = "Stripe is checking what you gave." if own["asked"] else "Stripe has all it needs."
        return document(
            "Nothing is asked of you now", text(words), form(f"/setup/{secret}/leave", button="Done")
        )
    rows = joined(
        tag(
            "li",
            connected.WORDS.get(need["description"], need["description"]),
            *[f": {told}" for _, told in need["errors"]],
        )
        for need in wanted
    )
    given = form(
        f"/setup/{secret}",
        tag("input", type="hidden", name="what", value="asked"),
        button="Give all of this",
        class_="card",
    )
    return document("Stripe asks for more", tag("section", tag("ul", rows)), given, back)


@page("POST", "/setup/{secret}")
def submit(desk: Desk, secret: str) -> Said:
    """What was filled in."""
    fields = desk.asked.form()
    with desk.store.transaction():
        world = desk.world()
        link = desk.store.setting(f"link:{secret}")
        if link is None or world.now > link.get("visit_until", 0):
            return moved(link["refresh_url"] if link else "/_sandbox/")
        body = connected.find(world, link["account"])
        if fields.get("what") == "bank":
            connected.change_bank(world, body, fields.get("bank", "fine"))
        elif fields.get("what") == "asked":
            connected.give_all(world, body)
        else:
            connected.onboard(
                world, body, persona=fields.get("persona", "fine"), bank=fields.get("bank", "fine")
            )
        return _leave(world, secret, link)


@page("POST", "/setup/{secret}/leave")
def leave(desk: Desk, secret: str) -> Said:
    """Goes back; this visit is over."""
    with desk.store.transaction():
        link = desk.store.setting(f"link:{secret}")
        return _leave(desk.world(), secret, link) if link else moved("/_sandbox/")


def _leave(world: World, secret: str, link: Json) -> Said:
    world.store.set(f"link:{secret}", link | {"visit_until": 0})
    world.tell_thin("v2.core.account_link.returned", connected.find(world, link["account"]))
    return moved(link["return_url"] or link["refresh_url"])


@page("GET", "/express/{secret}")
def express(desk: Desk, secret: str) -> Said:
    """Balance and payouts of a connected account."""
    with desk.store.transaction():
        world = desk.world()
        login = desk.store.setting(f"login:{secret}")
        if login is None or world.now > login["until"] + SESSION_S:
            return document(
                "This link is over", text("Open your dashboard once more from where you came."), status=410
            )
        body = connected.find(world, login["account"])
        totals = balances.totals(world, body["id"])
        payouts = world.all("payout", account=body["id"])[-50:][::-1]
    money = [(code.upper(), shown(now, code), shown(later, code)) for code, (now, later) in totals.items()]
    own = body["_sandbox"]
    bank = choices("Bank account", "bank", connected.BANKS, chosen=own["bank"] or "fine")
    asked = ", ".join(connected.WORDS.get(need["description"], need["description"]) for need in own["asked"])
    return document(
        f"{body['display_name'] or body['contact_email'] or body['id']}: balance and payouts",
        tag("p", f"Stripe asks for: {asked}.", class_="notice") if asked else "",
        table(("Currency", "Available", "On its way"), money, caption="Balance"),
        tag("h2", "Payouts"),
        _payouts(payouts),
        tag("h2", "Bank account"),
        form(f"/express/{secret}/bank", bank, button="Save bank account", class_="card"),
        wide=True,
    )


def _payouts(payouts: list[Json]) -> Html:
    rows = [
        (
            day(body["created"]),
            shown(body["amount"], body["currency"]),
            body["status"],
            day(body["arrival_date"]),
            body["failure_message"] or "",
        )
        for body in payouts
    ]
    return table(("Sent", "Amount", "State", "At the bank", "Reason"), rows, caption="Payouts")


@page("POST", "/express/{secret}/bank")
def express_bank(desk: Desk, secret: str) -> Said:
    """Another bank account."""
    with desk.store.transaction():
        world = desk.world()
        login = desk.store.setting(f"login:{secret}")
        if login is None:
            return moved("/_sandbox/")
        connected.change_bank(
            world, connected.find(world, login["account"]), desk.asked.form().get("bank", "fine")
        )
    return moved(f"/express/{secret}")
