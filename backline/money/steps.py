"""The places where work on money may be cut off: each says its name when it is about to commit, or has committed.

Tests put a hook here that ends the process, and see that nothing is lost or done twice.
"""

from __future__ import annotations

from collections.abc import Callable

NAMES = (
    "book",
    "booked",
    "weigh",
    "weighed",
    "accrue",
    "accrued",
    "finish day",
    "finished day",
    "start settlement",
    "started settlement",
    "write statements",
    "wrote statements",
    "post chunk",
    "posted chunk",
    "close settlement",
    "closed settlement",
)
"""In the order of a month: the first of each pair inside the transaction, the second after it."""

PAYING = (
    "queue transfer",
    "queued transfer",
    "claim transfer",
    "claimed transfer",
    "called for transfer",
    "record transfer",
    "recorded transfer",
    "called for reversal",
    "record reversal",
    "recorded reversal",
    "take payout",
    "took payout",
)
"""On the way to an artist's bank; those that begin with "called" stand between Stripe's answer and our record of it."""

_hook: list[Callable[[str], None]] = []


def reached(name: str) -> None:
    """Says that a step is reached."""
    for hook in _hook:
        hook(name)


def watch(hook: Callable[[str], None]) -> Callable[[], None]:
    """Has `hook` called at every step until the answer is called."""
    _hook.append(hook)
    return lambda: _hook.remove(hook)
