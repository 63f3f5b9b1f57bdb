"""/_sandbox/api/…: what tests and the control pages do to the sandbox, by POST of a form; answers are JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from stripe_sandbox import checkout, clock, connected, faults, webhooks
from stripe_sandbox.api.balance import add_funds
from stripe_sandbox.destinations import set_destinations
from stripe_sandbox.errors import Json
from stripe_sandbox.pages.html import stylesheet
from stripe_sandbox.pages.routing import Desk, page
from stripe_sandbox.timeline import advance, run_due
from stripe_sandbox.web import Said, as_json


@page("GET", "/_sandbox/sandbox.css")
def css(_desk: Desk) -> Said:
    """The stylesheet of all pages."""
    return stylesheet()


@page("GET", "/_sandbox/api/state")
def state(desk: Desk) -> Said:
    """The clock, the modes, and how much waits."""
    row = desk.store.row("select count(*) as count from deliveries where state = 'waiting'")
    return as_json(
        {
            "now": clock.now(desk.store),
            "moved_s": desk.store.setting("moved_s", 0),
            "webhook_mode": desk.store.setting("webhook_mode", "normal"),
            "waiting": row["count"] if row else 0,
            "faults": [asdict(fault) for fault in desk.faults.waiting()],
            "requests_per_s": desk.store.setting("requests_per_s", 0),
        }
    )


@page("POST", "/_sandbox/api/reset")
def reset(desk: Desk) -> Said:
    """Forgets everything, also where events go."""
    desk.store.empty()
    desk.faults.clear()
    desk.requests.clear()
    return state(desk)


@page("POST", "/_sandbox/api/clock")
def move_clock(desk: Desk) -> Said:
    """`seconds` forward, or to the instant `to`; only into an empty sandbox may `to` lie in the past."""
    form = desk.asked.form()
    if "to" in form:
        to = int(form["to"])
        if to < clock.now(desk.store) and _is_empty(desk):
            with desk.store.transaction():
                clock.set_to(desk.store, to)
            return state(desk)
        seconds = to - clock.now(desk.store)
    else:
        seconds = int(form["seconds"])
    advance(desk.store, seconds)
    return state(desk)


def _is_empty(desk: Desk) -> bool:
    """Whether there is nothing yet but where events go."""
    places = ("webhook_endpoint", "v2.core.event_destination")
    return desk.store.row("select 1 from objects where kind not in (?, ?)", *places) is None


@page("POST", "/_sandbox/api/run")
def run(desk: Desk) -> Said:
    """Lets happen what is due now, without waiting for the next look."""
    run_due(desk.store)
    return state(desk)


@page("POST", "/_sandbox/api/fault")
def add_fault(desk: Desk) -> Said:
    """The next matching requests go wrong."""
    form: dict[str, Any] = dict(desk.asked.form())
    for name, kind in (("times", int), ("skip", int), ("seconds", float)):
        if name in form:
            form[name] = kind(form[name])
    desk.faults.add(faults.Fault(**form))
    return state(desk)


@page("POST", "/_sandbox/api/faults/clear")
def clear_faults(desk: Desk) -> Said:
    """Everything goes right again."""
    desk.faults.clear()
    desk.store.set("requests_per_s", 0)
    return state(desk)


@page("POST", "/_sandbox/api/limit")
def limit(desk: Desk) -> Said:
    """At most `requests_per_s` requests a second; 0: as many as wanted."""
    desk.store.set("requests_per_s", int(desk.asked.form()["requests_per_s"]))
    return state(desk)


@page("POST", "/_sandbox/api/fund")
def fund(desk: Desk) -> Said:
    """Adds to the platform's balance."""
    form = desk.asked.form()
    with desk.store.transaction():
        return as_json(add_funds(desk.world(), int(form["amount"]), form["currency"].lower()))


ACCOUNT_STEPS = {
    "restrict": connected.restrict,
    "reject": connected.reject,
    "repair": connected.give_all,
}


@page("POST", "/_sandbox/api/accounts/{id}/onboard")
def onboard(desk: Desk, id: str) -> Said:
    """The hosted page was filled in."""
    form = desk.asked.form()
    with desk.store.transaction():
        world = desk.world()
        body = connected.find(world, id)
        return as_json(
            connected.onboard(world, body, persona=form.get("persona", "fine"), bank=form.get("bank", "fine"))
        )


@page("POST", "/_sandbox/api/accounts/{id}/bank")
def bank(desk: Desk, id: str) -> Said:
    """Another bank account."""
    with desk.store.transaction():
        world = desk.world()
        return as_json(
            connected.change_bank(world, connected.find(world, id), desk.asked.form().get("bank", "fine"))
        )


@page("POST", "/_sandbox/api/accounts/{id}/{step}")
def account_step(desk: Desk, id: str, step: str) -> Said:
    """Restricts, rejects or repairs an account."""
    with desk.store.transaction():
        world = desk.world()
        return as_json(ACCOUNT_STEPS[step](world, connected.find(world, id)))


@page("POST", "/_sandbox/api/checkout/{id}/pay")
def pay_checkout(desk: Desk, id: str) -> Said:
    """The Checkout page was filled in with this card."""
    form = desk.asked.form()
    with desk.store.transaction():
        world = desk.world()
        return as_json(
            checkout.pay(world, world.get("checkout.session", id), form["card"], email=form.get("email"))
        )


@page("POST", "/_sandbox/api/webhooks")
def destinations(desk: Desk) -> Said:
    """Where events go."""
    form = desk.asked.form()
    set_destinations(desk.store, form.get("url"), form.get("thin_url"), form["secret"])
    return state(desk)


@page("POST", "/_sandbox/api/webhooks/mode")
def mode(desk: Desk) -> Said:
    """How they are sent."""
    wanted = desk.asked.form()["mode"]
    if wanted not in webhooks.MODES:
        raise ValueError(f"A mode is one of {', '.join(webhooks.MODES)}, not {wanted!r}.")
    desk.store.set("webhook_mode", wanted)
    return state(desk)


@page("POST", "/_sandbox/api/webhooks/hold")
def hold(desk: Desk) -> Said:
    """Nothing goes out by itself, or (`on` 0) everything again."""
    desk.store.set("webhooks_held", desk.asked.form().get("on", "1") == "1")
    return state(desk)


@page("POST", "/_sandbox/api/webhooks/send")
def send(desk: Desk) -> Said:
    """Sends what waits, now."""
    ids = desk.sender.send_due(all_waiting=True)
    return as_json({"data": [_delivery(desk, id) for id in ids]})


@page("POST", "/_sandbox/api/webhooks/take")
def take(desk: Desk) -> Said:
    """What waits, signed, as if it had been delivered."""
    return as_json({"data": [asdict(parcel) for parcel in desk.sender.take()]})


@page("POST", "/_sandbox/api/webhooks/{id}/again")
def again(desk: Desk, id: str) -> Said:
    """Sends one once more."""
    desk.sender.again(int(id))
    return as_json(_delivery(desk, int(id)))


@page("GET", "/_sandbox/api/webhooks")
def deliveries(desk: Desk) -> Said:
    """The last hundred deliveries, newest first."""
    rows = desk.store.rows("select id from deliveries order by id desc limit 100")
    return as_json({"data": [_delivery(desk, row["id"]) for row in rows]})


def _delivery(desk: Desk, id: int) -> Json:
    row = desk.store.row("select * from deliveries where id = ?", id)
    if row is None:
        raise LookupError(f"There is no delivery {id}.")
    event = desk.store.get(row["event"])
    return dict(row) | {"type": event["type"] if event else ""}
