"""The control pages: the clock, faults on purpose, accounts, requests and webhooks, for a person to look and press."""

from __future__ import annotations

import json

from stripe_sandbox import balances, clock, connected, faults, webhooks
from stripe_sandbox.currencies import shown
from stripe_sandbox.pages import control_api
from stripe_sandbox.pages.hosted import day
from stripe_sandbox.pages.html import Html, document, field, form, joined, table, tag
from stripe_sandbox.pages.routing import Desk, page
from stripe_sandbox.timeline import advance
from stripe_sandbox.web import Said, moved
from stripe_sandbox.world import World

MENU = tag(
    "nav",
    *[
        tag("a", name, href=f"/_sandbox/{path}")
        for name, path in (
            ("Clock", ""),
            ("Accounts", "accounts"),
            ("Requests", "requests"),
            ("Webhooks", "webhooks"),
            ("Faults", "faults"),
        )
    ],
    aria_label="Sandbox",
)
STEPS = {"hour": 3_600, "day": 86_400, "week": 7 * 86_400, "month": 30 * 86_400}


@page("GET", "/")
def root(_desk: Desk) -> Said:
    """The control page."""
    return moved("/_sandbox/")


@page("GET", "/_sandbox/")
def home(desk: Desk) -> Said:
    """The clock and the platform's balance."""
    with desk.store.transaction():
        world = desk.world()
        totals = balances.totals(world, "")
        coming = desk.store.rows("select at, what, subject from due order by at, id limit 20")
        counts = desk.store.rows("select kind, count(*) as count from objects group by kind order by kind")
    money = [(code.upper(), shown(now, code), shown(later, code)) for code, (now, later) in totals.items()]
    planned = [(day(row["at"]), row["what"].replace("_", " "), row["subject"]) for row in coming]
    words = (
        "Moving the clock renews subscriptions, makes invoices, pays out and lets deadlines pass, in order."
    )
    return document(
        f"It is {day(clock.now(desk.store))} here",
        tag("p", words),
        tag("div", *[_step(step) for step in STEPS], class_="row"),
        tag("h2", "The platform's balance"),
        table(("Currency", "Available", "Pending"), money, caption="Balance"),
        _fund_form(),
        tag("h2", "What comes next"),
        table(("When", "What", "Of"), planned, caption="Planned"),
        tag("h2", "What there is"),
        table(("Kind", "How many"), [tuple(row) for row in counts], caption="Objects"),
        wide=True,
        menu=MENU,
    )


def _step(step: str) -> Html:
    hidden = tag("input", type="hidden", name="step", value=step)
    return form("/_sandbox/clock", hidden, button=f"One {step} on")


def _fund_form() -> Html:
    return form(
        "/_sandbox/fund",
        field("Amount in minor units", "amount", value="100000", inputmode="numeric"),
        field("Currency", "currency", value="eur"),
        button="Add to the balance",
        class_="card",
    )


@page("POST", "/_sandbox/clock")
def move(desk: Desk) -> Said:
    """One step on."""
    advance(desk.store, STEPS[desk.asked.form().get("step", "day")])
    return moved("/_sandbox/")


@page("POST", "/_sandbox/fund")
def fund(desk: Desk) -> Said:
    """Adds to the platform's balance."""
    control_api.fund(desk)
    return moved("/_sandbox/")


@page("GET", "/_sandbox/accounts")
def accounts(desk: Desk) -> Said:
    """All connected accounts and what can be done to them."""
    with desk.store.transaction():
        world = desk.world()
        found = world.all("v2.core.account", None)[-200:][::-1]
        rows = [_account_row(world, body) for body in found]
    return document(
        f"{len(found)} connected account{'' if len(found) == 1 else 's'}",
        table(
            ("Account", "Country", "Transfers, payouts", "Asked for", "Balance", "Do"),
            rows,
            caption="Accounts",
        ),
        wide=True,
        menu=MENU,
    )


def _account_row(world: World, body: dict[str, object]) -> tuple[object, ...]:
    own = body["_sandbox"]
    assert isinstance(own, dict) and isinstance(body["identity"], dict)
    id = str(body["id"])
    steps = joined(
        form(f"/_sandbox/accounts/{id}/{step}", button=step.capitalize(), quiet=True)
        for step in control_api.ACCOUNT_STEPS
    )
    money = ", ".join(shown(now + later, code) for code, (now, later) in balances.totals(world, id).items())
    asked = ", ".join(need["description"].rpartition(".")[2] for need in own["asked"])
    name = joined(
        [body["display_name"] or body["contact_email"] or "", tag("br"), tag("span", id, class_="quiet")]
    )
    return (
        name,
        body["identity"]["country"].upper(),
        ", ".join(connected.status(body)),
        asked,
        money,
        tag("div", steps, class_="row"),
    )


@page("POST", "/_sandbox/accounts/{id}/{step}")
def account_step(desk: Desk, id: str, step: str) -> Said:
    """Restricts, rejects or repairs an account."""
    control_api.account_step(desk, id, step)
    return moved("/_sandbox/accounts")


@page("GET", "/_sandbox/requests")
def requests(desk: Desk) -> Said:
    """The last requests."""
    shown_rows = [
        (
            tag("a", row.id, href=f"/_sandbox/requests/{row.id}"),
            day(row.at),
            row.method,
            row.path[:80],
            row.status or "no answer",
            row.key[:40],
            row.account,
        )
        for row in desk.requests.last(200)
    ]
    heads = ("Request", "When", "Method", "Path", "Status", "Idempotency key", "For account")
    return document(
        "The last requests", table(heads, shown_rows, caption="Requests, newest first"), wide=True, menu=MENU
    )


@page("GET", "/_sandbox/requests/{id}")
def request(desk: Desk, id: str) -> Said:
    """One request and its answer."""
    row = desk.requests.get(id)
    return document(
        f"{row.method} {row.path.partition('?')[0]}: {row.status or 'no answer'}",
        tag("h2", "Asked"),
        tag("pre", row.sent or row.path),
        tag("h2", "Answered"),
        tag("pre", _pretty(row.answer)),
        wide=True,
        menu=MENU,
    )


def _pretty(body: str) -> str:
    try:
        return json.dumps(json.loads(body), indent=2)
    except ValueError:
        return body


@page("GET", "/_sandbox/webhooks")
def deliveries(desk: Desk) -> Said:
    """The last deliveries, and how they are sent."""
    rows = desk.store.rows("select * from deliveries order by id desc limit 200")
    mode = desk.store.setting("webhook_mode", "normal")
    shown_rows = [_delivery(desk, dict(row)) for row in rows]
    modes = [
        form(
            "/_sandbox/webhooks/mode",
            tag("input", type="hidden", name="mode", value=name),
            button=name.capitalize(),
            quiet=name != mode,
        )
        for name in webhooks.MODES
    ]
    heads = ("Delivery", "When", "Type", "State", "Attempts", "Answer", "Again")
    return document(
        f"Webhooks are sent in the mode {mode}",
        tag("div", *modes, class_="row"),
        tag("h2", "The last ones"),
        table(heads, shown_rows, caption="Deliveries, newest first"),
        wide=True,
        menu=MENU,
    )


def _delivery(desk: Desk, row: dict[str, object]) -> tuple[object, ...]:
    event = desk.store.get(str(row["event"]))
    again = form(f"/_sandbox/webhooks/{row['id']}/again", button="Send again", quiet=True)
    place = desk.store.get(str(row["destination"])) or {}
    kind = "thin" if place.get("object") == "v2.core.event_destination" else "snapshot"
    name = f"{event['type'] if event else ''} ({kind})"
    return row["id"], day(int(str(row["at"]))), name, row["state"], row["attempts"], row["said"], again


@page("POST", "/_sandbox/webhooks/mode")
def set_mode(desk: Desk) -> Said:
    """How webhooks are sent from now on."""
    control_api.mode(desk)
    return moved("/_sandbox/webhooks")


@page("POST", "/_sandbox/webhooks/{id}/again")
def again(desk: Desk, id: str) -> Said:
    """Sends one once more."""
    control_api.again(desk, id)
    return moved("/_sandbox/webhooks")


@page("GET", "/_sandbox/faults")
def fault_page(desk: Desk) -> Said:
    """What shall go wrong."""
    waiting = [(fault.kind, fault.method, fault.path, fault.times) for fault in desk.faults.waiting()]
    options = joined(tag("option", name, value=name) for name in faults.KINDS)
    adding = form(
        "/_sandbox/faults",
        tag("label", "What goes wrong", tag("select", options, name="kind")),
        field("Path", "path", value="/v1/transfers", hint="An asterisk stands for anything."),
        field("How often", "times", value="1", inputmode="numeric"),
        button="Let it go wrong",
        class_="card",
    )
    clear: Html = form("/_sandbox/faults/clear", button="Everything goes right again", quiet=True)
    return document(
        f"{len(waiting)} fault{'' if len(waiting) == 1 else 's'} waiting",
        table(("What", "Method", "Path", "Times"), waiting, caption="Waiting"),
        tag("h2", "Add one"),
        adding,
        clear,
        wide=True,
        menu=MENU,
    )


@page("POST", "/_sandbox/faults")
def add_fault(desk: Desk) -> Said:
    """The next matching requests go wrong."""
    control_api.add_fault(desk)
    return moved("/_sandbox/faults")


@page("POST", "/_sandbox/faults/clear")
def clear_faults(desk: Desk) -> Said:
    """Everything goes right again."""
    control_api.clear_faults(desk)
    return moved("/_sandbox/faults")
