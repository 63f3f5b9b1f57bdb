"""What an invoice paid for a plan: what was actually paid, taken apart into plan, platform fee and tax."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from backline.domain.split import split


@dataclass(frozen=True)
class PlanLine:
    """A line after discounts, without tax. `fee`: it is the platform's. `proration`: for the rest of a period."""

    net: int
    fee: bool
    proration: bool
    first_at: datetime
    end_at: datetime


@dataclass(frozen=True)
class Parts:
    """Minor units for the plan, the platform, the tax office, and the time that is served."""

    plan: int
    fee: int
    tax: int
    first_at: datetime
    end_at: datetime


def invoice_parts(lines: Sequence[PlanLine], *, tax: int, paid: int) -> Parts | None:
    """The parts of what was paid; None when no line is for a plan.

    Lines of a change of plan count together. Where a credit balance paid some of it, each part is less in proportion.
    The time served is that of the plan's last whole period, or of the rest of one after a change of plan.

    >>> from datetime import UTC
    >>> first, end = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC)
    >>> lines = [PlanLine(900, False, False, first, end), PlanLine(300, True, False, first, end)]
    >>> found = invoice_parts(lines, tax=252, paid=1452)
    >>> found.plan, found.fee, found.tax
    (900, 300, 252)
    >>> found = invoice_parts(lines, tax=0, paid=600)
    >>> found.plan, found.fee
    (450, 150)
    """
    plans = [line for line in lines if not line.fee]
    if not plans:
        return None
    whole = [line for line in plans if not line.proration] or plans
    served = max(whole, key=lambda line: (line.end_at, line.net))
    sums = {
        "plan": max(0, sum(line.net for line in plans)),
        "fee": max(0, sum(line.net for line in lines if line.fee)),
        "tax": max(0, tax),
    }
    paid = min(paid, sum(sums.values()))
    found = split(paid, sums) if paid else dict.fromkeys(sums, 0)
    return Parts(found["plan"], found["fee"], found["tax"], served.first_at, served.end_at)
