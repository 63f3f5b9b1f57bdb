"""What becomes of an artist's sum in a settlement: paid, carried on, kept until they are set up, or excluded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

MINIMUM_UNITS = 10
UNRECOVERABLE_DAYS = 180


class State(StrEnum):
    """How a statement ends."""

    PAYABLE = "payable"
    CARRIED = "carried"
    HELD = "held"
    EXCLUDED = "excluded"
    NEGATIVE = "negative"


class Policy(StrEnum):
    """What is done with the money of artists who are not set up to be paid."""

    HOLD = "hold"
    EXCLUDE = "exclude"


@dataclass(frozen=True)
class Due:
    """What comes together in one statement, in minor units of one currency.

    `carried_in` may be negative, since `negative_since`; `held` is what was kept for the artist before.
    """

    earned: int
    bonus: int = 0
    carried_in: int = 0
    held: int = 0
    ready: bool = True
    negative_since: date | None = None


@dataclass(frozen=True)
class Outcome:
    """earned + bonus + carried_in + released + written_off = payable + held + carried_out."""

    state: State
    payable: int = 0
    held: int = 0
    carried_out: int = 0
    released: int = 0
    written_off: int = 0
    negative_since: date | None = None


def default_minimum(minor_digits: int) -> int:
    """Ten whole units of a currency, in its minor units; less is carried to the next settlement.

    >>> default_minimum(2), default_minimum(0)
    (1000, 10)
    """
    return MINIMUM_UNITS * int(10**minor_digits)


def outcome(due: Due, *, minimum: int, on: date) -> Outcome:
    """What becomes of it on the last day of the settled month. A debt is carried whoever owes it.

    >>> outcome(Due(earned=640), minimum=1000, on=date(2026, 3, 31)).carried_out
    640
    >>> outcome(Due(earned=640, carried_in=500), minimum=1000, on=date(2026, 3, 31)).payable
    1140
    >>> outcome(Due(earned=640, ready=False), minimum=1000, on=date(2026, 3, 31)).held
    640
    >>> outcome(Due(earned=-5), minimum=1000, on=date(2026, 3, 31)).negative_since
    datetime.date(2026, 3, 31)
    """
    released = due.held if due.ready else 0
    net = due.earned + due.bonus + due.carried_in + released
    if net < 0:
        return _negative(net, released, due, on)
    if not due.ready:
        return Outcome(State.HELD, held=net)
    if net < max(minimum, 1):
        return Outcome(State.CARRIED, carried_out=net, released=released)
    return Outcome(State.PAYABLE, payable=net, released=released)


def _negative(net: int, released: int, due: Due, on: date) -> Outcome:
    since = due.negative_since or on
    if (on - since).days >= UNRECOVERABLE_DAYS:
        return Outcome(State.NEGATIVE, released=released, written_off=-net)
    return Outcome(State.NEGATIVE, carried_out=net, released=released, negative_since=since)
