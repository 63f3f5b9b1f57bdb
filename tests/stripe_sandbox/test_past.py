"""A past that is written down: what was over by then is over, and nothing of it is left to do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from stripe_sandbox import balances, clock
from stripe_sandbox.seed import write_down
from stripe_sandbox.store import Store
from stripe_sandbox.world import World

DAY_S = 86_400


def lines(first: int) -> list[str]:
    """A sale of 100.00, of which 60.00 are sent to an artist and to its bank three days later."""
    facts: list[dict[str, Any]] = [
        {"do": "customer", "at": 0, "id": "cus_a", "email": "a@example.com", "name": "A", "metadata": {}},
        {"do": "sale", "at": 0, "id": "pi_a", "customer": "cus_a", "amount": 10_000, "currency": "eur", "metadata": {}},
        {"do": "recipient", "at": 0, "id": "acct_a", "name": "B", "email": "b@example.com", "country": "nl",
         "metadata": {}},
        {"do": "transfer", "at": 3 * DAY_S, "id": "tr_a", "amount": 6_000, "currency": "eur", "destination": "acct_a",
         "destination_payment": "py_a", "transfer_group": "g", "metadata": {}},
        {"do": "payout", "at": 3 * DAY_S + 1, "id": "po_a", "account": "acct_a", "amount": 6_000, "currency": "eur"},
    ]  # fmt: skip
    return [json.dumps(fact | {"at": first + fact["at"]}) for fact in facts]


def test_what_was_over_by_then_leaves_nothing_to_do(tmp_path: Path):
    store = Store(tmp_path / "stripe.sqlite3")
    now = clock.now(store)
    write_down(store, lines(now - 400 * DAY_S))
    assert [dict(row) for row in store.rows("select * from due where at <= ?", now)] == []
    world = World(store, now)
    states = {line["status"] for line in world.all("balance_transaction", None)}
    assert states == {"available"} and balances.available(world, "acct_a", "eur") == 0


def test_what_is_not_over_goes_on(tmp_path: Path):
    store = Store(tmp_path / "stripe.sqlite3")
    now = clock.now(store)
    write_down(store, lines(now - DAY_S)[:2])
    [line] = World(store, now).all("balance_transaction")
    assert line["status"] == "pending"
    assert [row["what"] for row in store.rows("select what from due")] == ["available"]


def test_money_that_an_artist_still_has_is_paid_out(tmp_path: Path):
    store = Store(tmp_path / "stripe.sqlite3")
    write_down(store, lines(clock.now(store) - 5 * DAY_S)[:4])
    assert [row["subject"] for row in store.rows("select subject from due where what = 'payout'")] == [
        "acct_a"
    ]
