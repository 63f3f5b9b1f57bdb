"""Reconciliation: what the shop recorded against what the ledger says."""

from __future__ import annotations

from dataclasses import dataclass

from backline.ledger import queries as ledger
from backline.ledger.accounts import STRIPE
from backline.shop import queries as shop

KINDS = {
    "invoice": "Paid invoices",
    "invoice-change": "Refunds and lost disputes of invoices",
    "sale": "Sales",
    "sale-change": "Refunds and lost disputes of sales",
}
GOES_BACK = {"invoice-change", "sale-change"}


@dataclass(frozen=True)
class Comparison:
    """One kind of event in one currency: recorded, and found in the ledger; amounts in minor units."""

    label: str
    currency: str
    recorded: int
    recorded_minor: int
    booked: int
    booked_minor: int

    @property
    def equal(self) -> bool:
        """Whether both say the same."""
        return (self.recorded, self.recorded_minor) == (self.booked, self.booked_minor)

    @property
    def missing_minor(self) -> int:
        """What the ledger lacks; negative when it has more."""
        return self.recorded_minor - self.booked_minor


@dataclass(frozen=True)
class Reconciliation:
    """Every comparison, and the events that one side lacks."""

    rows: list[Comparison]

    @property
    def different(self) -> int:
        """How many rows differ."""
        return sum(not row.equal for row in self.rows)


def reconciliation() -> Reconciliation:
    """Events against the ledger, by kind and currency."""
    booked = {(kind, currency): found for kind in KINDS for currency, found in _booked(kind).items()}
    recorded = {(row.kind, row.currency): (row.count, row.amount_minor) for row in shop.recorded_totals()}
    none = (0, 0)
    order = list(KINDS)
    pairs = sorted(booked.keys() | recorded.keys(), key=lambda pair: (order.index(pair[0]), pair[1]))
    return Reconciliation(
        [
            Comparison(KINDS[kind], code, *recorded.get((kind, code), none), *booked.get((kind, code), none))
            for kind, code in pairs
        ]
    )


def _booked(kind: str) -> dict[str, tuple[int, int]]:
    if kind in GOES_BACK:
        return ledger.booked(f"{kind}:", destination=STRIPE)
    return ledger.booked(f"{kind}:", source=STRIPE)
