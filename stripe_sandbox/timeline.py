"""What happens by itself when its time has come; moving the clock lets it happen in order."""

from __future__ import annotations

from collections.abc import Callable

from stripe_sandbox import clock
from stripe_sandbox.store import Store
from stripe_sandbox.world import World

Step = Callable[[World, str], None]
STEPS: dict[str, Step] = {}
LONGEST_S = 366 * 5 * 86_400


def happens(what: str) -> Callable[[Step], Step]:
    """The function is called for every planned thing of this name, with its subject's id."""

    def register(step: Step) -> Step:
        STEPS[what] = step
        return step

    return register


def run_due(store: Store, *, until: int | None = None) -> int:
    """Lets happen what is due by the clock, or until an instant, the earliest first. Returns how much it was."""
    count = 0
    while True:
        with store.transaction():
            limit = clock.now(store) if until is None else until
            row = store.row(
                "select id, at, what, subject from due where at <= ? order by at, id limit 1", limit
            )
            if row is None:
                return count
            if until is not None and row["at"] > clock.now(store):
                clock.set_to(store, row["at"])
            store.run("delete from due where id = ?", row["id"])
            STEPS[row["what"]](World(store, row["at"]), row["subject"])
            count += 1


def advance(store: Store, seconds: int) -> int:
    """Moves the clock forward; what was planned until then happens at its own time. Returns how much it was.

    Raises:
        ValueError: backwards, or too far.
    """
    if not 0 <= seconds <= LONGEST_S:
        raise ValueError("The clock goes forward only, at most five years at a time.")
    target = clock.now(store) + seconds
    count = run_due(store, until=target)
    with store.transaction():
        clock.set_to(store, target)
    return count
