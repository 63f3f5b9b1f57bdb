"""The sums of a statement in words: what came together, and where it went. Both add up to the same."""

from __future__ import annotations

from dataclasses import dataclass

from backline.money import queries as money
from backline.money.rules import minimum, next_month
from backline.web.amounts import amount
from backline.web.formats import month


@dataclass(frozen=True)
class Sum:
    """A line of the summary, in minor units; `why` may be empty."""

    words: str
    why: str
    minor: int


def came(row: money.StatementRow, *, corrected: int, why: str, micro_units: str) -> list[Sum]:
    """What came together: the parts add up to what went. What is only sometimes there shows when it is."""
    always = [
        Sum(
            f"Subscription pool, {month(row.month)}",
            f"{micro_units} micro-units, rounded once{', with the corrections' if why else ''}",
            row.earned_minor - corrected,
        ),
        Sum(
            "Redistribution bonus",
            "what artists without payouts left" if row.bonus_minor else "none was left to share",
            row.bonus_minor,
        ),
        Sum(
            "Corrections of earlier months",
            why or "no refund, dispute or case reached these books",
            corrected,
        ),
        Sum("Carried from earlier months", "", row.carried_in_minor),
    ]
    sometimes = [
        Sum("Released from holds", "kept until payouts were set up", row.released_minor),
        Sum("Taken over by the platform", "a debt that could not be recovered", row.written_off_minor),
    ]
    return [*always, *(each for each in sometimes if each.minor)]


def went(row: money.StatementRow) -> list[Sum]:
    """Where it went; payable and carried always show."""
    least = f"minimum {amount(minimum(row.currency), row.currency)}"
    reached = f"{least}, {'reached' if row.payable_minor else 'not reached'}"
    always = [
        Sum("Payable", reached if row.state in ("payable", "carried") else "", row.payable_minor),
        Sum(f"Carried to {month(next_month(row.month))}", _why_carried(row), row.carried_out_minor),
    ]
    sometimes = [
        Sum("Held", "until payouts are set up", row.held_minor),
        Sum(
            "Excluded", "payouts were not set up; shared among the others as their bonus", row.excluded_minor
        ),
    ]
    return [*always, *(each for each in sometimes if each.minor)]


def _why_carried(row: money.StatementRow) -> str:
    return "less than nothing, set off against what comes" if row.state == "negative" else ""
